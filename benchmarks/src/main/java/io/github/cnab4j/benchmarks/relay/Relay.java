/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;

/**
 * Carries connections to servers on loopback over links of a given length. One thread ({@link #run}) does everything, for the
 * machine has few cores and they are the contestants'; the other methods may be called by another thread.
 */
final class Relay implements Runnable, AutoCloseable {
    private static final int BACKLOG = 1024;

    private final Selector selector;
    private final Buffers buffers = new Buffers();
    private final Timers timers = new Timers();
    private final Map<Integer, Gate> gates = new HashMap<>();
    private final Queue<FutureTask<?>> calls = new ConcurrentLinkedQueue<>();
    private volatile boolean open = true;

    /** A port that is listened on. */
    private static final class Gate {
        private final ServerSocketChannel channel;
        private final Link link;
        private final Tally tally = new Tally();
        private final Failures failures;
        private InetSocketAddress target;

        Gate(ServerSocketChannel channel, Link link, InetSocketAddress target) {
            this.channel = channel;
            this.link = link;
            this.failures = new Failures(link.failing());
            this.target = target;
        }
    }

    Relay() throws IOException {
        this.selector = Selector.open();
    }

    /** Opens a port whose connections go to a server's port; gives the number of the port. */
    int listen(int targetPort, Link link) throws Exception {
        return call(() -> {
            ServerSocketChannel channel = ServerSocketChannel.open();
            channel.bind(loopback(0), BACKLOG);
            channel.configureBlocking(false);
            int port = channel.socket().getLocalPort();
            Gate gate = new Gate(channel, link, loopback(targetPort));
            gates.put(port, gate);
            channel.register(selector, SelectionKey.OP_ACCEPT, gate);
            return port;
        });
    }

    /** Sends the connections that a port takes from then on to another server, and begins to count afresh. */
    void point(int port, int targetPort) throws Exception {
        call(() -> {
            Gate gate = gate(port);
            gate.target = loopback(targetPort);
            gate.tally.clear();
            gate.failures.clear();
            return port;
        });
    }

    /** What passed a port since it was pointed last, see {@link Tally#text}. */
    String counts(int port) throws Exception {
        return call(() -> gate(port).tally.text());
    }

    /** Closes a port; connections that it took live on. */
    void shut(int port) throws Exception {
        call(() -> {
            gate(port).channel.close();
            gates.remove(port);
            return port;
        });
    }

    private Gate gate(int port) {
        Gate gate = gates.get(port);
        if (gate == null) {
            throw new IllegalArgumentException("nobody listens on " + port);
        }
        return gate;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private <T> T call(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        calls.add(task);
        selector.wakeup();
        return task.get();
    }

    @Override
    public void run() {
        try {
            while (open) {
                await();
                long now = System.nanoTime();
                for (SelectionKey key : selector.selectedKeys()) {
                    selected(key, now);
                }
                selector.selectedKeys().clear();
                for (FutureTask<?> call = calls.poll(); call != null; call = calls.poll()) {
                    call.run();
                }
                now = System.nanoTime();
                for (Timers.Entry entry = timers.poll(now); entry != null; entry = timers.poll(now)) {
                    entry.connection().due(entry.flow(), now);
                }
            }
            selector.close();
        } catch (IOException broken) {
            throw new IllegalStateException("the relay has failed", broken);
        }
    }

    private void await() throws IOException {
        long millis = timers.millis(System.nanoTime());
        if (millis == 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(0, millis));
        }
    }

    private void selected(SelectionKey key, long now) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Gate gate) {
            accept(gate);
        } else if (key.attachment() instanceof Connection connection) {
            connection.ready(key, now);
        }
    }

    private void accept(Gate gate) throws IOException {
        for (SocketChannel client = gate.channel.accept(); client != null; client = gate.channel.accept()) {
            gate.tally.connected();
            try {
                new Connection(
                        client,
                        gate.target,
                        gate.link,
                        gate.tally,
                        gate.failures,
                        new Connection.Plumbing(selector, buffers, timers));
            } catch (IOException refused) {
                client.close();
            }
        }
    }

    @Override
    public void close() {
        open = false;
        selector.wakeup();
    }
}
