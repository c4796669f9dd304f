/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a host gave no answer, or none that could be read, for people.
 *
 * @param reason what happened, with the name of the host or proxy
 * @param hint what to do about it; null if that is not known from the failure alone
 */
public record NoAnswer(String reason, @Nullable String hint) {
    private static final String RUNS = "Check that the registry runs and that host and port are right.";

    /**
     * What a failed exchange means.
     *
     * @param host the registry, as references name it
     */
    public static NoAnswer of(String host, IOException failed) {
        return of(host, host, failed);
    }

    /**
     * What a failed exchange with something else than a registry means.
     *
     * @param subject the host, and what it is, as a sentence about it begins
     * @param host its name
     */
    public static NoAnswer of(String subject, String host, IOException failed) {
        if (failed instanceof ProxyException proxy) {
            return new NoAnswer(String.valueOf(proxy.getMessage()), proxy.hint());
        }
        if (failed instanceof SSLException tls) {
            TlsFailure why = TlsFailure.of(tls);
            return new NoAnswer(subject + ": " + why.reason(), why.hint(host).orElse(null));
        }
        if (failed instanceof UnknownHostException) {
            return new NoAnswer("there is no host " + host, "Check the name of the registry.");
        }
        if (failed instanceof ConnectException) {
            return new NoAnswer(subject + " refused the connection", RUNS);
        }
        if (failed instanceof SocketTimeoutException) {
            return timeout(subject, failed);
        }
        String text = RegistryWords.clean(String.valueOf(failed.getMessage()));
        if (failed instanceof ProtocolException) {
            boolean refused = failed instanceof RefusedHopException;
            return new NoAnswer(text, refused ? null : "Check that " + host + " is a registry.");
        }
        return new NoAnswer(
                "the connection to " + subject + " failed: " + text,
                failed instanceof NoRouteToHostException ? RUNS : null);
    }

    private static NoAnswer timeout(String subject, IOException failed) {
        boolean connecting = failed instanceof HostTimeoutException timeout && timeout.connecting();
        return new NoAnswer(
                subject + " " + RegistryWords.clean(String.valueOf(failed.getMessage())),
                connecting
                        ? "Check host and port, and whether a firewall or a missing proxy (HTTPS_PROXY) is in the way."
                                + " --connect-timeout TIME sets how long is waited."
                        : "Try again later. --read-timeout TIME sets how long is waited.");
    }
}
