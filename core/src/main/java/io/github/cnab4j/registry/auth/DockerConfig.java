/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.registry.http.RegistryWords;
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
 * The credentials of Docker's configuration file ({@code config.json}): those of the helper that {@code credHelpers} names for a
 * registry, else of the one in {@code credsStore}, else of {@code auths} ({@code auth}, {@code username} and {@code password},
 * {@code identitytoken}, {@code registrytoken}). Where a helper is named, {@code auths} does not count, as for Docker.
 *
 * <p>Files and environment are read once; a helper is run when its registry asks for credentials for the first time, and again
 * after some minutes. A file that cannot be read is a warning and holds no credentials; an entry that cannot be read spoils only
 * itself. Safe for use by several threads; the text form shows no secret.
 */
public final class DockerConfig implements CredentialProvider {
    private static final int LARGEST_FILE = 4 * 1024 * 1024;
    private static final DockerConfig EMPTY = new DockerConfig(List.of(), List.of(), helpers(Map.of()));

    private final List<ConfigFile> files;
    private final List<String> warnings;
    private final HelperCredentials helpers;

    private DockerConfig(List<ConfigFile> files, List<String> warnings, HelperCredentials helpers) {
        this.files = List.copyOf(files);
        this.warnings = List.copyOf(warnings);
        this.helpers = helpers;
    }

    /** No credentials. */
    public static DockerConfig empty() {
        return EMPTY;
    }

    /** The content of a configuration file; helpers are looked for on this process's search path. */
    public static DockerConfig parse(byte[] json) {
        return of(json, "the Docker configuration", helpers(System.getenv()));
    }

    /** A configuration file; one that is absent is empty. Helpers are looked for on this process's search path. */
    public static DockerConfig load(Path file) {
        return load(file, helpers(System.getenv()));
    }

    private static DockerConfig load(Path file, HelperCredentials helpers) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] json = in.readNBytes(LARGEST_FILE + 1);
            if (json.length > LARGEST_FILE) {
                return warning("the Docker configuration " + file + " is longer than " + LARGEST_FILE
                        + " bytes and is not used");
            }
            return json.length == 0 ? EMPTY : of(json, "the Docker configuration " + file, helpers);
        } catch (NoSuchFileException absent) {
            return EMPTY;
        } catch (IOException unreadable) {
            return warning("the Docker configuration " + file + " cannot be read and is not used ("
                    + unreadable.getClass().getSimpleName() + ")");
        }
    }

    /**
     * What the environment names: {@code DOCKER_AUTH_CONFIG} (a configuration as text) before {@code config.json} in the
     * directory {@code DOCKER_CONFIG} or, where that is not set, in {@code .docker} below the home directory, before the files of
     * podman. If Docker's own file says nothing about credentials, the helper of the system's key chain counts, where it is
     * installed. Helpers are looked for on the environment's {@code PATH}.
     */
    public static DockerConfig fromEnvironment(Map<String, String> environment, Path home) {
        HelperCredentials helpers = helpers(environment);
        List<ConfigFile> files = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        String text = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
        if (!text.isBlank()) {
            byte[] json = text.getBytes(StandardCharsets.UTF_8);
            files.add(ConfigFile.read(json, "the environment variable DOCKER_AUTH_CONFIG", warnings));
        }
        DockerConfig docker = load(ConfigPaths.docker(environment, home), helpers);
        warnings.addAll(docker.warnings);
        ConfigFile own = docker.files.stream().findFirst().orElse(ConfigFile.EMPTY);
        files.add(own.orKeyChain(helpers.programs()));
        for (Path file : ConfigPaths.podman(environment, home)) {
            DockerConfig podman = load(file, helpers);
            files.addAll(podman.files);
            warnings.addAll(podman.warnings);
        }
        return new DockerConfig(files, warnings, helpers);
    }

    /** What was wrong with the configuration, for people; without secrets. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public Optional<Credential> find(String host, String repository) {
        return files.stream()
                .map(file -> file.helper(host)
                        .map(helper -> helpers.get(helper, AuthKey.server(host)))
                        .orElseGet(() -> file.find(host, repository)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public Optional<String> absence(String host) {
        return files.stream()
                .map(file -> file.helper(host))
                .flatMap(Optional::stream)
                .findFirst()
                .map(helper -> "The Docker configuration leaves " + host + " to the credential helper \""
                        + RegistryWords.clean(helper) + "\", and it has no credentials for it: log in.");
    }

    /** The hosts with credentials; never the credentials. */
    @Override
    public String toString() {
        return "DockerConfig" + files;
    }

    private static DockerConfig of(byte[] json, String origin, HelperCredentials helpers) {
        List<String> warnings = new ArrayList<>();
        ConfigFile file = ConfigFile.read(json, origin, warnings);
        return new DockerConfig(List.of(file), warnings, helpers);
    }

    private static DockerConfig warning(String text) {
        return new DockerConfig(List.of(), List.of(text), helpers(Map.of()));
    }

    private static HelperCredentials helpers(Map<String, String> environment) {
        return new HelperCredentials(new HelperPrograms(environment.getOrDefault("PATH", "")), System::nanoTime);
    }
}
