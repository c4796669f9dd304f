/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection of a client that does as little as it can. */
public final class Client implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final byte[] SEGMENT = new byte[1024 * 1024];

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[256 * 1024];
    private int start;
    private int end;

    /** Connects to a port of the loopback address. */
    public Client(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void sendGet(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Gets a resource and gives its length. */
    long get(String path) throws IOException {
        sendGet(path);
        long length = contentLength(head(200));
        skip(length);
        return length;
    }

    /** Puts so many bytes. */
    void put(String path, long length) throws IOException {
        send("PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n");
        for (long left = length; left > 0; left -= SEGMENT.length) {
            out.write(SEGMENT, 0, (int) Math.min(SEGMENT.length, left));
        }
        skip(contentLength(head(201)));
    }

    /**
     * Sends a request and throws its answer's body away.
     *
     * @param head the request line and the fields, each line with its end, but for that of the length
     * @param body in pieces
     * @return the answer's head
     * @throws IOException when the answer has another status, too
     */
    public String exchange(String head, int expectedStatus, byte[]... body) throws IOException {
        long length = 0;
        for (byte[] piece : body) {
            length += piece.length;
        }
        boolean bodiless = head.startsWith("GET ") || head.startsWith("HEAD ");
        send(head + (bodiless ? "" : "Content-Length: " + length + "\r\n") + "\r\n");
        for (byte[] piece : body) {
            out.write(piece);
        }
        String answer = head(expectedStatus);
        if (!head.startsWith("HEAD ")) {
            skip(contentLength(answer));
        }
        return answer;
    }

    /** Reads until the server ends or breaks the connection, or has sent so many bytes; gives how many came. */
    long drain(long enough) {
        long count = (long) end - start;
        try {
            while (count < enough) {
                int n = in.read(buffer);
                if (n < 0) {
                    break;
                }
                count += n;
            }
        } catch (IOException e) {
            return count;
        }
        return count;
    }

    private String head(int expectedStatus) throws IOException {
        int from = start;
        while (true) {
            for (int i = from; i + 3 < end; i++) {
                if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                    String head = new String(buffer, start, i + 4 - start, StandardCharsets.US_ASCII);
                    start = i + 4;
                    if (!head.startsWith("HTTP/1.1 " + expectedStatus)) {
                        throw new IOException("unexpected: " + head);
                    }
                    return head;
                }
            }
            int seen = Math.max(0, end - start - 3);
            fill();
            from = start + seen;
        }
    }

    private void fill() throws IOException {
        if (end == buffer.length) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        int n = in.read(buffer, end, buffer.length - end);
        if (n < 0) {
            throw new EOFException();
        }
        end += n;
    }

    private static long contentLength(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length: ");
        return at < 0 ? 0 : Long.parseLong(lower.substring(at + 16, lower.indexOf('\r', at)));
    }

    private void skip(long length) throws IOException {
        long left = length - (end - start);
        if (left < 0) {
            start += (int) length;
            return;
        }
        start = 0;
        end = 0;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException();
            }
            left -= n;
        }
    }

    /** Ends the connection. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
