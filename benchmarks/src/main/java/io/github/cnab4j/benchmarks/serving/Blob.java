/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.serving;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** A blob that is unlike all others though all but its first bytes is shared with them, so that many need little memory. */
final class Blob {
    private final byte[] own;
    private final byte[] shared;
    private final String digest;

    /**
     * Makes one.
     *
     * @param number what makes it unlike others
     * @param shared what follows
     */
    Blob(long number, byte[] shared) {
        this.own = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        this.shared = shared;
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(own);
            digest = "sha256:" + HexFormat.of().formatHex(sha256.digest(shared));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So many random bytes for blobs to share. */
    static byte[] shared(int size) {
        byte[] bytes = new byte[size - Long.BYTES];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    String digest() {
        return digest;
    }

    int size() {
        return own.length + shared.length;
    }

    /** Its content, in pieces. */
    byte[][] pieces() {
        return new byte[][] {own, shared};
    }
}
