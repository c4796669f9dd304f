/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Where an engine listens, as {@code DOCKER_HOST} and Docker's contexts have it. */
sealed interface EngineHost permits EngineHost.Unix, EngineHost.Tcp {
    /** A socket in the file system. */
    record Unix(Path socket) implements EngineHost {
        @Override
        public String toString() {
            return "unix://" + socket;
        }
    }

    /**
     * A port.
     *
     * @param host name or address, an IPv6 address without brackets
     * @param tls whether the scheme itself asks for TLS
     */
    record Tcp(String host, int port, boolean tls) implements EngineHost {
        @Override
        public String toString() {
            return (tls ? "https://" : "tcp://") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /** The port for connections without TLS, where none is written. */
    int PLAIN_PORT = 2375;
    /** The port for connections with TLS, where none is written. */
    int TLS_PORT = 2376;

    /**
     * Reads an address.
     *
     * @param origin where it was written, for messages
     * @param tls whether the port is by default the one for TLS
     * @throws InvalidInputException ({@link ErrorCode#INVALID_CONFIGURATION}) if it cannot be read, or is of a kind that is not
     *     supported
     */
    static EngineHost parse(String text, String origin, boolean tls) {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "unix" -> unix(text.substring(colon + 3), text, origin);
            case "tcp", "http" -> tcp(text.substring(colon + 3), text, origin, false, tls ? TLS_PORT : PLAIN_PORT);
            case "https" -> tcp(text.substring(colon + 3), text, origin, true, TLS_PORT);
            case "ssh" ->
                throw invalid(
                        text,
                        origin,
                        "is reached through SSH, which is not supported",
                        "Forward its socket (ssh -L /tmp/docker.sock:/var/run/docker.sock HOST) and set DOCKER_HOST=unix:///tmp/docker.sock.");
            case "npipe" ->
                throw invalid(
                        text,
                        origin,
                        "is a named pipe, which is not supported",
                        "Have the engine listen on a TCP port of this machine, and set DOCKER_HOST=tcp://127.0.0.1:PORT.");
            default -> throw invalid(text, origin, "cannot be read", "Write unix:///PATH or tcp://HOST:PORT.");
        };
    }

    private static EngineHost unix(String path, String text, String origin) {
        try {
            Path socket = Path.of(path);
            if (socket.isAbsolute()) {
                return new Unix(socket);
            }
        } catch (InvalidPathException noPath) {
            // As wrong as a path that is not absolute.
        }
        throw invalid(text, origin, "is no absolute path", "Write unix:///PATH.");
    }

    private static EngineHost tcp(String authority, String text, String origin, boolean tls, int defaultPort) {
        try {
            URI uri = new URI("tcp://" + authority);
            String host = uri.getHost();
            String path = uri.getRawPath();
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (host != null && bare && (path == null || path.isEmpty() || path.equals("/"))) {
                String address = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
                int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort;
                return new Tcp(address, port, tls);
            }
        } catch (URISyntaxException noAddress) {
            // As wrong as an address with a path.
        }
        throw invalid(text, origin, "cannot be read", "Write tcp://HOST:PORT.");
    }

    private static InvalidInputException invalid(String text, String origin, String why, String hint) {
        // What stands before an at sign may be a password.
        String shown = text.indexOf('@') < 0 ? " " + Excerpt.quoted(text) : "";
        return new InvalidInputException(
                ErrorCode.INVALID_CONFIGURATION, "the engine" + shown + " of " + origin + " " + why, hint);
    }
}
