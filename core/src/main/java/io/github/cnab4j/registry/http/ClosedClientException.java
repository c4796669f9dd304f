/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;

/** A request that failed because its client was closed. */
final class ClosedClientException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedClientException(Exception failed) {
        super("the client was closed", failed);
    }
}
