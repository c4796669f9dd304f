/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * The two directions of a channel as streams with a timeout. Blocking channels have none, so this one does not block: where nothing
 * goes on, a selector waits. One thread at a time reads or writes; any other may close.
 */
final class ChannelStreams implements AutoCloseable {
    private static final int LARGEST_STEP = 64 << 10;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    ChannelStreams(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.key = channel.register(selector, 0);
    }

    /** @param timeout milliseconds without a byte that are borne; 0: any number */
    InputStream input(IntSupplier timeout) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, buffer.length);
                ByteBuffer room = ByteBuffer.wrap(buffer, offset, Math.min(length, LARGEST_STEP));
                while (length > 0) {
                    int n = channel.read(room);
                    if (n != 0) {
                        return n;
                    }
                    await(SelectionKey.OP_READ, timeout.getAsInt());
                }
                return 0;
            }
        };
    }

    /** @param timeout milliseconds without a byte that are borne; 0: any number */
    OutputStream output(IntSupplier timeout) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
                while (rest.hasRemaining()) {
                    if (channel.write(rest) == 0) {
                        await(SelectionKey.OP_WRITE, timeout.getAsInt());
                    }
                }
            }
        };
    }

    private void await(int operation, int timeout) throws IOException {
        try {
            key.interestOps(operation);
            int ready = selector.select(timeout);
            selector.selectedKeys().clear();
            if (!channel.isOpen()) {
                throw new ClosedChannelException();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SocketException("interrupted");
            }
            if (ready == 0 && timeout > 0) {
                throw new SocketTimeoutException("no byte for " + timeout + " ms");
            }
        } catch (ClosedSelectorException | CancelledKeyException closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            // Closing a selector wakes up whoever waits in it.
            selector.close();
        }
    }
}
