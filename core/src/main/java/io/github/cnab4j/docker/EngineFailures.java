/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.RemoteText;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong with an engine, in its words. */
final class EngineFailures {
    private static final int LARGEST_BODY = 64 << 10;
    private static final JsonLimits LIMITS = new JsonLimits(LARGEST_BODY, 64, 10_000);
    private static final String OWN_VIEW =
            "The engine pushes by itself: it needs a route to the registry and trust in its certificate. "
                    + "Named as docker-daemon:NAME the image is read from the engine and pushed without it.";

    private EngineFailures() {}

    /** An engine that cannot be reached, or a connection to it that broke. */
    static TransportException unreachable(EngineEndpoint endpoint, String request, IOException cause) {
        return new TransportException(
                cause instanceof ProtocolException ? ErrorCode.PROTOCOL_ERROR : ErrorCode.UNREACHABLE,
                request,
                "the local engine at " + endpoint + " cannot be used: " + reason(endpoint, cause),
                hint(endpoint, cause),
                cause);
    }

    private static String reason(EngineEndpoint endpoint, IOException cause) {
        if (cause instanceof SocketTimeoutException) {
            return "it does not answer in time";
        }
        if (cause instanceof UnknownHostException) {
            return "its host is unknown";
        }
        if (cause instanceof ClosedChannelException) {
            return "the connection was closed";
        }
        if (endpoint.host() instanceof EngineHost.Unix unix && !Files.exists(unix.socket())) {
            return "no such socket";
        }
        String text = cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : RemoteText.line(text);
    }

    private static @Nullable String hint(EngineEndpoint endpoint, IOException cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("permission denied")) {
            return "The engine's socket is not open to this user: join its group (docker), or use a rootless engine.";
        }
        EngineTls tls = endpoint.tls();
        // An engine that does not let the client in says so after the handshake, or hangs up before its word is read.
        if (tls != null && (cause instanceof SSLException || cause.getClass() == SocketException.class)) {
            return "Check " + tls.directory()
                    + ": ca.pem has to be of whoever signed the engine's certificate, cert.pem and "
                    + "key.pem of whom the engine lets in; and DOCKER_HOST has to name the engine as its certificate does.";
        }
        if (cause instanceof ConnectException
                || cause instanceof SocketException
                || cause instanceof UnknownHostException
                || (endpoint.host() instanceof EngineHost.Unix unix && !Files.exists(unix.socket()))) {
            return "Start the engine, or name it by DOCKER_HOST. Images in a registry need no engine.";
        }
        return null;
    }

    /** An answer that is no success. */
    static CnabException refused(EngineReply reply, String request, String what) throws IOException {
        String words = words(reply);
        String message = what + ": " + (words.isEmpty() ? "status " + reply.status() : words);
        return switch (reply.status()) {
            case 404 -> new NotFoundException(request, message, null);
            case 401, 403 -> new AccessDeniedException(reply.status(), request, message, null);
            default -> new RejectedException(reply.status(), List.of(), request, message, null);
        };
    }

    private static String words(EngineReply reply) throws IOException {
        byte[] body = reply.body().readNBytes(LARGEST_BODY);
        try {
            return RemoteText.line(
                    JsonReader.readObject(body, LIMITS).string("message").orElse(""));
        } catch (InvalidInputException notJson) {
            return RemoteText.line(new String(body, StandardCharsets.UTF_8));
        }
    }

    /** A push that the engine says has failed. */
    static CnabException pushFailed(String request, String what, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        String message = what + ": " + RemoteText.line(words);
        if (lower.contains("unauthorized")
                || lower.contains("no basic auth")
                || lower.contains("authentication required")) {
            return new AccessDeniedException(401, request, message, "Log in to the registry.");
        }
        if (lower.contains("denied")) {
            return new AccessDeniedException(403, request, message, "Log in to the registry as somebody who may push.");
        }
        if (lower.contains("toomanyrequests")) {
            return new RejectedException(429, List.of(), request, message, "Try again later.");
        }
        return new RejectedException(500, List.of(), request, message, OWN_VIEW);
    }

    /** An answer that no engine gives. */
    static TransportException nonsense(EngineEndpoint endpoint, String request, String what) {
        return new TransportException(
                ErrorCode.PROTOCOL_ERROR,
                request,
                "the local engine at " + endpoint + " " + what,
                "Check that an engine is listening there.",
                null);
    }
}
