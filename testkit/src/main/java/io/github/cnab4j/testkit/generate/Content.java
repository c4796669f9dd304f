/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import io.github.cnab4j.server.storage.Digest;
import java.util.Objects;

/** Bytes with what a descriptor says about them. Equal when media type and digest are. Immutable. */
public final class Content {
    private final String mediaType;
    private final String digest;
    private final byte[] bytes;

    private Content(String mediaType, String digest, byte[] bytes) {
        this.mediaType = mediaType;
        this.digest = digest;
        this.bytes = bytes;
    }

    /** Content of this type, with its sha256 digest. */
    public static Content of(String mediaType, byte[] bytes) {
        byte[] copy = bytes.clone();
        return new Content(mediaType, Digest.Algorithm.SHA256.of(copy).toString(), copy);
    }

    /** Its media type. */
    public String mediaType() {
        return mediaType;
    }

    /** Its digest, {@code sha256:…}. */
    public String digest() {
        return digest;
    }

    /** Its size in bytes. */
    public long size() {
        return bytes.length;
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && mediaType.equals(content.mediaType) && digest.equals(content.digest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mediaType, digest);
    }

    @Override
    public String toString() {
        return mediaType + " " + digest + " " + bytes.length;
    }
}
