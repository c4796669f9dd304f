/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Docker's configuration file as it is to be written: what has nothing to do with the change stays as it is, unknown members too.
 * Written whole or not at all, readable by its owner alone; where the file is a symbolic link, what it leads to is replaced.
 * Immutable.
 */
final class ConfigDocument {
    private static final String AUTHS = "auths";

    private final Path path;
    private final JsonObject json;

    private ConfigDocument(Path path, JsonObject json) {
        this.path = path;
        this.json = json;
    }

    /**
     * Reads a file; one that is absent or empty has no members.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_CONFIGURATION}) if it is something else
     * @throws FileException if it cannot be read
     */
    static ConfigDocument read(Path path) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(ConfigFile.LIMITS.maxBytes() + 1);
        } catch (NoSuchFileException absent) {
            bytes = new byte[0];
        } catch (IOException unreadable) {
            throw new FileException("the Docker configuration " + path + " cannot be read", null, unreadable);
        }
        try {
            return new ConfigDocument(
                    path, bytes.length == 0 ? JsonObject.empty() : JsonReader.readObject(bytes, ConfigFile.LIMITS));
        } catch (InvalidInputException notJson) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "the Docker configuration " + path + " is left as it is: " + notJson.getMessage(),
                    "Mend the file, or name another directory with DOCKER_CONFIG.");
        }
    }

    Path path() {
        return path;
    }

    ConfigFile asConfigFile() {
        return ConfigFile.of(json, path.toString(), new ArrayList<>());
    }

    /**
     * This document with the entry of a registry in place of all others for it.
     *
     * @param server the key of the entry
     * @param credential its content; null if that is with a helper
     */
    ConfigDocument withEntry(String host, String server, Credential.@Nullable Basic credential) {
        JsonObject.Builder auths = without(host).toBuilder();
        auths.put(server, credential == null ? JsonObject.empty() : entry(credential));
        return with(auths.build());
    }

    /** This document without the entries of a registry; empty if it has none. */
    Optional<ConfigDocument> withoutEntries(String host) {
        JsonObject less = without(host);
        return less.members().size() == auths().members().size() ? Optional.empty() : Optional.of(with(less));
    }

    private JsonObject auths() {
        return json.object(AUTHS).orElse(JsonObject.empty());
    }

    private JsonObject without(String host) {
        JsonObject.Builder kept = JsonObject.builder();
        auths().members().forEach((key, value) -> {
            AuthKey parsed = AuthKey.parse(key);
            if (!parsed.isHost(host) || !parsed.path().isEmpty()) {
                kept.put(key, value);
            }
        });
        return kept.build();
    }

    private ConfigDocument with(JsonObject auths) {
        return new ConfigDocument(path, json.toBuilder().put(AUTHS, auths).build());
    }

    private static JsonObject entry(Credential.Basic credential) {
        String pair = credential.user() + ":" + credential.secret();
        return JsonObject.builder()
                .put("auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /**
     * Writes it.
     *
     * @throws FileException if that fails; then the file is as it was
     */
    void write() {
        try {
            Path target = Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path;
            Path folder = target.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException("no directory");
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, ownersAlone(folder, "rwx------"));
            }
            Path staged = Files.createTempFile(folder, ".config", ".tmp", ownersAlone(folder, "rw-------"));
            try {
                Files.write(staged, GoJson.indent(json, "\t"));
                Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(staged);
            }
        } catch (IOException failed) {
            throw new FileException(
                    "the Docker configuration " + path + " cannot be written",
                    "Check the directory's permissions, or name another with DOCKER_CONFIG.",
                    failed);
        }
    }

    private static FileAttribute<?>[] ownersAlone(Path folder, String permissions) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
