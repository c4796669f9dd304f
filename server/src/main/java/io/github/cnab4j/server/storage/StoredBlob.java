/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.io.IOException;
import java.io.OutputStream;

/** A blob that can be read as often as wanted, also while it is being deleted. */
public interface StoredBlob {
    /** Its size in bytes. */
    long size();

    /**
     * Writes a part of it.
     *
     * @param offset the first byte, 0 to {@link #size()}
     * @param length how many bytes; the part must lie within the blob
     */
    void copyTo(OutputStream out, long offset, long length) throws IOException;
}
