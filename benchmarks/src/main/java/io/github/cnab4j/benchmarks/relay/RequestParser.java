/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Finds the requests in what a client sends over one connection (RFC 9112): heads are read, bodies are stepped over by their
 * {@code Content-Length} or chunk sizes. What is not HTTP ends the counting of its connection, and is counted as that.
 */
final class RequestParser {
    private static final int MAX_LINE = 64 * 1024;

    private enum State {
        REQUEST_LINE,
        FIELDS,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        LOST
    }

    private final Tally tally;
    private final Runnable arrived;
    private byte[] line = new byte[256];
    private int length;
    private State state = State.REQUEST_LINE;
    private String method = "";
    private String target = "";
    private long left;
    private boolean chunked;

    /**
     * A parser of a connection's first bytes.
     *
     * @param arrived run at the end of each request's head
     */
    RequestParser(Tally tally, Runnable arrived) {
        this.tally = tally;
        this.arrived = arrived;
    }

    /** Takes the next bytes; the buffer's position does not change. */
    void take(ByteBuffer bytes) {
        ByteBuffer input = bytes.duplicate();
        while (input.hasRemaining() && state != State.LOST) {
            if (state == State.BODY || state == State.CHUNK) {
                skip(input);
            } else if (fillLine(input)) {
                String text = new String(line, 0, length, StandardCharsets.ISO_8859_1).stripTrailing();
                length = 0;
                takeLine(text);
            }
        }
    }

    private void skip(ByteBuffer input) {
        int n = (int) Math.min(left, input.remaining());
        input.position(input.position() + n);
        left -= n;
        if (left == 0) {
            state = state == State.BODY ? State.REQUEST_LINE : State.CHUNK_END;
        }
    }

    /** Whether a whole line is there. */
    private boolean fillLine(ByteBuffer input) {
        while (input.hasRemaining()) {
            byte next = input.get();
            if (next == '\n') {
                return true;
            }
            if (length == MAX_LINE) {
                lose();
                return false;
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = next;
        }
        return false;
    }

    private void takeLine(String text) {
        switch (state) {
            case REQUEST_LINE -> requestLine(text);
            case FIELDS -> field(text);
            case CHUNK_SIZE -> chunkSize(text);
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILERS -> state = text.isEmpty() ? State.REQUEST_LINE : State.TRAILERS;
            default -> throw new IllegalStateException(state.name());
        }
    }

    private void requestLine(String text) {
        // A server skips empty lines before a request (RFC 9112, section 2.2).
        if (text.isEmpty()) {
            return;
        }
        String[] parts = text.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            lose();
            return;
        }
        method = parts[0];
        target = parts[1];
        left = 0;
        chunked = false;
        state = State.FIELDS;
    }

    private void field(String text) {
        if (text.isEmpty()) {
            tally.add(method, RequestKind.of(target));
            arrived.run();
            if (chunked) {
                state = State.CHUNK_SIZE;
            } else {
                state = left > 0 ? State.BODY : State.REQUEST_LINE;
            }
            return;
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        if (name.equalsIgnoreCase("Content-Length")) {
            left = number(text.substring(colon + 1).strip(), 10);
        } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
            chunked = text.toLowerCase(Locale.ROOT).endsWith("chunked");
        }
    }

    private void chunkSize(String text) {
        int extension = text.indexOf(';');
        left = number((extension < 0 ? text : text.substring(0, extension)).strip(), 16);
        if (state != State.LOST) {
            state = left == 0 ? State.TRAILERS : State.CHUNK;
        }
    }

    private long number(String digits, int radix) {
        try {
            return Long.parseUnsignedLong(digits, radix);
        } catch (NumberFormatException malformed) {
            lose();
            return 0;
        }
    }

    private void lose() {
        state = State.LOST;
        tally.lost();
    }
}
