/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.util.Base64;

/** The first object of a PEM text (RFC 7468). Failures quote nothing: what is wrong may be a key. */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    private final String type;
    private final byte[] content;

    private Pem(String type, byte[] content) {
        this.type = type;
        this.content = content;
    }

    /** Its label, such as {@code PUBLIC KEY}. */
    String type() {
        return type;
    }

    /** Its bytes. */
    byte[] content() {
        return content;
    }

    static Pem first(String text) {
        int begin = text.indexOf(BEGIN);
        int label = begin + BEGIN.length();
        int body = begin < 0 ? -1 : text.indexOf(DASHES, label);
        if (body < 0) {
            throw invalid("it is not in PEM form");
        }
        String type = text.substring(label, body);
        int end = text.indexOf("-----END " + type + DASHES, body);
        if (end < 0) {
            throw invalid("it is cut off");
        }
        try {
            String base64 = text.substring(body + DASHES.length(), end);
            return new Pem(type, Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            throw invalid("it is not Base64");
        }
    }

    private static InvalidInputException invalid(String why) {
        return new InvalidInputException(
                ErrorCode.INVALID_KEY,
                "the key cannot be read: " + why,
                "Keys are files that begin with a line such as -----BEGIN PUBLIC KEY-----.");
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return type;
    }
}
