/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import io.github.cnab4j.serve.storage.StorageOptions;
import io.github.cnab4j.server.http.ListenerOptions;
import io.github.cnab4j.server.protocol.ApiOptions;
import java.net.InetSocketAddress;

/**
 * How a registry is served. Immutable.
 *
 * @param listener where it listens, and within which limits
 * @param api what clients may do
 * @param storage how content is kept
 */
public record ServeOptions(ListenerOptions listener, ApiOptions api, StorageOptions storage) {
    /** On a free port of the loopback address, for everybody there, with nothing switched off. */
    public static ServeOptions standard() {
        return new ServeOptions(ListenerOptions.loopback(), ApiOptions.standard(), StorageOptions.standard());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** These options at another address; port 0 takes a free one. */
    public ServeOptions withAddress(InetSocketAddress address) {
        return withListener(listener.withAddress(address));
    }

    /** These options, and whether nothing may be changed. */
    public ServeOptions withReadOnly(boolean readOnly) {
        return withStorage(storage.withReadOnly(readOnly));
    }

    /** These options with another listener. */
    public ServeOptions withListener(ListenerOptions other) {
        return new ServeOptions(other, api, storage);
    }

    /** These options with another API. */
    public ServeOptions withApi(ApiOptions other) {
        return new ServeOptions(listener, other, storage);
    }

    /** These options with another storage. */
    public ServeOptions withStorage(StorageOptions other) {
        return new ServeOptions(listener, api, other);
    }
}
