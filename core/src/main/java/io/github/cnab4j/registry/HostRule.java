/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.registry.http.Origin;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a registry is spoken to, by its name alone: Docker Hub's API is at another name, a registry on this machine is plain http
 * unless it turns out to expect TLS, one that the user named insecure may be either, any other is https.
 */
final class HostRule {
    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_API = "registry-1.docker.io";
    private static final Pattern LOOPBACK_NAME = Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}");
    private static final Pattern LOOPBACK_6 = Pattern.compile("(?:0{0,4}:){2,7}0{0,3}1");

    private HostRule() {}

    /** The ways to speak to a registry. */
    enum Mode {
        /** TLS with a verified certificate. */
        HTTPS,
        /** No encryption. */
        HTTP,
        /** TLS without verification if the registry answers it, else no encryption. */
        PROBE
    }

    static Mode mode(String host, Set<String> insecureHosts) {
        if (insecureHosts.contains(host)) {
            return Mode.PROBE;
        }
        return isLoopback(host) ? Mode.HTTP : Mode.HTTPS;
    }

    /**
     * Where a registry's API is.
     *
     * @throws InvalidInputException if the host cannot be one
     */
    static Origin origin(String scheme, String host) {
        String api = host.equals(DOCKER_HUB) ? DOCKER_HUB_API : host;
        return Origin.parse(scheme, api)
                .orElseThrow(() -> new InvalidInputException(
                        ErrorCode.INVALID_REFERENCE, "\"" + host + "\" is no host with an optional port"));
    }

    private static boolean isLoopback(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end > 0 && LOOPBACK_6.matcher(host.substring(1, end)).matches();
        }
        int port = host.indexOf(':');
        String name = port < 0 ? host : host.substring(0, port);
        // Names are compared as they are written: LOCALHOST is any host, as for the tools of the field.
        return LOOPBACK_NAME.matcher(name).matches();
    }
}
