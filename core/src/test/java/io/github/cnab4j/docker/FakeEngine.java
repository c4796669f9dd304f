/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the little HTTP that an engine's API needs, over a socket in the file system or a port, and answers what a test prepared.
 * One thread for each connection.
 */
public final class FakeEngine implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final String host;
    private final @Nullable SSLContext tls;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private volatile String version = "1.41";

    /** Writes an answer, whole or not. */
    public interface Script {
        void answer(OutputStream out) throws IOException;
    }

    private FakeEngine(ServerSocketChannel listener, String host, @Nullable SSLContext tls) {
        this.listener = listener;
        this.host = host;
        this.tls = tls;
        Thread thread = new Thread(this::listen, "fake-engine");
        thread.setDaemon(true);
        thread.start();
    }

    public static FakeEngine onSocket(Path socket) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        return new FakeEngine(listener, "unix://" + socket, null);
    }

    public static FakeEngine onPort() throws IOException {
        return onPort(null);
    }

    /** Speaks TLS, and with clients alone that show a certificate which the context trusts. */
    public static FakeEngine overTls(SSLContext context) throws IOException {
        return onPort(context);
    }

    private static FakeEngine onPort(@Nullable SSLContext context) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        return new FakeEngine(listener, "tcp://127.0.0.1:" + port, context);
    }

    /** As {@code DOCKER_HOST} has it. */
    public String host() {
        return host;
    }

    /** What it says its version is. */
    public FakeEngine withVersion(String apiVersion) {
        this.version = apiVersion;
        return this;
    }

    /** Answers to a request, {@code METHOD /path} without the version. */
    public FakeEngine on(String request, Script script) {
        scripts.put(request, script);
        return this;
    }

    public FakeEngine on(String request, int status, String body) {
        return on(request, status, body.getBytes(UTF_8));
    }

    public FakeEngine on(String request, int status, byte[] body) {
        return on(request, out -> {
            head(out, status, "Content-Length: " + body.length);
            out.write(body);
        });
    }

    /** A body in chunks, as engines send what they do not know the length of. */
    public static Script chunked(boolean whole, byte[]... chunks) {
        return out -> {
            head(out, 200, "Transfer-Encoding: chunked");
            for (byte[] chunk : chunks) {
                out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(ISO_8859_1));
                out.write(chunk);
                out.write("\r\n".getBytes(ISO_8859_1));
            }
            if (whole) {
                out.write("0\r\n\r\n".getBytes(ISO_8859_1));
            }
        };
    }

    static void head(OutputStream out, int status, String field) throws IOException {
        out.write(("HTTP/1.1 " + status + " X\r\n" + field + "\r\n\r\n").getBytes(ISO_8859_1));
    }

    /** All requests with their versions, but for the ping. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The values of {@code X-Registry-Auth}. */
    public List<String> credentials() {
        return List.copyOf(credentials);
    }

    private void listen() {
        try {
            while (true) {
                SocketChannel connection = listener.accept();
                connections.add(connection);
                Thread thread = new Thread(() -> serve(connection), "fake-engine-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(SocketChannel connection) {
        SSLContext context = tls;
        if (context == null) {
            try (connection) {
                serve(Channels.newInputStream(connection), Channels.newOutputStream(connection));
            } catch (IOException gone) {
                // The client has gone, or the test is over.
            }
            return;
        }
        try (SSLSocket encrypted =
                (SSLSocket) context.getSocketFactory().createSocket(connection.socket(), null, 0, true)) {
            encrypted.setUseClientMode(false);
            encrypted.setNeedClientAuth(true);
            serve(encrypted.getInputStream(), encrypted.getOutputStream());
        } catch (IOException gone) {
            // As above, or the two did not trust each other.
        }
    }

    private void serve(InputStream input, OutputStream out) throws IOException {
        InputStream in = new BufferedInputStream(input);
        String[] start = line(in).split(" ", -1);
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            if (field.regionMatches(true, 0, "X-Registry-Auth:", 0, 16)) {
                credentials.add(field.substring(16).strip());
            }
        }
        if (start[1].equals("/_ping")) {
            head(out, 200, "Api-Version: " + version + "\r\nContent-Length: 0");
            return;
        }
        requests.add(start[0] + " " + start[1]);
        Script script = scripts.get(start[0] + " " + start[1].replaceFirst("^/v[0-9.]+", ""));
        if (script == null) {
            byte[] body = "{\"message\":\"No such image\"}".getBytes(UTF_8);
            head(out, 404, "Content-Length: " + body.length);
            out.write(body);
        } else {
            script.answer(out);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
