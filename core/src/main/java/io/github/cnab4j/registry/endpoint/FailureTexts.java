/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.NoAnswer;
import io.github.cnab4j.registry.http.RegistryWords;
import io.github.cnab4j.registry.http.RetryAfter;
import io.github.cnab4j.registry.http.TlsFailure;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes exceptions of answers that were not expected and of those that never came: what failed, on what, why, what to do. */
final class FailureTexts {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;

    private final String host;

    FailureTexts(String host) {
        this.host = host;
    }

    /** An answer with a status that the endpoint does not expect. */
    StoreException refused(Endpoint<?> endpoint, HttpReply reply) {
        int status = reply.status();
        RegistryWords words = RegistryWords.read(reply);
        String request = endpoint.call().toString();
        String message = "cannot " + endpoint.purpose() + ": " + meaning(status) + " (" + status + ")" + words.suffix();
        if (status == FORBIDDEN && words.mention("rate limit")) {
            return new RejectedException(
                    TOO_MANY_REQUESTS, words.codes(), request, message, hint(endpoint, reply, words));
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return new AccessDeniedException(status, request, message, accessHint(status, reply));
        }
        boolean repositoryUnknown = words.has("NAME_UNKNOWN");
        // To a manifest that is put a registry says this of what it points to, or of a form that it does not know.
        boolean refusal = words.has("BLOB_UPLOAD_UNKNOWN") || (endpoint instanceof ManifestPut && !repositoryUnknown);
        if (status == NOT_FOUND && !refusal) {
            return new NotFoundException(
                    request, message, notFoundHint(endpoint, repositoryUnknown), repositoryUnknown);
        }
        if (status < 400) {
            return new TransportException(
                    ErrorCode.PROTOCOL_ERROR,
                    request,
                    "cannot " + endpoint.purpose() + ": " + host + " gave an answer (" + status
                            + ") that no registry gives" + words.suffix(),
                    "Check that " + host + " is a registry.",
                    null);
        }
        return new RejectedException(status, words.codes(), request, message, hint(endpoint, reply, words));
    }

    /** No answer, or none that could be read. */
    StoreException unanswered(Endpoint<?> endpoint, IOException failed) {
        boolean protocol = failed instanceof ProtocolException;
        NoAnswer why = NoAnswer.of(host, failed);
        return new TransportException(
                protocol ? ErrorCode.PROTOCOL_ERROR : ErrorCode.UNREACHABLE,
                endpoint.call().toString(),
                "cannot " + endpoint.purpose() + ": " + why.reason(),
                why.hint() == null ? hint(endpoint.call(), failed) : why.hint(),
                failed);
    }

    private static String meaning(int status) {
        return switch (status) {
            case 400 -> "the registry calls the request invalid";
            case UNAUTHORIZED -> "the registry wants credentials";
            case FORBIDDEN -> "access denied";
            case NOT_FOUND -> "not found";
            case 405 -> "the registry does not allow this";
            case 413 -> "too large for the registry";
            case 415 -> "the registry does not take this media type";
            case TOO_MANY_REQUESTS -> "too many requests";
            default -> status >= 500 ? "the registry failed" : "the registry refused";
        };
    }

    private String accessHint(int status, HttpReply reply) {
        String fallback = status == UNAUTHORIZED
                ? "Log in (cnab-to-oci login " + host + "), or check the credentials for " + host + "."
                : "Check what the credentials for " + host + " allow.";
        return reply.authorizationHint().orElse(fallback);
    }

    private @Nullable String notFoundHint(Endpoint<?> endpoint, boolean repositoryUnknown) {
        boolean writing = !endpoint.call().method().equals("GET")
                && !endpoint.call().method().equals("HEAD");
        if (writing && repositoryUnknown) {
            return "Create the repository at " + host + " first: this registry does not do so on a push.";
        }
        return null;
    }

    private @Nullable String hint(Endpoint<?> endpoint, HttpReply reply, RegistryWords words) {
        boolean plain = !reply.url().origin().secure();
        return switch (reply.status()) {
            case 400 -> plain && words.mention("https") ? speaksTls() : null;
            case 405 ->
                endpoint.call().body() == null && endpoint.call().method().equals("GET")
                        ? null
                        : "The registry may be read-only, or a mirror.";
            case 415 ->
                "Some registries take more media types once they are told to (zot: \"compat\": [\"docker2s2\"]); else"
                        + " push to one that takes them.";
            case 413 -> "A limit of the registry, or of a proxy in front of it, is too low for this.";
            case FORBIDDEN, TOO_MANY_REQUESTS -> tryAgain(reply) + " Registries often allow more to those who log in.";
            default -> reply.status() >= 500 ? tryAgain(reply) : null;
        };
    }

    private String tryAgain(HttpReply reply) {
        return RetryAfter.of(reply.headers())
                .map(wait -> "Try again later: " + host + " asks to wait for " + inWords(wait) + ".")
                .orElse("Try again later.");
    }

    private static String inWords(Duration wait) {
        if (wait.toHours() > 1) {
            return wait.plusMinutes(59).toHours() + " hours";
        }
        return wait.toMinutes() > 1 ? wait.plusSeconds(59).toMinutes() + " minutes" : wait.toSeconds() + " seconds";
    }

    private @Nullable String hint(HttpCall call, IOException failed) {
        if (failed instanceof SSLException || failed instanceof ProtocolException) {
            return null;
        }
        if (!call.url().origin().secure()) {
            return speaksTls();
        }
        // Where the certificate is missing, the connection may be gone before the reason is heard.
        return failed instanceof SocketException ? TlsFailure.clientCertificateHint(host) : null;
    }

    private String speaksTls() {
        return "If " + host
                + " speaks TLS, give the certificate of its authority (--ca-file FILE), or name it as an insecure"
                + " registry: --insecure-registries " + host + ".";
    }
}
