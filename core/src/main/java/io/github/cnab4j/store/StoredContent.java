/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.oci.Descriptor;
import java.io.InputStream;

/** Content of a store, read from it whenever it is opened. */
record StoredContent(ReadableStore store, Descriptor descriptor) implements ContentSource {
    @Override
    public InputStream open(CallScope scope) {
        return Verified.open(scope, store, descriptor);
    }

    @Override
    public InputStream open(CallScope scope, long offset) {
        return store.fetch(scope, descriptor, offset);
    }
}
