/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A manifest as it was pushed, byte for byte. Immutable. */
public final class StoredManifest {
    private final Digest digest;
    private final String mediaType;
    private final byte[] content;
    private final @Nullable Digest subject;

    /**
     * @param mediaType the content type it was pushed with, without parameters
     * @param subject the digest of the manifest that this one refers to
     */
    public StoredManifest(Digest digest, String mediaType, byte[] content, @Nullable Digest subject) {
        this.digest = digest;
        this.mediaType = mediaType;
        this.content = content.clone();
        this.subject = subject;
    }

    /** Its digest, by the algorithm it was pushed with. */
    public Digest digest() {
        return digest;
    }

    /** Its media type. */
    public String mediaType() {
        return mediaType;
    }

    /** Its size in bytes. */
    public int size() {
        return content.length;
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return content.clone();
    }

    /** Writes its bytes. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(content);
    }

    /** The digest of the manifest that this one refers to. */
    public Optional<Digest> subject() {
        return Optional.ofNullable(subject);
    }

    @Override
    public String toString() {
        return mediaType + " " + digest;
    }
}
