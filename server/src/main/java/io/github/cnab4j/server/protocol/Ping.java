/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;

/** {@code GET /v2/}: yes, this is a registry. */
final class Ping implements EndpointHandler {
    @Override
    public Response handle(Call call) {
        return JsonReplies.of(200, "application/json", json -> {
            json.writeStartObject();
            json.writeEndObject();
        });
    }
}
