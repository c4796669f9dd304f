/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the engine as Docker's client does: {@code DOCKER_HOST}, else the context that {@code DOCKER_CONTEXT} or Docker's
 * configuration names. Where none of them says anything: the first socket that is there of the system's Docker, a rootless one,
 * Docker Desktop's, and those of Podman.
 */
final class EngineFinder {
    private static final Path SYSTEM = Path.of("/var/run/docker.sock");
    private static final Path SYSTEM_PODMAN = Path.of("/run/podman/podman.sock");

    private final Map<String, String> environment;
    private final Path home;
    private final Path root;

    EngineFinder(Map<String, String> environment, Path home) {
        this(environment, home, Path.of("/"));
    }

    /** @param root where the sockets of the system are looked for */
    EngineFinder(Map<String, String> environment, Path home, Path root) {
        this.environment = environment;
        this.home = home;
        this.root = root;
    }

    EngineEndpoint find() {
        String host = value("DOCKER_HOST");
        if (!host.isEmpty()) {
            return named(host);
        }
        DockerContexts contexts = new DockerContexts(configuration());
        String context = value("DOCKER_CONTEXT");
        String origin = "DOCKER_CONTEXT";
        if (context.isEmpty()) {
            context = contexts.current().orElse("");
            origin = "Docker's configuration";
        }
        return context.isEmpty() || context.equals(DockerContexts.DEFAULT)
                ? new EngineEndpoint(new EngineHost.Unix(socket()), null)
                : contexts.endpoint(context, origin);
    }

    private EngineEndpoint named(String text) {
        boolean verified = !value("DOCKER_TLS_VERIFY").isEmpty();
        boolean tls = verified || !value("DOCKER_TLS").isEmpty();
        EngineHost host = EngineHost.parse(text, "DOCKER_HOST", tls);
        boolean spoken = host instanceof EngineHost.Tcp tcp && (tls || tcp.tls());
        return new EngineEndpoint(host, spoken ? new EngineTls(keys(), verified || !tls) : null);
    }

    private Path keys() {
        String directory = value("DOCKER_CERT_PATH");
        return directory.isEmpty() ? configuration() : Path.of(directory);
    }

    private Path configuration() {
        String directory = value("DOCKER_CONFIG");
        return directory.isEmpty() ? home.resolve(".docker") : Path.of(directory);
    }

    /** The first that is there; the system's own, to be named in messages, if none is. */
    private Path socket() {
        List<Path> places = new ArrayList<>();
        places.add(below(SYSTEM));
        String runtime = value("XDG_RUNTIME_DIR");
        if (!runtime.isEmpty()) {
            places.add(Path.of(runtime, "docker.sock"));
        }
        places.add(home.resolve(".docker").resolve("run").resolve("docker.sock"));
        places.add(home.resolve(".docker").resolve("desktop").resolve("docker.sock"));
        if (!runtime.isEmpty()) {
            places.add(Path.of(runtime, "podman", "podman.sock"));
        }
        places.add(below(SYSTEM_PODMAN));
        return places.stream().filter(Files::exists).findFirst().orElse(places.get(0));
    }

    private Path below(Path absolute) {
        return root.resolve(absolute.toString().substring(1));
    }

    private String value(String name) {
        return environment.getOrDefault(name, "");
    }
}
