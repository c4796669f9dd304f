/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The digest of some content (OCI image specification, "Digests"). Only registered algorithms are taken, so a digest can be
 * verified and is safe as a path segment and in a URL.
 *
 * @param algorithm the hash
 * @param hex the hash's bytes in lower-case hexadecimal, of the algorithm's length
 */
public record Digest(Algorithm algorithm, String hex) {
    /** The hashes that can be verified. */
    public enum Algorithm {
        /** SHA-256, 64 hexadecimal digits. */
        SHA256("sha256", "SHA-256", 64),
        /** SHA-384, 96 hexadecimal digits. */
        SHA384("sha384", "SHA-384", 96),
        /** SHA-512, 128 hexadecimal digits. */
        SHA512("sha512", "SHA-512", 128);

        private final String prefix;
        private final String javaName;
        private final int hexLength;

        Algorithm(String prefix, String javaName, int hexLength) {
            this.prefix = prefix;
            this.javaName = javaName;
            this.hexLength = hexLength;
        }

        /** The name in front of the colon, also the directory below {@code blobs/} in a layout. */
        public String prefix() {
            return prefix;
        }

        /** A fresh hash computation; not safe for use by several threads. */
        public MessageDigest newHash() {
            try {
                return MessageDigest.getInstance(javaName);
            } catch (NoSuchAlgorithmException absent) {
                throw new IllegalStateException("this Java runtime lacks " + javaName, absent);
            }
        }
    }

    /** Checks length and alphabet. */
    public Digest {
        if (hex.length() != algorithm.hexLength || !isLowerHex(hex)) {
            throw invalid(algorithm.prefix + ":" + hex);
        }
    }

    /**
     * Reads {@code algorithm:hex}.
     *
     * @throws InvalidInputException if the algorithm is not one of {@link Algorithm}, or length or alphabet are wrong
     */
    public static Digest parse(String text) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (text.startsWith(algorithm.prefix + ":")) {
                return new Digest(algorithm, text.substring(algorithm.prefix.length() + 1));
            }
        }
        throw invalid(text);
    }

    /** The SHA-256 digest of {@code content}. */
    public static Digest sha256(byte[] content) {
        return of(Algorithm.SHA256, Algorithm.SHA256.newHash().digest(content));
    }

    /** The digest whose hash computation ended in {@code hash}. */
    public static Digest of(Algorithm algorithm, byte[] hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /** A fresh computation of this digest's hash. */
    public MessageDigest newHash() {
        return algorithm.newHash();
    }

    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest digest && algorithm == digest.algorithm && hex.equals(digest.hex);
    }

    @Override
    public int hashCode() {
        return 31 * algorithm.hashCode() + hex.hashCode();
    }

    /** {@code algorithm:hex}. */
    @Override
    public String toString() {
        return algorithm.prefix + ":" + hex;
    }

    private static boolean isLowerHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static InvalidInputException invalid(String text) {
        return new InvalidInputException(
                ErrorCode.INVALID_DIGEST,
                "invalid digest " + Excerpt.quoted(text),
                "A digest is sha256:, sha384: or sha512: and 64, 96 or 128 lower-case hexadecimal digits.");
    }
}
