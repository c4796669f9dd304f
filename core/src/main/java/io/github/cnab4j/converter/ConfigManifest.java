/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.converter.BundleForm.ConfigForm;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.oci.Descriptor;
import java.util.List;

/** The manifest whose configuration is the bundle, byte for byte as the Go tool writes it. */
final class ConfigManifest {
    private static final String DOCKER_INDENT = "   ";

    private ConfigManifest() {}

    static byte[] write(Descriptor config, ConfigForm form) {
        return form == ConfigForm.DOCKER ? docker(config) : oci(config);
    }

    private static byte[] oci(Descriptor config) {
        return GoJson.write(JsonObject.builder()
                .put("schemaVersion", 2)
                .put("config", config.toJson())
                .put("layers", JsonNull.NULL)
                .build());
    }

    /** Registries want at least one layer in a Docker manifest, so the configuration is given twice. */
    private static byte[] docker(Descriptor config) {
        JsonObject pointer = JsonObject.builder()
                .put("mediaType", config.mediaType().value())
                .put("size", config.size())
                .put("digest", config.digest().toString())
                .build();
        return GoJson.indent(
                JsonObject.builder()
                        .put("schemaVersion", 2)
                        .put("mediaType", ConfigForm.DOCKER.manifestType().value())
                        .put("config", pointer)
                        .put("layers", new JsonArray(List.of(pointer)))
                        .build(),
                DOCKER_INDENT);
    }
}
