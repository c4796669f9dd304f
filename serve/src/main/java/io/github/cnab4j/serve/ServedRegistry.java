/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.serve.access.BasicGuard;
import io.github.cnab4j.serve.access.Htpasswd;
import io.github.cnab4j.serve.page.Pages;
import io.github.cnab4j.serve.storage.ArchiveRegistry;
import io.github.cnab4j.serve.storage.LayoutRegistry;
import io.github.cnab4j.serve.watch.AccessLog;
import io.github.cnab4j.serve.watch.Health;
import io.github.cnab4j.serve.watch.Metrics;
import io.github.cnab4j.serve.watch.MetricsPage;
import io.github.cnab4j.serve.watch.Watch;
import io.github.cnab4j.server.RegistryServer;
import io.github.cnab4j.server.storage.RegistryStorage;
import io.github.cnab4j.store.CallScope;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A directory of OCI image layouts, or an archive, that is being served. Thread-safe. */
public final class ServedRegistry implements AutoCloseable {
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

    private final RegistryServer server;
    /** What goes after the server, the last that was opened first. */
    private final Deque<Runnable> closing;

    private ServedRegistry(RegistryServer server, Deque<Runnable> closing) {
        this.server = server;
        this.closing = closing;
    }

    /**
     * Starts to serve.
     *
     * @param place a directory of layouts, one layout, or an archive, which is only read
     * @throws CnabException if it cannot be used
     * @throws IOException if the address cannot be listened at
     */
    public static ServedRegistry start(Path place, ServeOptions options) throws IOException {
        Deque<Runnable> closing = new ArrayDeque<>();
        boolean started = false;
        try {
            RegistryServer server = new File(place.toString()).isFile()
                    ? serveArchive(place, options.withReadOnly(true), closing)
                    : serveLayouts(place, options, closing);
            started = true;
            return new ServedRegistry(server, closing);
        } finally {
            if (!started) {
                closing.forEach(Runnable::run);
            }
        }
    }

    private static RegistryServer serveArchive(Path file, ServeOptions options, Deque<Runnable> closing)
            throws IOException {
        ArchiveRegistry storage = ArchiveRegistry.open(CallScope.unbounded(), file);
        closing.push(storage::close);
        return serve(storage, options, new Metrics(), () -> true);
    }

    private static RegistryServer serveLayouts(Path directory, ServeOptions options, Deque<Runnable> closing)
            throws IOException {
        LayoutRegistry storage = LayoutRegistry.open(directory, options.storage());
        closing.push(storage::close);
        if (!options.storage().readOnly()) {
            closing.push(Housekeeping.start(storage, options.gc())::close);
        }
        Metrics metrics = new Metrics();
        metrics.gauge("cnab4j_uploads_open", "Uploads that this process is engaged in.", storage::openUploads);
        return serve(storage, options, metrics, storage::isWell);
    }

    private static RegistryServer serve(
            RegistryStorage storage, ServeOptions options, Metrics metrics, BooleanSupplier well) throws IOException {
        RegistryServer.Builder builder =
                RegistryServer.of(storage).listener(options.listener()).api(options.api());
        Consumer<String> lines = options.accessLog();
        builder.intercept(
                lines == null
                        ? Watch.counting(metrics)
                        : Watch.counting(
                                metrics, new AccessLog(lines, options.storage().clock())));
        builder.intercept(new Health(well));
        Htpasswd users = options.users();
        if (users != null) {
            builder.intercept(new BasicGuard(users));
        }
        builder.intercept(new MetricsPage(metrics));
        if (options.storage().readOnly()) {
            builder.intercept(new ReadOnly());
        }
        builder.intercept(new StorageFailures()).intercept(new Pages(storage));
        AtomicReference<@Nullable RegistryServer> running = new AtomicReference<>();
        metrics.gauge("cnab4j_http_connections", "Connections that are open.", () -> {
            RegistryServer server = running.get();
            return server == null ? 0 : server.openConnections();
        });
        RegistryServer server = builder.start();
        running.set(server);
        return server;
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
        closing.forEach(Runnable::run);
    }
}
