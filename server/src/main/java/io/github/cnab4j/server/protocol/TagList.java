/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.RepositoryStorage;
import java.io.IOException;
import java.util.List;

/** {@code GET /v2/NAME/tags/list}, in pages if wanted. */
final class TagList implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        RepositoryStorage repository = call.existingRepository();
        String name = repository.name().value();
        return Page.of(call.request())
                .answer("/v2/" + name + "/tags/list", repository::tags, tags -> render(name, tags));
    }

    private static Response render(String name, List<String> tags) {
        return JsonReplies.of(200, "application/json", json -> {
            json.writeStartObject();
            json.writeStringProperty("name", name);
            json.writeArrayPropertyStart("tags");
            tags.forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
