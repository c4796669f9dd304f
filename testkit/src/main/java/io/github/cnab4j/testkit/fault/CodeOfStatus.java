/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.protocol.ErrorCode;

/** The error code that registries mostly send with a status. */
final class CodeOfStatus {
    private CodeOfStatus() {}

    static ErrorCode of(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.DENIED;
            case 404 -> ErrorCode.NAME_UNKNOWN;
            case 400, 405, 406, 415, 422, 501 -> ErrorCode.UNSUPPORTED;
            case 413 -> ErrorCode.SIZE_INVALID;
            case 416 -> ErrorCode.BLOB_UPLOAD_INVALID;
            case 429 -> ErrorCode.TOOMANYREQUESTS;
            default -> ErrorCode.UNKNOWN;
        };
    }
}
