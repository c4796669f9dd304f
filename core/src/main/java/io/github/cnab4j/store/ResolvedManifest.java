/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.oci.Descriptor;

/** A manifest that was found by tag or digest and read: its descriptor and the verified bytes. */
public final class ResolvedManifest {
    private final Descriptor descriptor;
    private final byte[] content;

    /**
     * A manifest.
     *
     * @param content the bytes that the descriptor names; they must not be changed afterwards
     */
    public ResolvedManifest(Descriptor descriptor, byte[] content) {
        this.descriptor = descriptor;
        this.content = content;
    }

    /** Media type, digest and size. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** The bytes; they must not be changed. */
    public byte[] content() {
        return content;
    }
}
