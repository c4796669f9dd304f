/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.oci.Descriptor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * Content in memory whose bytes are what its descriptor says: only {@link Verified} makes it, and whoever takes it need not hash
 * it again. Safe for use by several threads.
 */
public final class VerifiedContent implements ContentSource {
    private final Descriptor descriptor;
    private final byte[] bytes;

    VerifiedContent(Descriptor descriptor, byte[] bytes) {
        this.descriptor = descriptor;
        this.bytes = bytes;
    }

    /** What the bytes are. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** The bytes; they must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public InputStream open(CallScope scope) {
        return new Stream(descriptor, bytes);
    }

    /** A stream that {@link Verified#checking} knows to be verified. */
    static final class Stream extends ByteArrayInputStream {
        private final Descriptor descriptor;

        Stream(Descriptor descriptor, byte[] bytes) {
            super(bytes);
            this.descriptor = descriptor;
        }

        /** Whether the stream, which must be at its start, is what {@code other} asks for. */
        boolean proves(Descriptor other) {
            return descriptor.digest().equals(other.digest()) && descriptor.size() == other.size();
        }
    }
}
