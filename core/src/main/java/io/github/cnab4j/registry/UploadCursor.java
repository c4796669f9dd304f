/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.registry.http.HttpBody;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.VerifiedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;

/**
 * The source of an upload, read in order through one buffer, from an earlier place again where a request has to be repeated. The
 * bytes are verified on the way: the last of them come out of the reader only if size and digest agree, so a damaged source breaks
 * the request off before the registry has all of it. Not safe for use by several threads.
 */
final class UploadCursor implements AutoCloseable {
    private static final int BUFFER = 128 * 1024;

    private final Descriptor descriptor;
    private final LongConsumer bytesSent;
    private final VerifiedReader reader;
    private final byte[] buffer;
    private long sent;
    private boolean sourceFailed;

    UploadCursor(CallScope scope, ContentSource content, Descriptor descriptor, LongConsumer bytesSent) {
        this.descriptor = descriptor;
        this.bytesSent = bytesSent;
        this.reader = new VerifiedReader(scope, content, descriptor);
        this.buffer = new byte[(int) Math.min(BUFFER, Math.max(1, descriptor.size()))];
    }

    /** A part of the content as a body. */
    HttpBody part(long from, long length) {
        return new HttpBody() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                write(from, length, out);
            }
        };
    }

    /** Whether the content could not be read, so that nothing is wrong with the registry. */
    boolean sourceFailed() {
        return sourceFailed;
    }

    /** How much of the content has been handed to connections, from its start on. All of it: it was verified. */
    long sent() {
        return sent;
    }

    /**
     * Has the content open before a request says that it comes. One without bytes is verified: its request is complete with its
     * head, so nothing could break it off any more.
     *
     * @param place where the request will begin
     * @throws StoreException if the source cannot be read, or has bytes where there should be none
     */
    void prepare(long place) {
        try {
            reader.seek(place);
            if (descriptor.size() == 0 && reader.read(buffer, 0, 1) >= 0) {
                throw new IOException("it is longer than its descriptor says");
            }
        } catch (IOException broken) {
            throw sourceFailed(broken);
        } catch (RuntimeException failed) {
            throw sourceFailed(failed);
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    private void write(long from, long length, OutputStream out) throws IOException {
        prepare(from);
        long position = from;
        long end = from + length;
        while (position < end) {
            int n = read((int) Math.min(buffer.length, end - position));
            out.write(buffer, 0, n);
            position += n;
            if (position > sent) {
                bytesSent.accept(position - sent);
                sent = position;
            }
        }
    }

    private int read(int length) {
        try {
            int n = reader.read(buffer, 0, length);
            if (n < 0) {
                throw new IOException("it ended early");
            }
            return n;
        } catch (IOException broken) {
            throw sourceFailed(broken);
        } catch (RuntimeException failed) {
            throw sourceFailed(failed);
        }
    }

    private RuntimeException sourceFailed(RuntimeException failed) {
        if (failed instanceof UncheckedIOException broken) {
            return sourceFailed(new IOException(broken.getMessage(), broken));
        }
        sourceFailed = true;
        return failed;
    }

    /** Not an IOException: the connection to the registry is sound, it is the other end that failed. */
    private TransportException sourceFailed(IOException broken) {
        sourceFailed = true;
        return new TransportException(
                ErrorCode.UNREACHABLE,
                "read " + descriptor.digest(),
                "reading " + descriptor.digest() + " from its source failed: " + broken.getMessage(),
                null,
                broken);
    }
}
