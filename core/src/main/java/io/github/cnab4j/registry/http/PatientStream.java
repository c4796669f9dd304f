/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A body that has to come at some speed: each byte may take as long as the socket allows, but not each of them. Only the time spent
 * in waiting for bytes counts, so that a slow reader is not taken for a slow host.
 */
final class PatientStream extends FilterInputStream {
    /** Below this nothing of use comes to its end. */
    private static final long LEAST_BYTES_PER_SECOND = 256;

    private final Duration period;
    private long waited;
    private long received;

    /** @param period over which the speed is measured */
    PatientStream(InputStream raw, Duration period) {
        super(raw);
        this.period = period;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long start = System.nanoTime();
        int n;
        try {
            n = super.read(buffer, offset, length);
        } catch (SocketTimeoutException silence) {
            throw HostTimeoutException.silent(period, silence);
        }
        waited += System.nanoTime() - start;
        received += Math.max(n, 0);
        if (waited >= period.toNanos()) {
            long least = LEAST_BYTES_PER_SECOND * waited / Duration.ofSeconds(1).toNanos();
            if (n > 0 && received < least) {
                throw new SocketTimeoutException("sent only " + received + " bytes in "
                        + Duration.ofNanos(waited).toMillis() + " ms");
            }
            waited = 0;
            received = 0;
        }
        return n;
    }
}
