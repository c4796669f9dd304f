/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A socket in the file system in the shape that the HTTP client knows. The runtime has such sockets as channels only. What has no
 * meaning here, such as options of TCP, is taken and ignored.
 */
final class UnixSocket extends Socket {
    private final Path path;
    private volatile @Nullable ChannelStreams streams;
    private volatile boolean closed;
    private volatile int timeout;

    UnixSocket(Path path) {
        this.path = path;
    }

    @Override
    public void connect(SocketAddress ignored, int connectTimeout) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            streams = new ChannelStreams(channel);
            connected = true;
        } finally {
            if (!connected) {
                channel.close();
            }
        }
        if (closed) {
            close();
            throw new SocketException("closed");
        }
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
        connect(ignored, 0);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return open().input(() -> timeout);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return open().output(() -> timeout);
    }

    private ChannelStreams open() throws SocketException {
        ChannelStreams open = streams;
        if (open == null || closed) {
            throw new SocketException("not connected");
        }
        return open;
    }

    @Override
    public boolean isConnected() {
        return streams != null;
    }

    @Override
    public boolean isBound() {
        return streams != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        ChannelStreams open = streams;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public synchronized void setSoTimeout(int milliseconds) {
        timeout = milliseconds;
    }

    @Override
    public synchronized int getSoTimeout() {
        return timeout;
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return null;
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return null;
    }

    @Override
    public void shutdownInput() {}

    @Override
    public void shutdownOutput() {}

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setReuseAddress(boolean on) {}

    @Override
    public void setSoLinger(boolean on, int linger) {}

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public void setTrafficClass(int value) {}
}
