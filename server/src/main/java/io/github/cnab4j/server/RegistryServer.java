/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server;

import io.github.cnab4j.server.http.HttpListener;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.ListenerOptions;
import io.github.cnab4j.server.protocol.ApiOptions;
import io.github.cnab4j.server.protocol.DistributionApi;
import io.github.cnab4j.server.storage.RegistryStorage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A registry that is being served. Thread-safe. */
public final class RegistryServer implements AutoCloseable {
    private final HttpListener listener;

    private RegistryServer(HttpListener listener) {
        this.listener = listener;
    }

    /** A server of this storage on a free port of the loopback address. */
    public static Builder of(RegistryStorage storage) {
        return new Builder(storage);
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** How many connections are open. */
    public int openConnections() {
        return listener.openConnections();
    }

    /** Stops; requests in flight have five seconds to end. */
    @Override
    public void close() {
        listener.close();
    }

    /** Stops; requests in flight have {@code grace} to end. */
    public void close(Duration grace) {
        listener.close(grace);
    }

    /** Options of a server. Not thread-safe. */
    public static final class Builder {
        private final RegistryStorage storage;
        private final List<Interceptor> interceptors = new ArrayList<>();
        private ListenerOptions listenerOptions = ListenerOptions.loopback();
        private ApiOptions apiOptions = ApiOptions.standard();

        private Builder(RegistryStorage storage) {
            this.storage = storage;
        }

        /** Where and within which limits to listen. */
        public Builder listener(ListenerOptions options) {
            this.listenerOptions = options;
            return this;
        }

        /** What the API allows. */
        public Builder api(ApiOptions options) {
            this.apiOptions = options;
            return this;
        }

        /** Adds an interceptor behind those added before. */
        public Builder intercept(Interceptor interceptor) {
            interceptors.add(interceptor);
            return this;
        }

        /**
         * Binds and starts to serve.
         *
         * @throws IOException when the address cannot be bound
         */
        public RegistryServer start() throws IOException {
            DistributionApi api = new DistributionApi(storage, apiOptions);
            return new RegistryServer(HttpListener.start(listenerOptions, Interceptor.chain(interceptors, api)));
        }
    }
}
