/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Headers;

/** A request that is answered with an error. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final ErrorCode code;
    private final transient Headers headers;

    ApiException(int status, ErrorCode code, String message) {
        this(status, code, message, Headers.empty());
    }

    ApiException(int status, ErrorCode code, String message, Headers headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    ErrorCode code() {
        return code;
    }

    Headers headers() {
        return headers;
    }
}
