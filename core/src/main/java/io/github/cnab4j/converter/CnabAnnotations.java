/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.Maintainer;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The annotations of a bundle's index and of its entries (CNAB core specification, 201). */
final class CnabAnnotations {
    /** Says of an entry what it is to the bundle. */
    static final String TYPE = "io.cnab.manifest.type";
    /** Names the component that an entry is. */
    static final String COMPONENT = "io.cnab.component.name";
    /** Says of an index that it holds a bundle. */
    static final String ARTIFACT_TYPE = "org.opencontainers.artifactType";

    static final String TYPE_CONFIG = "config";
    static final String TYPE_INVOCATION = "invocation";
    static final String TYPE_COMPONENT = "component";
    static final String BUNDLE_ARTIFACT = "application/vnd.cnab.manifest.v1";

    private CnabAnnotations() {}

    /** The annotations of the index; lists are JSON inside a string, and an empty list is not the same as none. */
    static Map<String, String> ofIndex(Bundle bundle) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("io.cnab.runtime_version", bundle.schemaVersion());
        annotations.put(ARTIFACT_TYPE, BUNDLE_ARTIFACT);
        annotations.put("org.opencontainers.image.title", bundle.name());
        annotations.put("org.opencontainers.image.version", bundle.version());
        annotations.put("org.opencontainers.image.description", bundle.description());
        bundle.maintainers()
                .ifPresent(maintainers -> annotations.put(
                        "org.opencontainers.image.authors",
                        text(new JsonArray(maintainers.stream()
                                .map(CnabAnnotations::author)
                                .toList()))));
        bundle.keywords()
                .ifPresent(keywords -> annotations.put("io.cnab.keywords", text(JsonArray.ofStrings(keywords))));
        return annotations;
    }

    private static JsonValue author(Maintainer maintainer) {
        JsonObject.Builder author = JsonObject.builder().put("name", maintainer.name());
        if (!maintainer.email().isEmpty()) {
            author.put("email", maintainer.email());
        }
        if (!maintainer.url().isEmpty()) {
            author.put("url", maintainer.url());
        }
        return author.build();
    }

    private static String text(JsonArray list) {
        return new String(GoJson.write(list), StandardCharsets.UTF_8);
    }
}
