/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Docker's contexts: named engines, described by files below the directory of Docker's configuration. */
final class DockerContexts {
    /** The context that is no file: whatever the environment says. */
    static final String DEFAULT = "default";

    private static final int LARGEST_FILE = 4 << 20;
    private static final String HINT = "See docker context ls, or name the engine by DOCKER_HOST.";

    private final Path configuration;

    /** @param configuration the directory of {@code config.json} */
    DockerContexts(Path configuration) {
        this.configuration = configuration;
    }

    /** The context that {@code config.json} says is in use. A file that cannot be read says nothing: its reader warns of that. */
    Optional<String> current() {
        try {
            return read(configuration.resolve("config.json")).flatMap(json -> json.string("currentContext"));
        } catch (InvalidInputException | IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * The engine of a context.
     *
     * @param origin where the context was named, for messages
     * @throws InvalidInputException ({@link ErrorCode#INVALID_CONFIGURATION}) if there is no such context, or it cannot be used
     */
    EngineEndpoint endpoint(String name, String origin) {
        String directory = Digest.sha256(name.getBytes(UTF_8)).hex();
        Path file = configuration
                .resolve("contexts")
                .resolve("meta")
                .resolve(directory)
                .resolve("meta.json");
        JsonObject engine;
        try {
            engine = read(file)
                    .orElseThrow(() -> invalid(name, origin, "does not exist", null))
                    .object("Endpoints")
                    .flatMap(endpoints -> endpoints.object("docker"))
                    .orElseThrow(() -> invalid(name, origin, "names no engine", null));
        } catch (IOException unreadable) {
            throw invalid(name, origin, "cannot be read", unreadable);
        }
        String host = engine.string("Host").orElse("");
        Path keys = configuration
                .resolve("contexts")
                .resolve("tls")
                .resolve(directory)
                .resolve("docker");
        boolean unverified = new JsonBoolean(true).equals(engine.get("SkipTLSVerify"));
        boolean tls = unverified || Files.isDirectory(keys);
        EngineHost parsed = EngineHost.parse(host, "the Docker context " + Excerpt.quoted(name), tls);
        boolean spoken = parsed instanceof EngineHost.Tcp tcp && (tls || tcp.tls());
        return new EngineEndpoint(parsed, spoken ? new EngineTls(keys, !unverified) : null);
    }

    private static Optional<JsonObject> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(JsonReader.readObject(
                    in.readNBytes(LARGEST_FILE + 1), JsonLimits.MANIFEST.withMaxBytes(LARGEST_FILE)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (InvalidInputException malformed) {
            throw new IOException(malformed.getMessage(), malformed);
        }
    }

    private static InvalidInputException invalid(String name, String origin, String what, @Nullable IOException cause) {
        String why = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new InvalidInputException(
                ErrorCode.INVALID_CONFIGURATION,
                "the Docker context " + Excerpt.quoted(name) + " of " + origin + " " + what + why,
                HINT,
                cause);
    }
}
