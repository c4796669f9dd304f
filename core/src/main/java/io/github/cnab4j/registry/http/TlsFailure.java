/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failure of TLS means for people: Java's own words name classes and alerts. */
public final class TlsFailure {
    private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: ([a-z_]+)");

    private final SSLException failed;
    private final @Nullable RefusedCertificateException refused;
    private final String alert;

    private TlsFailure(SSLException failed, @Nullable RefusedCertificateException refused, String alert) {
        this.failed = failed;
        this.refused = refused;
        this.alert = alert;
    }

    /** The meaning of a failure. */
    public static TlsFailure of(SSLException failed) {
        RefusedCertificateException refused = null;
        Throwable cause = failed;
        for (int depth = 0; cause != null && depth < 16; depth++) {
            if (cause instanceof RefusedCertificateException found) {
                refused = found;
                break;
            }
            cause = cause.getCause();
        }
        Matcher received = RECEIVED.matcher(String.valueOf(failed.getMessage()));
        return new TlsFailure(failed, refused, received.find() ? received.group(1) : "");
    }

    /** Whether the other end does not speak TLS at all. */
    public boolean notTls() {
        String text = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("unsupported or unrecognized ssl message") || text.contains("not an ssl/tls record");
    }

    /** Whether the other end does speak TLS: what failed is its certificate, or it said itself what it does not like. */
    boolean isFromTls() {
        return refused != null || !alert.isEmpty();
    }

    /** Why it failed. */
    public String reason() {
        if (refused != null) {
            return "its certificate " + refused.getMessage();
        }
        if (notTls()) {
            return "it does not speak TLS";
        }
        return switch (alert) {
            case "" -> "TLS failed: " + RegistryWords.clean(String.valueOf(failed.getMessage()));
            case "bad_certificate", "certificate_required", "handshake_failure" ->
                "it ended the TLS handshake (" + alert + "), as servers do that want a client certificate";
            case "unknown_ca",
                    "certificate_unknown",
                    "certificate_expired",
                    "certificate_revoked",
                    "unsupported_certificate",
                    "access_denied" -> "it does not take our client certificate (" + alert + ")";
            default -> "it ended the TLS handshake (" + alert + ")";
        };
    }

    /**
     * What to do.
     *
     * @param host the registry as references name it
     */
    public Optional<String> hint(String host) {
        if (refused != null) {
            return Optional.of(hint(host, refused.reason()));
        }
        if (notTls()) {
            return Optional.of(
                    "If " + host + " has no TLS, name it as an insecure registry: --insecure-registries " + host + ".");
        }
        return switch (alert) {
            case "" -> Optional.empty();
            case "protocol_version" ->
                Optional.of("The registry takes only versions of TLS that are not safe any more.");
            default -> Optional.of(clientCertificateHint(host));
        };
    }

    /** How a client shows a certificate. */
    public static String clientCertificateHint(String host) {
        return "If " + host + " wants a client certificate, put it and its key into ~/.docker/certs.d/" + host
                + ", as client.cert and client.key.";
    }

    private static String hint(String host, RefusedCertificateException.Reason reason) {
        String insecure =
                " To do without verification, name it as an insecure registry: --insecure-registries " + host + ".";
        return switch (reason) {
            case UNKNOWN_AUTHORITY ->
                "If you trust that authority, give its certificate: --ca-file FILE, or ~/.docker/certs.d/" + host
                        + "/ca.crt." + insecure;
            case EXPIRED -> "Whoever runs " + host + " has to renew it." + insecure;
            case NOT_YET_VALID -> "Check the clock of this machine." + insecure;
            case WRONG_NAME -> "Use a name that the certificate has." + insecure;
            case UNACCEPTABLE -> "Whoever runs " + host + " has to replace it." + insecure;
        };
    }
}
