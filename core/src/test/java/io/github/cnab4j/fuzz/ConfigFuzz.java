/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import io.github.cnab4j.registry.auth.DockerConfig;

/** Configurations of Docker and podman: what cannot be used is a warning. */
public final class ConfigFuzz {
    private ConfigFuzz() {}

    /** One input; what is refused is refused by an exception of the library. */
    public static void fuzzerTestOneInput(byte[] data) {
        DockerConfig config = DockerConfig.parse(data);
        Expect.that(config.warnings().stream().noneMatch(text -> text.chars().anyMatch(Character::isISOControl)));
        for (String host : new String[] {"docker.io", "registry.example", "localhost:5000"}) {
            // Helpers that a configuration names are not there: an exception of the library.
            Expect.accepted(() -> config.find(host, "team/app"));
            Expect.accepted(() -> config.absence(host));
        }
        Expect.that(config.toString() != null);
    }
}
