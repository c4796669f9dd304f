/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on a free port of 127.0.0.1: tunnels (CONNECT, RFC 9110) and plain requests. Names lead where {@link #route} says and nowhere
 * else, so that a client can be tested with hosts that do not exist, and no request leaves the machine. Thread-safe.
 */
public final class TestProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final boolean tls;
    private final Map<String, Integer> routes = new ConcurrentHashMap<>();
    private final List<ProxiedRequest> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable String authorization;
    private volatile int refusal;
    private volatile String words = "";

    private TestProxy(ServerSocket listener, boolean tls) {
        this.listener = listener;
        this.tls = tls;
        threads.execute(this::accept);
    }

    /** A proxy open to everyone. */
    public static TestProxy start() {
        try {
            return new TestProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A proxy that is itself spoken to over TLS. */
    public static TestProxy startWithTls(SSLContext context) {
        try {
            return new TestProxy(
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leads a host to a port of 127.0.0.1. */
    public TestProxy route(String host, int port) {
        routes.put(host, port);
        return this;
    }

    /** Lets nobody through without these. */
    public TestProxy requireCredentials(String user, String password) {
        authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Refuses everything with this status and text; status 0 takes that back. */
    public TestProxy refuse(int status, String text) {
        this.words = text;
        this.refusal = status;
        return this;
    }

    /** Its address as URL. */
    public URI uri() {
        return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + listener.getLocalPort());
    }

    /** Its address as URL with credentials in it. */
    public String uri(String user, String password) {
        return uri().toString().replace("://", "://" + user + ":" + password + "@");
    }

    /** What it was asked, in the order of arrival; of a tunnel only that it was opened. */
    public List<ProxiedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Stops it and all that goes through it. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            ProxiedRequest request = RequestHead.read(client.getInputStream());
            if (request == null) {
                return;
            }
            requests.add(request);
            String expected = authorization;
            if (refusal != 0) {
                answer(client, refusal, words, "");
            } else if (expected != null
                    && !expected.equals(request.field("Proxy-Authorization").orElse(""))) {
                answer(client, 407, "who are you?", "Proxy-Authenticate: Basic realm=\"test\"\r\n");
            } else {
                Exchange.run(threads, sockets, client, request, routes.getOrDefault(host(request), 0));
            }
        } catch (IOException broken) {
            // One of the two ends has hung up.
        } finally {
            sockets.remove(client);
        }
    }

    private static String host(ProxiedRequest request) {
        String authority = request.method().equals("CONNECT")
                ? request.target()
                : URI.create(request.target()).getAuthority();
        int port = authority.lastIndexOf(':');
        return port > authority.indexOf(']') ? authority.substring(0, port) : authority;
    }

    static void answer(Socket client, int status, String text, String fields) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + " Answer of the proxy\r\n" + fields + "Content-Length: " + body.length
                                + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().write(body);
        client.getOutputStream().flush();
    }
}
