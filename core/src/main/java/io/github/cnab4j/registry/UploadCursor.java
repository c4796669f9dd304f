/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.registry.http.HttpBody;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The source of an upload, read in order through one buffer, from the start again where a request has to be repeated. The bytes
 * are verified on the way: the last of them come out of the verifying stream only if size and digest agree, so a damaged source
 * breaks the request off before the registry has all of it. Not safe for use by several threads.
 */
final class UploadCursor implements AutoCloseable {
    private static final int BUFFER = 128 * 1024;

    private final CallScope scope;
    private final ContentSource content;
    private final Descriptor descriptor;
    private final LongConsumer bytesSent;
    private final byte[] buffer;
    private @Nullable InputStream in;
    private long position;
    private long reported;
    private boolean sourceFailed;

    UploadCursor(CallScope scope, ContentSource content, Descriptor descriptor, LongConsumer bytesSent) {
        this.scope = scope;
        this.content = content;
        this.descriptor = descriptor;
        this.bytesSent = bytesSent;
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

    /**
     * Verifies a content without bytes. Its request is complete with its head, so nothing could break it off any more.
     *
     * @throws StoreException if the source has bytes or cannot be read
     */
    void checkIfEmpty() {
        if (descriptor.size() == 0) {
            readToEnd(at(0));
        }
    }

    @Override
    public void close() {
        InputStream open = in;
        in = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException broken) {
                // Everything that was needed from it has been read.
            }
        }
    }

    private void write(long from, long length, OutputStream out) throws IOException {
        InputStream source = at(from);
        long end = from + length;
        while (position < end) {
            int n = read(source, (int) Math.min(buffer.length, end - position));
            out.write(buffer, 0, n);
            position += n;
            if (position > reported) {
                bytesSent.accept(position - reported);
                reported = position;
            }
        }
    }

    private InputStream at(long from) {
        if (in == null || position > from) {
            close();
            in = Verified.checking(open(), descriptor, "the source");
            position = 0;
        }
        while (position < from) {
            position += read(in, (int) Math.min(buffer.length, from - position));
        }
        return in;
    }

    private InputStream open() {
        try {
            return content.open(scope);
        } catch (RuntimeException failed) {
            sourceFailed = true;
            throw failed;
        }
    }

    private int read(InputStream source, int length) {
        scope.throwIfCancelled();
        try {
            int n = source.read(buffer, 0, length);
            if (n < 0) {
                throw new IOException("it ended early");
            }
            return n;
        } catch (IOException broken) {
            throw sourceFailed(broken);
        } catch (RuntimeException failed) {
            sourceFailed = true;
            throw failed;
        }
    }

    private void readToEnd(InputStream source) {
        try {
            if (source.read(buffer, 0, 1) >= 0) {
                throw new IOException("it is longer than its descriptor says");
            }
        } catch (IOException broken) {
            throw sourceFailed(broken);
        }
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
