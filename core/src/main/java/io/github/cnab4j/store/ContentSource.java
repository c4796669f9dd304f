/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.oci.Descriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Content that can be opened again and again, so that a push can be tried again. Safe for use by several threads. */
@FunctionalInterface
public interface ContentSource {
    /**
     * Opens the content. What it yields is verified by the source or by the store that takes it, never by hope.
     *
     * @throws StoreException if it cannot be opened
     */
    InputStream open(CallScope scope);

    /**
     * Opens the content at a place. What it yields from there on is not verified.
     *
     * @param offset number of bytes left out, from 0 up to the size
     * @throws StoreException if it cannot be opened
     * @throws UncheckedIOException if what is left out cannot be read
     */
    default InputStream open(CallScope scope, long offset) {
        InputStream in = open(scope);
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Bytes in memory; the array must not be changed afterwards. */
    static ContentSource ofBytes(byte[] content) {
        return scope -> new ByteArrayInputStream(content);
    }

    /** Content of a store, verified while it is read: the last bytes come out only if size and digest agree. */
    static ContentSource of(ReadableStore store, Descriptor descriptor) {
        return new StoredContent(store, descriptor);
    }
}
