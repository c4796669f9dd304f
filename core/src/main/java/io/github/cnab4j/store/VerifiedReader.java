/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.oci.Descriptor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Content that is verified while it is read, and can be gone back in: for a receiver that has less of it than was sent. States of
 * the hash are kept on the way, so that going back reads the source again from shortly before the place, not from the start. As
 * with {@link Verified}, the last bytes come out only if size and digest agree, over what was read before and what is read anew.
 * Not safe for use by several threads.
 */
public final class VerifiedReader implements AutoCloseable {
    private static final int MOST_KEPT = 64;
    private static final int BUFFER = 64 << 10;

    private final CallScope scope;
    private final ContentSource content;
    private final Descriptor descriptor;
    private final TreeMap<Long, VerifyingStream.Kept> kept = new TreeMap<>();
    private long spacing = 256 << 10;
    private @Nullable InputStream in;
    private long position;

    /** A reader that is at the start; it opens nothing yet. */
    public VerifiedReader(CallScope scope, ContentSource content, Descriptor descriptor) {
        this.scope = scope;
        this.content = content;
        this.descriptor = descriptor;
    }

    /**
     * Goes to a place, and opens the content if it is not open.
     *
     * @param place number of bytes before it, up to the size
     * @throws StoreException if the content cannot be opened or is not what the descriptor says
     * @throws IOException if reading fails
     */
    public void seek(long place) throws IOException {
        Objects.checkIndex(place, descriptor.size() + 1);
        if (in == null || place < position) {
            reopen(place);
        }
        byte[] buffer = new byte[(int) Math.min(BUFFER, place - position)];
        while (position < place) {
            if (read(buffer, 0, (int) Math.min(buffer.length, place - position)) < 0) {
                throw new EOFException("it ended early");
            }
        }
    }

    /**
     * Reads on, as {@link InputStream#read(byte[], int, int)}.
     *
     * @throws IllegalStateException if nothing is open
     * @throws StoreException if the content is not what the descriptor says
     * @throws IOException if reading fails
     */
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (in == null) {
            throw new IllegalStateException("not at any place");
        }
        int n = in.read(buffer, offset, length);
        position += Math.max(n, 0);
        if (in instanceof VerifyingStream verifying && position - lastKept() >= spacing) {
            verifying.keep().ifPresent(state -> kept.put(position, state));
            thinOut();
        }
        return n;
    }

    /** Lets go of what is open; another {@link #seek} opens it again. */
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

    private void reopen(long place) {
        close();
        kept.tailMap(place, false).clear();
        Map.Entry<Long, VerifyingStream.Kept> last = kept.lastEntry();
        if (last == null) {
            in = Verified.checking(content.open(scope), descriptor, "the source");
            position = 0;
        } else {
            InputStream rest = content.open(scope, last.getKey());
            in = new VerifyingStream(rest, descriptor, "the source", last.getValue());
            position = last.getKey();
        }
    }

    private long lastKept() {
        return kept.isEmpty() ? 0 : kept.lastKey();
    }

    /** Memory does not grow with the content. */
    private void thinOut() {
        if (kept.size() > MOST_KEPT) {
            spacing *= 2;
            boolean every2nd = false;
            for (Iterator<Long> places = kept.keySet().iterator(); places.hasNext(); every2nd = !every2nd) {
                places.next();
                if (every2nd) {
                    places.remove();
                }
            }
        }
    }
}
