/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/** What goes through a proxy: bytes in both directions, after the request where it was no tunnel's. */
final class Exchange {
    private static final int BUFFER = 16 * 1024;

    private Exchange() {}

    /** Connects to a port of 127.0.0.1 and passes on what comes from either side, until both have ended. */
    static void run(ExecutorService threads, Set<Socket> sockets, Socket client, ProxiedRequest request, int port)
            throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException | IllegalArgumentException unreachable) {
            TestProxy.answer(client, 502, "there is no way to " + request.target(), "");
            return;
        }
        sockets.add(server);
        try (server) {
            if (request.method().equals("CONNECT")) {
                write(client.getOutputStream(), "HTTP/1.1 200 Connection established\r\n\r\n");
            } else {
                write(server.getOutputStream(), passedOn(request));
            }
            threads.execute(() -> pass(client, server));
            pass(server, client);
        } finally {
            sockets.remove(server);
        }
    }

    /** The request as its server expects it; one on each connection, for it is the only one that is looked into. */
    private static String passedOn(ProxiedRequest request) {
        URI url = URI.create(request.target());
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String fields = request.fields().stream()
                .filter(field -> !field.regionMatches(true, 0, "Proxy-", 0, 6)
                        && !field.regionMatches(true, 0, "Connection:", 0, 11))
                .map(field -> field + "\r\n")
                .collect(Collectors.joining());
        return request.method() + " " + url.getRawPath() + query + " HTTP/1.1\r\n" + fields
                + "Connection: close\r\n\r\n";
    }

    private static void write(OutputStream out, String head) throws IOException {
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException over) {
            // The other direction notices too.
        }
    }
}
