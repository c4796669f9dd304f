/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.real;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a real registry: hands on what comes, notes the requests, and cuts connections where it is told to. */
public final class CuttingRelay implements AutoCloseable {
    private static final int BUFFER = 16 << 10;

    private final ServerSocket server;
    private final int port;
    private final List<Request> requests = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();

    /**
     * A request that came.
     *
     * @param range its {@code Range} or {@code Content-Range}
     * @param length bytes of its body
     */
    public record Request(String method, String path, Optional<String> range, long length) {
        /** Whether it is about an upload. */
        public boolean ofUpload() {
            return path.contains("/blobs/uploads/");
        }
    }

    /** Where to cut: after so many bytes of the body of the nth request of a method, or of the answer to it. */
    private record Cut(String method, long nth, long bytes, boolean answer) {}

    private CuttingRelay(ServerSocket server, int port) {
        this.server = server;
        this.port = port;
    }

    /** A relay on a free port of the loopback address. */
    public static CuttingRelay before(DockerRegistry registry) throws IOException {
        int port = Integer.parseInt(registry.host().replaceFirst(".*:", ""));
        CuttingRelay relay = new CuttingRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        daemon(relay::accept);
        return relay;
    }

    /** {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Resets after so many bytes of the body of the nth request of this method, counted from 1. */
    public synchronized void cutRequest(String method, int nth, long bytes) {
        cuts.add(new Cut(method, nth, bytes, false));
    }

    /** Hangs up after so many bytes of the answer, its head included, to the nth request of this method, counted from 1. */
    public synchronized void cutAnswer(String method, int nth, long bytes) {
        cuts.add(new Cut(method, nth, bytes, true));
    }

    /** What came so far. */
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Ends the relay; connections end with their client. */
    @Override
    public void close() throws IOException {
        server.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // One of the ends, or the test, is done.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            daemon(() -> {
                try (client;
                        Socket registry = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    new Connection(client, registry).run();
                }
            });
        }
    }

    private synchronized Optional<Cut> note(Request request) {
        requests.add(request);
        long nth = requests.stream()
                .filter(seen -> seen.method().equals(request.method()))
                .count();
        return cuts.stream()
                .filter(cut -> cut.method().equals(request.method()) && cut.nth() == nth)
                .findFirst();
    }

    /** One client's connection and the one to the registry that belongs to it. */
    private final class Connection {
        private final Socket client;
        private final Socket registry;
        private final AtomicLong answerLeft = new AtomicLong(Long.MAX_VALUE);

        Connection(Socket client, Socket registry) {
            this.client = client;
            this.registry = registry;
        }

        void run() throws IOException {
            daemon(this::handBack);
            InputStream in = client.getInputStream();
            OutputStream out = registry.getOutputStream();
            for (byte[] head = head(in); head.length > 0; head = head(in)) {
                Request request = parse(new String(head, ISO_8859_1));
                Optional<Cut> cut = note(request);
                answerLeft.set(cut.filter(Cut::answer).map(Cut::bytes).orElse(Long.MAX_VALUE));
                long body = cut.filter(found -> !found.answer()).map(Cut::bytes).orElse(Long.MAX_VALUE);
                out.write(head);
                handOn(in, out, Math.min(body, request.length()));
                if (body < Long.MAX_VALUE) {
                    reset();
                    return;
                }
            }
        }

        private void handBack() throws IOException {
            byte[] buffer = new byte[BUFFER];
            InputStream in = registry.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                long left = answerLeft.get();
                client.getOutputStream().write(buffer, 0, (int) Math.min(n, left));
                if (n >= left) {
                    registry.close();
                    break;
                }
                answerLeft.addAndGet(-n);
            }
            client.close();
        }

        private void handOn(InputStream in, OutputStream out, long length) throws IOException {
            byte[] buffer = new byte[BUFFER];
            long left = length;
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new IOException("the client went away");
                }
                out.write(buffer, 0, n);
                left -= n;
            }
        }

        private void reset() throws IOException {
            client.setSoLinger(true, 0);
            client.close();
            registry.close();
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0) {
                return new byte[0];
            }
            head.write(b);
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return head.toByteArray();
    }

    private static Request parse(String head) {
        String[] lines = head.split("\r\n");
        String[] first = lines[0].split(" ");
        Optional<String> range = Optional.empty();
        long length = 0;
        for (String line : lines) {
            String[] field = line.split(":", 2);
            switch (field[0].toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Long.parseLong(field[1].strip());
                case "range", "content-range" -> range = Optional.of(field[1].strip());
                default -> {
                    // Nothing that the tests look at.
                }
            }
        }
        return new Request(first[0], first[1].replaceFirst("\\?.*", ""), range, length);
    }
}
