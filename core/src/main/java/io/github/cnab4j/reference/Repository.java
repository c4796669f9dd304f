/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * A repository of a registry, in its one normal form: {@code index.docker.io} becomes {@code docker.io}, and a path of one
 * component there gets {@code library/} in front of it.
 *
 * @param domain host name or address of the registry, with its port if there is one; its case is kept
 * @param path path below the registry, at most 255 characters
 */
public record Repository(String domain, String path) {
    /** The domain of Docker Hub, which familiar names leave out. */
    public static final String DOCKER_HUB = "docker.io";

    private static final String LEGACY_DOCKER_HUB = "index.docker.io";
    private static final String OFFICIAL = "library/";
    private static final int MAX_PATH_LENGTH = 255;

    /**
     * Normalises and checks both parts.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_REFERENCE}) if one of them does not follow the grammar
     */
    public Repository {
        if (domain.equals(LEGACY_DOCKER_HUB)) {
            domain = DOCKER_HUB;
        }
        if (domain.equals(DOCKER_HUB) && path.indexOf('/') < 0) {
            path = OFFICIAL + path;
        }
        checkDomain(domain);
        checkPath(path);
    }

    /** Whether this repository is one of Docker Hub. */
    public boolean isOnDockerHub() {
        return domain.equals(DOCKER_HUB);
    }

    /**
     * The name as Docker shows it: without {@code docker.io/} and, for official images, without {@code library/}. Nearly
     * always it can be read back; a path on Docker Hub whose first component looks like a host cannot.
     */
    public String familiarName() {
        if (!isOnDockerHub()) {
            return toString();
        }
        boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0;
        return official ? path.substring(OFFICIAL.length()) : path;
    }

    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Repository repository
                && domain.equals(repository.domain)
                && path.equals(repository.path);
    }

    @Override
    public int hashCode() {
        return 31 * domain.hashCode() + path.hashCode();
    }

    /** The full name, {@code domain/path}. */
    @Override
    public String toString() {
        return domain + "/" + path;
    }

    private static void checkDomain(String domain) {
        // Underscores are outside the grammar of hosts, but private networks have such names and Docker takes them.
        if (!Grammar.looksLikeHost(domain)
                || !(Grammar.isHost(domain) || Grammar.isPathComponent(domain, 0, domain.length()))) {
            throw invalid(
                    "registry " + Excerpt.quoted(domain) + " is not a host name or address with an optional port",
                    "Write host/path, host:port/path or [IPv6 address]:port/path.");
        }
    }

    private static void checkPath(String path) {
        if (!Grammar.isPath(path)) {
            String name = "repository name " + Excerpt.quoted(path);
            throw Grammar.hasUpperCase(path)
                    ? invalid(name + " must be lower-case", null)
                    : invalid(
                            name + " is not valid",
                            "Lower-case letters and digits, separated by a dot, one or two underscores, dashes or slashes.");
        }
        if (path.length() > MAX_PATH_LENGTH) {
            throw invalid(
                    "repository name " + Excerpt.quoted(path) + " is longer than " + MAX_PATH_LENGTH + " characters",
                    null);
        }
    }

    private static InvalidInputException invalid(String message, @Nullable String hint) {
        return new InvalidInputException(ErrorCode.INVALID_REFERENCE, message, hint);
    }
}
