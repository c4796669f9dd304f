/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.io.IOException;
import java.io.InputStream;

/** A blob on its way in. One writer at a time: a second one is refused, not queued for ever. */
public interface Upload {
    /** Unguessable name of this upload, made of letters, digits and {@code -}. */
    String id();

    /** Bytes received so far. */
    long size();

    /**
     * Appends what the stream gives. When reading fails, what was read stays, so that the client can go on from there.
     *
     * @param offset where the client means to append; must be {@link #size()}
     * @return the new size
     * @throws UploadOffsetException when the offset is another
     * @throws UploadBusyException when another request is writing
     */
    long append(long offset, InputStream content) throws IOException;

    /**
     * Ends the upload: with the right digest the blob is in the repository when this returns, with a wrong one
     * everything received is thrown away.
     *
     * @return whether the content has this digest
     * @throws UploadBusyException when another request is writing
     */
    boolean commit(Digest digest) throws IOException;

    /** Throws everything away. Without effect after {@link #commit}. */
    void cancel() throws IOException;
}
