/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** {@code GET /v2/NAME/referrers/DIGEST}: an index of what refers to a manifest, also to one that does not exist. */
final class Referrers implements EndpointHandler {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** One line of the list. */
    private record Referrer(StoredManifest manifest, ManifestOutline outline) {}

    @Override
    public Response handle(Call call) throws IOException {
        Digest subject = call.digest();
        Optional<RepositoryStorage> repository = call.storage().find(call.name());
        Optional<String> wanted = call.request().query().first("artifactType").filter(type -> !type.isEmpty());
        List<Referrer> referrers = new ArrayList<>();
        if (repository.isPresent()) {
            for (StoredManifest manifest : repository.get().referrers(subject)) {
                Referrer referrer = new Referrer(manifest, ManifestOutline.parse(manifest.bytes()));
                if (wanted.isEmpty() || wanted.get().equals(referrer.outline().effectiveArtifactType())) {
                    referrers.add(referrer);
                }
            }
        }
        Response response = JsonReplies.of(200, INDEX, json -> render(json, referrers));
        return wanted.isPresent() ? response.with("OCI-Filters-Applied", "artifactType") : response;
    }

    private static void render(JsonGenerator json, List<Referrer> referrers) {
        json.writeStartObject();
        json.writeNumberProperty("schemaVersion", 2);
        json.writeStringProperty("mediaType", INDEX);
        json.writeArrayPropertyStart("manifests");
        referrers.forEach(referrer -> render(json, referrer));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void render(JsonGenerator json, Referrer referrer) {
        json.writeStartObject();
        json.writeStringProperty("mediaType", referrer.manifest().mediaType());
        json.writeStringProperty("digest", referrer.manifest().digest().toString());
        json.writeNumberProperty("size", referrer.manifest().size());
        String artifactType = referrer.outline().effectiveArtifactType();
        if (artifactType != null) {
            json.writeStringProperty("artifactType", artifactType);
        }
        if (!referrer.outline().annotations().isEmpty()) {
            json.writeObjectPropertyStart("annotations");
            referrer.outline().annotations().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
