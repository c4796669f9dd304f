/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.io.IOException;

/** Another request is writing to the upload. */
public final class UploadBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says so. */
    public UploadBusyException() {
        super("another request is writing to this upload");
    }
}
