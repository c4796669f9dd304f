/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The credentials in Docker's configuration file ({@code config.json}: {@code auths} with {@code auth}, {@code username} and
 * {@code password}, {@code identitytoken}, {@code registrytoken}), as a value: it is read once and never looks at a file, the
 * environment or the network again. A file that cannot be read is a warning and holds no credentials; an entry that cannot be
 * read spoils only itself. Immutable; the text form shows no secret.
 */
public final class DockerConfig implements CredentialProvider {
    private static final int LARGEST_FILE = 4 * 1024 * 1024;
    private static final DockerConfig EMPTY = new DockerConfig(List.of(), List.of());

    private final List<ConfigFile> files;
    private final List<String> warnings;

    private DockerConfig(List<ConfigFile> files, List<String> warnings) {
        this.files = List.copyOf(files);
        this.warnings = List.copyOf(warnings);
    }

    /** No credentials. */
    public static DockerConfig empty() {
        return EMPTY;
    }

    /** The content of a configuration file. */
    public static DockerConfig parse(byte[] json) {
        return of(json, "the Docker configuration");
    }

    /** A configuration file; one that is absent is empty. */
    public static DockerConfig load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] json = in.readNBytes(LARGEST_FILE + 1);
            if (json.length > LARGEST_FILE) {
                return warning("the Docker configuration " + file + " is longer than " + LARGEST_FILE
                        + " bytes and is not used");
            }
            return json.length == 0 ? EMPTY : of(json, "the Docker configuration " + file);
        } catch (NoSuchFileException absent) {
            return EMPTY;
        } catch (IOException unreadable) {
            return warning("the Docker configuration " + file + " cannot be read and is not used ("
                    + unreadable.getClass().getSimpleName() + ")");
        }
    }

    /**
     * What the environment names: {@code DOCKER_AUTH_CONFIG} (a configuration as text) before {@code config.json} in the
     * directory {@code DOCKER_CONFIG} or, where that is not set, in {@code .docker} below the home directory.
     */
    public static DockerConfig fromEnvironment(Map<String, String> environment, Path home) {
        String text = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
        DockerConfig first = text.isBlank()
                ? EMPTY
                : of(text.getBytes(StandardCharsets.UTF_8), "the environment variable DOCKER_AUTH_CONFIG");
        String directory = environment.getOrDefault("DOCKER_CONFIG", "");
        Path folder = directory.isEmpty() ? home.resolve(".docker") : Path.of(directory);
        return first.and(load(folder.resolve("config.json")));
    }

    /** This configuration, and another where this one has nothing. */
    public DockerConfig and(DockerConfig next) {
        List<ConfigFile> allFiles = new ArrayList<>(files);
        allFiles.addAll(next.files);
        List<String> allWarnings = new ArrayList<>(warnings);
        allWarnings.addAll(next.warnings);
        return new DockerConfig(allFiles, allWarnings);
    }

    /** What was wrong with the configuration, for people; without secrets. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public Optional<Credential> find(String host, String repository) {
        return files.stream()
                .map(file -> file.find(host, repository))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public Optional<String> absence(String host) {
        return files.stream()
                .map(file -> file.helper(host))
                .flatMap(Optional::stream)
                .findFirst()
                .map(helper -> "The Docker configuration leaves " + host + " to the credential helper \"" + helper
                        + "\", and helpers are not asked: put the credentials into its \"auths\".");
    }

    /** The hosts with credentials; never the credentials. */
    @Override
    public String toString() {
        return "DockerConfig" + files;
    }

    private static DockerConfig of(byte[] json, String origin) {
        List<String> warnings = new ArrayList<>();
        ConfigFile file = ConfigFile.read(json, origin, warnings);
        return new DockerConfig(List.of(file), warnings);
    }

    private static DockerConfig warning(String text) {
        return new DockerConfig(List.of(), List.of(text));
    }
}
