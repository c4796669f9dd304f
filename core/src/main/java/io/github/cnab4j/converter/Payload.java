/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;

/** Content that was made in memory, with its descriptor. Immutable. */
public final class Payload {
    private final Descriptor descriptor;
    private final byte[] content;

    private Payload(Descriptor descriptor, byte[] content) {
        this.descriptor = descriptor;
        this.content = content;
    }

    /** Content whose bytes nobody else holds. */
    static Payload of(MediaType mediaType, byte[] content) {
        return new Payload(Descriptor.of(mediaType, content), content);
    }

    /** The same content under another media type. */
    Payload as(MediaType mediaType) {
        return new Payload(Descriptor.of(mediaType, descriptor.digest(), descriptor.size()), content);
    }

    /** Media type, digest and size. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** A copy of the bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** The descriptor's digest and media type. */
    @Override
    public String toString() {
        return "Payload[" + descriptor.mediaType() + " " + descriptor.digest() + "]";
    }
}
