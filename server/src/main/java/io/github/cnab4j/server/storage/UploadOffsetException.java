/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.io.IOException;

/** The client means to append at another place than where the upload ends. */
public final class UploadOffsetException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Names both places. */
    public UploadOffsetException(long asked, long size) {
        super("the upload has " + size + " bytes, the chunk starts at " + asked);
    }
}
