/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of {@code auths}: a host with or without scheme and path. The path narrows the key to the repositories below it, except
 * for the API versions that old clients wrote there.
 *
 * @param host host as written, with its port if it has one
 * @param path path without slashes at its ends; mostly empty
 */
record AuthKey(String host, String path) {
    /** All of these are Docker Hub: what references say, what Docker's own clients write, and where its API is. */
    private static final Set<String> DOCKER_HUB =
            Set.of("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    private static final Set<String> API_VERSIONS = Set.of("v1", "v2");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}://");

    /** What credential helpers know Docker Hub by: where its first API was. */
    private static final String DOCKER_HUB_SERVER = "https://index.docker.io/v1/";

    /** The name under which credential helpers, and Docker's {@code auths}, know a registry. */
    static String server(String registry) {
        return DOCKER_HUB.contains(registry) ? DOCKER_HUB_SERVER : registry;
    }

    static AuthKey parse(String key) {
        // By hand: a key of many slashes takes an expression for all of it for ever.
        Matcher scheme = SCHEME.matcher(key);
        String place = withoutQuery(scheme.lookingAt() ? key.substring(scheme.end()) : key);
        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        String path = slash < 0 ? "" : withoutSlashesAtEnds(place.substring(slash));
        String host = authority.substring(authority.indexOf('@') + 1);
        return new AuthKey(host, API_VERSIONS.contains(path) ? "" : path);
    }

    private static String withoutQuery(String place) {
        int end = 0;
        while (end < place.length() && place.charAt(end) != '?' && place.charAt(end) != '#') {
            end++;
        }
        return place.substring(0, end);
    }

    private static String withoutSlashesAtEnds(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end);
    }

    boolean matches(String registry, String repository) {
        return isHost(registry) && (path.isEmpty() || repository.equals(path) || repository.startsWith(path + "/"));
    }

    boolean isHost(String registry) {
        return host.equals(registry) || (DOCKER_HUB.contains(host) && DOCKER_HUB.contains(registry));
    }

    @Override
    public String toString() {
        return path.isEmpty() ? host : host + "/" + path;
    }
}
