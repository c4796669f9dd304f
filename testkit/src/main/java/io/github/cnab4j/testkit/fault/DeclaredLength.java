/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Response;

/** The length that a response declares. */
final class DeclaredLength {
    private DeclaredLength() {}

    static long of(Response response) {
        return response.headers()
                .first("Content-Length")
                .map(Long::parseLong)
                .orElse(Math.max(0, response.body().length()));
    }
}
