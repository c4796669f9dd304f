/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.io.IOException;

/** Another request has committed or cancelled the upload. */
public final class UploadEndedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says so. */
    public UploadEndedException() {
        super("this upload has ended");
    }
}
