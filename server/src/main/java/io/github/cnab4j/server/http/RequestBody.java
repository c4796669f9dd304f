/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A request's body that knows how far it has been read. Closing it does nothing: the connection goes on after it. */
final class RequestBody extends InputStream {
    private static final int SKIP_SIZE = 16 * 1024;

    private final InputStream in;
    private final long declaredLength;
    private final @Nullable BeforeFirstRead beforeFirstRead;
    private long count;
    private boolean started;
    private boolean ended;
    private boolean failed;

    /** What has to be done before the client sends the body. */
    interface BeforeFirstRead {
        void run() throws IOException;
    }

    /**
     * @param declaredLength bytes, or a negative number for a chunked body
     * @param beforeFirstRead absent when the client sends the body unasked
     */
    RequestBody(InputStream in, long declaredLength, @Nullable BeforeFirstRead beforeFirstRead) {
        this.in = in;
        this.declaredLength = declaredLength < 0 ? Request.UNKNOWN_LENGTH : declaredLength;
        this.beforeFirstRead = beforeFirstRead;
        this.ended = declaredLength == 0;
    }

    long declaredLength() {
        return declaredLength;
    }

    /** Whether reading failed: the client is gone or broke HTTP. */
    boolean failed() {
        return failed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        boolean done = false;
        try {
            if (!started) {
                started = true;
                if (beforeFirstRead != null) {
                    beforeFirstRead.run();
                }
            }
            int n = in.read(buffer, offset, length);
            count += Math.max(n, 0);
            ended = n < 0 || count == declaredLength;
            done = true;
            return n;
        } finally {
            failed |= !done;
        }
    }

    /** Whether nothing, or only a known small rest that the client is surely sending, is left. */
    boolean canBeDrained(long limit) {
        if (ended) {
            return true;
        }
        boolean coming = started || beforeFirstRead == null;
        return coming && !failed && declaredLength >= 0 && declaredLength - count <= limit;
    }

    /** Reads what is left. */
    void drain() throws IOException {
        byte[] sink = new byte[ended ? 0 : SKIP_SIZE];
        while (read(sink, 0, sink.length) >= 0) {
            // thrown away
        }
    }
}
