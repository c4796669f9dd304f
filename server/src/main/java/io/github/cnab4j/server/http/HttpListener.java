/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Accepts connections and serves each in a thread of its own until it is closed. Thread-safe. */
public final class HttpListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpListener.class.getName());
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);
    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MAX_WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int BACKLOG = 1024;
    /** How long the end of a dropped connection is waited for before another one is dropped. */
    private static final long DROP_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How often, while all connections have requests under way, it is looked whether one has become idle. */
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ListenerOptions options;
    private final Handler handler;
    private final ServerSocket serverSocket;
    private final ExecutorService threads;
    private final Semaphore slots;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean closing;

    private HttpListener(ListenerOptions options, Handler handler, ServerSocket serverSocket) {
        this.options = options;
        this.handler = handler;
        this.serverSocket = serverSocket;
        this.slots = new Semaphore(options.maxConnections());
        String name = "http-" + serverSocket.getLocalPort() + "-";
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Binds and starts to serve.
     *
     * @throws IOException when the address cannot be bound
     */
    public static HttpListener start(ListenerOptions options, Handler handler) throws IOException {
        ServerSocket serverSocket = new ServerSocket();
        try {
            serverSocket.setReuseAddress(true);
            serverSocket.bind(options.address(), BACKLOG);
        } catch (IOException e) {
            serverSocket.close();
            throw e;
        }
        HttpListener listener = new HttpListener(options, handler, serverSocket);
        listener.threads.execute(listener::acceptLoop);
        listener.threads.execute(listener::watchLoop);
        return listener;
    }

    private void watchLoop() {
        long period = Math.min(MAX_WATCH_NANOS, options.idleTimeout().toNanos() / 4 + 1);
        try {
            while (!closed.await(period, TimeUnit.NANOSECONDS)) {
                connections.forEach(HttpConnection::abortIfLate);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return (InetSocketAddress) serverSocket.getLocalSocketAddress();
    }

    /** How many connections are open. */
    public int openConnections() {
        return connections.size();
    }

    private void acceptLoop() {
        while (!closing) {
            try {
                accept();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void accept() throws InterruptedException {
        Socket socket;
        try {
            socket = serverSocket.accept();
        } catch (IOException e) {
            if (!closing) {
                // Mostly too many open files: it passes when connections end, and must not end the listener.
                LOG.log(System.Logger.Level.WARNING, "cannot accept a connection: {0}", e.getMessage());
                LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
            }
            return;
        }
        HttpConnection connection = new HttpConnection(socket, options, handler, () -> closing);
        if (!takeSlot()) {
            connection.abort();
            return;
        }
        connections.add(connection);
        try {
            threads.execute(() -> serve(connection));
        } catch (RejectedExecutionException e) {
            forget(connection);
            connection.abort();
        }
    }

    /** Returns false when the listener closes meanwhile. */
    private boolean takeSlot() throws InterruptedException {
        while (!slots.tryAcquire()) {
            if (closing) {
                return false;
            }
            boolean coming = connections.stream()
                    .filter(HttpConnection::isIdle)
                    .min(Comparator.comparingLong(HttpConnection::idleSince))
                    .filter(HttpConnection::dropIfIdle)
                    .isPresent();
            if (slots.tryAcquire(coming ? DROP_NANOS : BUSY_NANOS, TimeUnit.NANOSECONDS)) {
                return true;
            }
        }
        return true;
    }

    private void serve(HttpConnection connection) {
        try {
            connection.serve();
        } finally {
            forget(connection);
        }
    }

    private void forget(HttpConnection connection) {
        connections.remove(connection);
        slots.release();
    }

    /** Stops as {@link #close(Duration)} with five seconds. */
    @Override
    public void close() {
        close(CLOSE_GRACE);
    }

    /**
     * Stops accepting, closes idle connections at once, lets requests in flight end for as long as {@code grace}, then
     * breaks what is left.
     */
    public void close(Duration grace) {
        closing = true;
        closed.countDown();
        try {
            serverSocket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing the server socket", e);
        }
        connections.forEach(HttpConnection::closeIfIdle);
        threads.shutdown();
        try {
            if (threads.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(HttpConnection::abort);
        threads.shutdownNow();
    }
}
