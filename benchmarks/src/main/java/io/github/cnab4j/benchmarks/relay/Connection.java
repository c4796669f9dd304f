/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A client's connection and the one to the server that it stands for. */
final class Connection {
    private static final byte[] UNAVAILABLE =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final Flow up;
    private final Flow down;
    private final Timers timers;
    private final long roundTrip;
    private Optional<Failure> failure = Optional.empty();

    Connection(
            SocketChannel client,
            InetSocketAddress target,
            Link link,
            Tally tally,
            Failures failures,
            Plumbing plumbing)
            throws IOException {
        this.client = client;
        this.server = SocketChannel.open();
        this.timers = plumbing.timers();
        this.roundTrip = 2 * link.delayNanos();
        RequestParser parser = new RequestParser(tally, () -> failure = failure.or(failures::next));
        long opened = System.nanoTime();
        this.up = new Flow(
                client, server, plumbing.buffers(), link.delayNanos(), opened + link.handshakeNanos(), parser::take);
        this.down = new Flow(server, client, plumbing.buffers(), link.delayNanos(), opened, bytes -> {});
        prepare(client);
        prepare(server);
        boolean connected = server.connect(target);
        this.clientKey = client.register(plumbing.selector(), SelectionKey.OP_READ, this);
        this.serverKey =
                server.register(plumbing.selector(), connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    }

    /** What all connections of a relay share. */
    record Plumbing(Selector selector, Buffers buffers, Timers timers) {}

    private static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** Does what a selected key allows. */
    void ready(SelectionKey key, long now) {
        try {
            if (key.isConnectable()) {
                server.finishConnect();
                up.drain(Timers.horizon(now));
            }
            Flow outOf = key.equals(clientKey) ? up : down;
            Flow into = key.equals(clientKey) ? down : up;
            if (key.isReadable()) {
                outOf.fill(now);
                if (failure.isPresent() && !up.discards()) {
                    fail(failure.get(), now);
                }
                outOf.drain(Timers.horizon(now));
            }
            if (key.isWritable()) {
                into.drain(Timers.horizon(now));
            }
            settle();
        } catch (IOException broken) {
            close();
        }
    }

    /** Whatever the client sends from here on reaches nobody; what it gets is as far away as the server's answer would be. */
    private void fail(Failure how, long now) {
        up.discard();
        down.endWith(how == Failure.UNAVAILABLE ? ByteBuffer.wrap(UNAVAILABLE.clone()) : null, now + roundTrip);
        close(server);
    }

    /** Lets go on what is due. */
    void due(Flow flow, long now) {
        try {
            flow.drain(Timers.horizon(now));
            settle();
        } catch (IOException broken) {
            close();
        }
    }

    private void settle() throws IOException {
        if (up.finished() && down.finished()) {
            close();
            return;
        }
        timers.note(this, up);
        timers.note(this, down);
        want(clientKey, operations(up, down));
        if (server.isOpen()) {
            want(serverKey, server.isConnected() ? operations(down, up) : SelectionKey.OP_CONNECT);
        }
    }

    private static int operations(Flow outOf, Flow into) {
        return (outOf.reads() ? SelectionKey.OP_READ : 0) | (into.blocked() ? SelectionKey.OP_WRITE : 0);
    }

    private static void want(SelectionKey key, int operations) {
        if (key.isValid() && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    private void close() {
        up.abandon();
        down.abandon();
        close(client);
        close(server);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was left to do.
        }
    }
}
