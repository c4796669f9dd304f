/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A content digest {@code algorithm:encoded} of the OCI image specification; only algorithms that can be checked exist.
 *
 * @param encoded the hash as lower-case hex, of the algorithm's length
 */
public record Digest(Algorithm algorithm, String encoded) {
    /** Checks the encoded part. */
    public Digest {
        if (!algorithm.encodedForm.matcher(encoded).matches()) {
            throw new IllegalArgumentException("not a digest");
        }
    }

    /** The registered algorithms of the OCI image specification that every JDK computes. */
    public enum Algorithm {
        /** SHA-256, the usual one. */
        SHA256("sha256", "SHA-256", 64),
        /** SHA-512. */
        SHA512("sha512", "SHA-512", 128);

        private final String id;
        private final String jdkName;
        private final Pattern encodedForm;

        Algorithm(String id, String jdkName, int hexDigits) {
            this.id = id;
            this.jdkName = jdkName;
            this.encodedForm = Pattern.compile("[0-9a-f]{" + hexDigits + "}");
        }

        /** Its name as in a digest. */
        public String id() {
            return id;
        }

        /** The algorithm of this name. */
        public static Optional<Algorithm> of(String id) {
            for (Algorithm algorithm : values()) {
                if (algorithm.id.equals(id)) {
                    return Optional.of(algorithm);
                }
            }
            return Optional.empty();
        }

        /** A hash that has seen nothing yet. */
        public MessageDigest newHash() {
            try {
                return MessageDigest.getInstance(jdkName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + jdkName, e);
            }
        }

        /** The digest of what the hash has seen; the hash is reset by it. */
        public Digest finish(MessageDigest hash) {
            return new Digest(this, HexFormat.of().formatHex(hash.digest()));
        }

        /** The digest of these bytes. */
        public Digest of(byte[] bytes) {
            MessageDigest hash = newHash();
            hash.update(bytes);
            return finish(hash);
        }
    }

    /** Reads {@code algorithm:encoded}; empty when malformed or of an algorithm that cannot be checked. */
    public static Optional<Digest> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String encoded = text.substring(colon + 1);
        return Algorithm.of(text.substring(0, colon))
                .filter(algorithm -> algorithm.encodedForm.matcher(encoded).matches())
                .map(algorithm -> new Digest(algorithm, encoded));
    }

    @Override
    public String toString() {
        return algorithm.id + ":" + encoded;
    }
}
