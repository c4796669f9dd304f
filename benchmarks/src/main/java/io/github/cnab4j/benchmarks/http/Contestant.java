/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.HttpListener;
import io.github.cnab4j.server.http.ListenerOptions;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.util.Timeout;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The servers. */
enum Contestant {
    /** This project's: HttpCore's message parsing over sockets and threads of its own. */
    LISTENER {
        @Override
        int start(Duration idle) throws IOException {
            ListenerOptions options =
                    ListenerOptions.loopback().withIdleTimeout(idle).withMaxConnections(MANY);
            return HttpListener.start(options, Contestant::answer).address().getPort();
        }
    },
    /** Apache HttpCore's own classic server. */
    HTTPCORE {
        @Override
        int start(Duration idle) throws IOException {
            HttpServer server = ServerBootstrap.bootstrap()
                    .setLocalAddress(InetAddress.getLoopbackAddress())
                    .setListenerPort(0)
                    .setHttp1Config(
                            Http1Config.custom().setBufferSize(16 * 1024).build())
                    .setSocketConfig(SocketConfig.custom()
                            .setTcpNoDelay(true)
                            .setBacklogSize(MANY)
                            .setSoTimeout(Timeout.of(idle))
                            .build())
                    .register("*", (request, response, context) -> answer(request, response))
                    .create();
            server.start();
            return server.getLocalPort();
        }
    },
    /** The JDK's {@code com.sun.net.httpserver}. */
    JDK {
        @Override
        int start(Duration idle) throws IOException {
            var server = com.sun.net.httpserver.HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MANY);
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/", Contestant::answer);
            server.start();
            return server.getAddress().getPort();
        }
    },
    /** Eclipse Jetty's core, without servlets. */
    JETTY {
        @Override
        int start(Duration idle) throws Exception {
            Server server = new Server(new QueuedThreadPool(MANY));
            ServerConnector connector = new ServerConnector(server);
            connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
            connector.setAcceptQueueSize(MANY);
            connector.setIdleTimeout(idle.toMillis());
            server.addConnector(connector);
            server.setHandler(new Handler.Abstract() {
                @Override
                public boolean handle(
                        org.eclipse.jetty.server.Request request,
                        org.eclipse.jetty.server.Response response,
                        Callback callback)
                        throws IOException {
                    answer(request, response);
                    callback.succeeded();
                    return true;
                }
            });
            server.start();
            return connector.getLocalPort();
        }
    };

    private static final int MANY = 4096;

    /**
     * Starts to listen on a free port of the loopback address and gives the port; ends with the JVM.
     *
     * @param idle how long a connection may be silent, in servers that can be told
     */
    abstract int start(Duration idle) throws Exception;

    private static Response answer(Request request) throws IOException {
        if (request.method().equals("PUT")) {
            Resources.discard(request.body());
            return Response.of(201);
        }
        String path = request.path();
        return Response.of(200).withBody(new Body() {
            @Override
            public long length() {
                return Resources.length(path);
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                Resources.write(path, out);
            }
        });
    }

    private static void answer(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException {
        if (request.getMethod().equals("PUT")) {
            Resources.discard(request.getEntity().getContent());
            response.setCode(201);
            return;
        }
        String path = request.getPath();
        response.setEntity(new EntityTemplate(
                Resources.length(path), ContentType.APPLICATION_OCTET_STREAM, null, out -> Resources.write(path, out)));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange;
                InputStream in = exchange.getRequestBody()) {
            if (exchange.getRequestMethod().equals("PUT")) {
                Resources.discard(in);
                exchange.sendResponseHeaders(201, -1);
                return;
            }
            exchange.sendResponseHeaders(200, Resources.length(path));
            Resources.write(path, exchange.getResponseBody());
        }
    }

    private static void answer(org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response)
            throws IOException {
        if (request.getMethod().equals("PUT")) {
            Resources.discard(Content.Source.asInputStream(request));
            response.setStatus(201);
            return;
        }
        String path = request.getHttpURI().getPath();
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, Resources.length(path));
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            Resources.write(path, out);
        }
    }

    /** Starts the one named with so many seconds of idle time, says its port, and serves until the standard input ends. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(valueOf(arguments[0]).start(Duration.ofSeconds(Long.parseLong(arguments[1]))));
        while (System.in.read() >= 0) {
            // waits
        }
        Runtime.getRuntime().halt(0);
    }
}
