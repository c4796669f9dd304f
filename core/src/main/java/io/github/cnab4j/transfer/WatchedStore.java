/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.StoreId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The source of one push, which remembers whether it failed: a push fails at either end, and only one of them can be replaced by
 * another. Safe for use by several threads.
 */
final class WatchedStore implements ReadableStore {
    private final ReadableStore store;
    private volatile boolean failed;

    WatchedStore(ReadableStore store) {
        this.store = store;
    }

    boolean failed() {
        return failed;
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        // What went wrong before was got around.
        failed = false;
        try {
            return new Watched(store.fetch(scope, descriptor, offset));
        } catch (CnabException unreadable) {
            failed = true;
            throw unreadable;
        }
    }

    private final class Watched extends FilterInputStream {
        Watched(InputStream raw) {
            super(raw);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException | CnabException broken) {
                failed = true;
                throw broken;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException | CnabException broken) {
                failed = true;
                throw broken;
            }
        }
    }

    @Override
    public StoreId id() {
        return store.id();
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        return store.resolve(scope, tagOrDigest);
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        return store.exists(scope, descriptor);
    }

    @Override
    public List<String> tags(CallScope scope) {
        return store.tags(scope);
    }

    @Override
    public Capabilities capabilities() {
        return store.capabilities();
    }

    /** Whoever opened the store closes it. */
    @Override
    public void close() {}
}
