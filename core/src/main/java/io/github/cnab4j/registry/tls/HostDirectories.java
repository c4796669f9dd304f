/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.tls;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.pem.ClientIdentity;
import io.github.cnab4j.pem.PemFile;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.Origin;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Directories that hold one directory for each registry, {@code HOST[:PORT]}, as Docker and Podman have them (Docker: "Verify repository
 * client with certificates"): {@code *.crt} are authorities that are trusted there, {@code *.cert} with a {@code *.key} of the same
 * name is what the client shows there. What several directories have for a registry adds up.
 */
final class HostDirectories {
    private static final String DOCKER_HUB_API = "registry-1.docker.io";
    private static final String DOCKER_HUB = "docker.io";
    private static final String CERTIFICATE = ".cert";
    private static final String KEY = ".key";

    private final List<Path> roots;

    HostDirectories(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** Where programs of the field look, those of the user first. */
    static List<Path> usual(Path home) {
        return List.of(
                home.resolve(Path.of(".docker", "certs.d")),
                home.resolve(Path.of(".config", "docker", "certs.d")),
                home.resolve(Path.of(".config", "containers", "certs.d")),
                Path.of("/etc/docker/certs.d"),
                Path.of("/etc/containers/certs.d"));
    }

    /**
     * What there is for one registry.
     *
     * @param authorities trusted there, besides those that are trusted everywhere
     * @param identities what to show there
     */
    record Found(Set<X509Certificate> authorities, List<ClientIdentity> identities) {}

    /**
     * Reads what there is for a registry.
     *
     * @throws FileException if a file cannot be read
     * @throws InvalidInputException if one is damaged, or a certificate has no key
     */
    Found find(Origin origin) {
        Set<X509Certificate> authorities = new LinkedHashSet<>();
        List<ClientIdentity> identities = new ArrayList<>();
        for (Path root : roots) {
            for (String name : names(origin)) {
                Path directory = root.resolve(name);
                if (Files.isDirectory(directory)) {
                    for (Path file : files(directory)) {
                        String fileName = file.getFileName().toString();
                        if (fileName.endsWith(".crt")) {
                            authorities.addAll(PemFile.read(file).certificates());
                        } else if (fileName.endsWith(CERTIFICATE)) {
                            identities.add(identity(file, fileName));
                        }
                    }
                }
            }
        }
        return new Found(authorities, identities);
    }

    private static ClientIdentity identity(Path certificate, String fileName) {
        Path key = certificate.resolveSibling(fileName.substring(0, fileName.length() - CERTIFICATE.length()) + KEY);
        if (!Files.exists(key)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_CONFIGURATION,
                    certificate + " has no key: there is no " + key.getFileName() + " beside it",
                    "The certificate of an authority ends in .crt, that of a client in .cert.");
        }
        return ClientIdentity.read(certificate, key);
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            throw new FileException(directory + " cannot be read", null, unreadable);
        }
    }

    /** What its directory may be called: as references name it, so the port is left out only where it is left out there. */
    static List<String> names(Origin origin) {
        if (origin.host().startsWith(".") || origin.host().contains("..")) {
            // No host, and no way to other directories.
            return List.of();
        }
        String host = origin.host().indexOf(':') >= 0 ? "[" + origin.host() + "]" : origin.host();
        List<String> names = new ArrayList<>();
        names.add(fileName(host + ":" + origin.port()));
        if (origin.port() == HttpUrl.defaultPort(origin.scheme())) {
            names.add(fileName(host));
            if (host.equals(DOCKER_HUB_API)) {
                names.add(DOCKER_HUB);
            }
        }
        return names;
    }

    /** Windows has no colons in names of files; Docker leaves them out there. */
    private static String fileName(String name) {
        return File.separatorChar == '\\' ? name.replace(":", "") : name;
    }
}
