/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.registry.http.Backoff;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content of a registry whose reading goes on where the connection broke. Whoever reads sees one stream without a seam, and hashes
 * it as one: nothing is proven here. Each time it goes on costs a repeat of the scope's budget; when that is used up, the failure
 * comes out. Not safe for use by several threads.
 */
final class ResumingStream extends InputStream {
    private static final int BUFFER = 64 << 10;
    private static final Logger LOG = LoggerFactory.getLogger(ResumingStream.class);

    private final CallScope scope;
    private final Backoff backoff;
    private final String name;
    private final long size;
    private final Opening opening;
    private ContentStream in;
    private long position;
    /** What the connection has to give yet before it comes to the position. */
    private long ahead;

    private int inVain;

    /** Opens the content. */
    @FunctionalInterface
    interface Opening {
        /**
         * The bytes from an offset on, which is below the size, or from an earlier one on.
         *
         * @throws StoreException if there is no answer, or none of use
         */
        ContentStream at(long offset);
    }

    /**
     * Opens the content.
     *
     * @param scope the operation that it is read in
     * @param name what is read, for the log
     * @param size size of the whole, as far as is known
     * @throws StoreException if it cannot be opened
     */
    ResumingStream(CallScope scope, Backoff backoff, String name, long size, long offset, Opening opening) {
        this.scope = scope;
        this.backoff = backoff;
        this.name = name;
        this.size = size;
        this.opening = opening;
        this.position = offset;
        this.in = opening.at(offset);
        this.ahead = offset - in.start();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            try {
                passOver();
                int n = in.read(buffer, offset, length);
                if (n < 0 && position < size && !in.endsForSure()) {
                    throw new IOException("it ended after " + position + " of " + size + " bytes");
                }
                position += Math.max(n, 0);
                inVain = n > 0 ? 0 : inVain;
                return n;
            } catch (IOException broken) {
                if (position >= size) {
                    // All of it is here; what the connection says after that is of no account.
                    return -1;
                }
                goOn(broken);
            }
        }
    }

    private void goOn(IOException broken) throws IOException {
        in.close();
        inVain++;
        if (!backoff.again(scope, inVain)) {
            throw broken;
        }
        LOG.debug("{}: broke off at byte {} ({}), going on from there", name, position, broken.getMessage());
        in = opening.at(position);
        ahead = position - in.start();
    }

    private void passOver() throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, ahead)];
        while (ahead > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, ahead));
            if (n < 0) {
                throw new IOException("it ended before byte " + position);
            }
            ahead -= n;
        }
    }

    @Override
    public int available() throws IOException {
        return ahead > 0 ? 0 : in.available();
    }

    @Override
    public void close() {
        in.close();
    }
}
