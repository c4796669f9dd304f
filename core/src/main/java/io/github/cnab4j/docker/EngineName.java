/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Names of images as parts of a request's path. Nothing gets there that is neither a reference nor an id. */
final class EngineName {
    private static final String UNRESERVED = "-._~/:@";

    private EngineName() {}

    /** The path of an image; empty if no image can have this name. */
    static Optional<String> path(String image) {
        return isId(image) ? Optional.of(image) : reference(image).map(EngineName::path);
    }

    /** Docker's familiar form, by which engines find an image whether it came from Docker Hub or was built here. */
    static String path(Reference name) {
        return encoded(name.familiarString());
    }

    private static boolean isId(String image) {
        try {
            Digest.parse(image);
            return true;
        } catch (InvalidInputException noDigest) {
            return false;
        }
    }

    private static Optional<Reference> reference(String image) {
        try {
            return Optional.of(Reference.parse(image));
        } catch (InvalidInputException noReference) {
            return Optional.empty();
        }
    }

    /** Percent-encoded but for what a path may have (RFC 3986, 3.3). */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (value & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", value & 0xff));
            }
        }
        return encoded.toString();
    }
}
