/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import java.util.Optional;

/**
 * How the bytes of a blob go into an open upload. The usual way is one PUT; a refusal tells which way to try next, and there are
 * few steps, so that every registry comes to its end.
 *
 * @param kind shape of the requests
 * @param chunk most bytes of one request, for chunks
 * @param wished whether the caller wants parts though the registry may well take the whole
 */
record UploadWay(Kind kind, long chunk, boolean wished) {
    /** What size a part gets where the registry refuses the whole: the largest that the strictest known registry takes. */
    static final long CAUTIOUS_CHUNK = 4L << 20;

    static final long SMALLEST_CHUNK = 1L << 20;

    /** All in the closing PUT. */
    static final UploadWay WHOLE = new UploadWay(Kind.WHOLE, 0, false);

    /** All in one PATCH without a range, then an empty PUT. */
    static final UploadWay STREAM = new UploadWay(Kind.STREAM, 0, false);

    /** Shapes of requests. */
    enum Kind {
        /** One PUT. */
        WHOLE,
        /** One PATCH, one PUT. */
        STREAM,
        /** PATCH after PATCH, one PUT. */
        CHUNKS
    }

    /** In parts since the registry takes no more at a time. */
    static UploadWay chunks(long size) {
        return new UploadWay(Kind.CHUNKS, size, false);
    }

    /** In parts since the caller wants it so. */
    static UploadWay wishedChunks(long size) {
        return new UploadWay(Kind.CHUNKS, size, true);
    }

    /** The way to try after a refusal with this status; empty if no other way can help. */
    Optional<UploadWay> afterRefusal(int status) {
        boolean limit = status == 413 || status == 416;
        boolean wrongShape = status == 404 || status == 405 || status == 501 || status == 502;
        if (kind == Kind.WHOLE && wrongShape) {
            return Optional.of(STREAM);
        }
        if (wished && (wrongShape || status == 400)) {
            return Optional.of(WHOLE);
        }
        if (!limit) {
            return Optional.empty();
        }
        if (kind != Kind.CHUNKS || chunk > CAUTIOUS_CHUNK) {
            return Optional.of(chunks(CAUTIOUS_CHUNK));
        }
        return chunk > SMALLEST_CHUNK ? Optional.of(chunks(SMALLEST_CHUNK)) : Optional.empty();
    }
}
