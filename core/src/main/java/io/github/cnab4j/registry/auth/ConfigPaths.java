/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where configuration files with credentials are. */
final class ConfigPaths {
    private ConfigPaths() {}

    /** Docker's one. */
    static Path docker(Map<String, String> environment, Path home) {
        String directory = environment.getOrDefault("DOCKER_CONFIG", "");
        Path folder = directory.isEmpty() ? home.resolve(".docker") : Path.of(directory);
        return folder.resolve("config.json");
    }

    /** Those of podman, skopeo and buildah, in their order: one that is named counts alone. */
    static List<Path> podman(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault("REGISTRY_AUTH_FILE", "");
        if (!named.isEmpty()) {
            return List.of(Path.of(named));
        }
        List<Path> files = new ArrayList<>();
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isEmpty()) {
            files.add(Path.of(runtime, "containers", "auth.json"));
        }
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder = config.isEmpty() ? home.resolve(".config") : Path.of(config);
        files.add(folder.resolve("containers").resolve("auth.json"));
        return files;
    }
}
