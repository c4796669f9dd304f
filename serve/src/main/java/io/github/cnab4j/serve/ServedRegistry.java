/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.serve.storage.LayoutRegistry;
import io.github.cnab4j.server.RegistryServer;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A directory of OCI image layouts that is being served. Thread-safe. */
public final class ServedRegistry implements AutoCloseable {
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

    private final LayoutRegistry storage;
    private final RegistryServer server;

    private ServedRegistry(LayoutRegistry storage, RegistryServer server) {
        this.storage = storage;
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param place a directory of layouts, or one layout
     * @throws FileException if the directory cannot be used
     * @throws IOException if the address cannot be listened at
     */
    public static ServedRegistry start(Path place, ServeOptions options) throws IOException {
        LayoutRegistry storage = LayoutRegistry.open(place, options.storage());
        RegistryServer.Builder server =
                RegistryServer.of(storage).listener(options.listener()).api(options.api());
        if (options.storage().readOnly()) {
            server.intercept(new ReadOnly());
        }
        return new ServedRegistry(
                storage, server.intercept(new StorageFailures()).start());
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Waits until the scope is cancelled, or the thread interrupted; the registry is not closed by that. */
    public void awaitStop(CallScope scope) {
        CountDownLatch stopped = new CountDownLatch(1);
        CallScope.Registration stop = scope.onCancel(stopped::countDown);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop.close();
        }
    }

    /** Stops; requests in flight have ten seconds to end. */
    @Override
    public void close() {
        close(CLOSE_GRACE);
    }

    /** Stops; requests in flight have {@code grace} to end. */
    public void close(Duration grace) {
        server.close(grace);
        storage.close();
    }
}
