/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.RegistryStorage;
import io.github.cnab4j.server.storage.RepositoryName;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v2/_catalog}, in pages if wanted. Docker's, not of the specification. */
final class Catalog implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        return Page.of(call.request())
                .answer("/v2/_catalog", (after, limit) -> names(call.storage(), after, limit), Catalog::render);
    }

    private static List<String> names(RegistryStorage storage, @Nullable String after, int limit) throws IOException {
        RepositoryName start = null;
        if (after != null) {
            start = RepositoryName.parse(after)
                    .orElseThrow(() -> new ApiException(400, ErrorCode.NAME_INVALID, "last is not a repository name"));
        }
        return storage.repositories(start, limit).stream()
                .map(RepositoryName::value)
                .toList();
    }

    private static Response render(List<String> names) {
        return JsonReplies.of(200, "application/json", json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("repositories");
            names.forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
