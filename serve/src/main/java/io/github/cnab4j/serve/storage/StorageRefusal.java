/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.protocol.ErrorCode;
import java.io.IOException;

/** What the storage does not do, with the answer that tells a client so. */
public final class StorageRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final ErrorCode code;

    /** A refusal in words for the client. */
    public StorageRefusal(int status, ErrorCode code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code of the distribution specification. */
    public ErrorCode code() {
        return code;
    }
}
