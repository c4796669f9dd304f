/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/** A proxy that cannot be used, is not reached, or does not let us through: nothing has come to the registry. */
public final class ProxyException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int AUTHENTICATION_REQUIRED = 407;
    /** What a proxy says while the place behind it, or the proxy itself, is out of order. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private static final String CHECK =
            "Check HTTP_PROXY and HTTPS_PROXY, or name the registry in NO_PROXY if it can be reached without a proxy.";

    private final String hint;
    private final boolean passing;

    private ProxyException(String message, String hint, boolean passing, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
        this.passing = passing;
    }

    /** One that is not configured in a way that could be used; the message must not quote it, for its URL holds credentials. */
    public static ProxyException unusable(String message, String hint) {
        return new ProxyException(message, hint, false, null);
    }

    /** One that answers a request for the way to a registry with a refusal. */
    static ProxyException refused(HttpProxy proxy, String destination, int status, RegistryWords words) {
        String message = "the proxy " + proxy + " does not let us through to " + destination + ": it answers " + status
                + words.suffix();
        if (status == AUTHENTICATION_REQUIRED) {
            return new ProxyException(
                    message,
                    proxy.authorization() == null
                            ? "The proxy wants credentials: give them in its URL, http://USER:PASSWORD@HOST:PORT."
                            : "Check user and password in the proxy's URL; special characters are percent-encoded there.",
                    false,
                    null);
        }
        return new ProxyException(
                message,
                "Ask for access to " + destination + ", or name it in NO_PROXY if it can be reached without a proxy.",
                PASSING.contains(status),
                null);
    }

    /** One that was asked for the way to a registry, and neither opens it nor refuses. */
    static ProxyException noWay(HttpProxy proxy, String destination, Exception failed) {
        if (failed instanceof HostTimeoutException silence) {
            return new ProxyException(
                    "the proxy " + proxy + " does not open the way to " + destination + ": it " + silence.getMessage(),
                    "Check that the proxy reaches " + destination
                            + ", or name it in NO_PROXY if it can be reached without"
                            + " a proxy. --read-timeout TIME sets how long is waited.",
                    false,
                    failed);
        }
        boolean broken = failed instanceof IOException
                && !(failed instanceof ProtocolException
                        || failed instanceof ClientProtocolException
                        || failed instanceof MessageConstraintException);
        if (!broken) {
            return unintelligible(proxy, failed);
        }
        return new ProxyException(
                "the proxy " + proxy + " broke the connection off before it opened the way to " + destination + ": "
                        + RegistryWords.clean(String.valueOf(failed.getMessage())),
                CHECK,
                true,
                failed);
    }

    /** One that does not speak HTTP. */
    static ProxyException unintelligible(HttpProxy proxy, Exception notHttp) {
        Throwable cause = notHttp.getCause() == null ? notHttp : notHttp.getCause();
        return new ProxyException(
                "the proxy " + proxy + " is none: its answer is not HTTP: "
                        + RegistryWords.clean(String.valueOf(cause.getMessage())),
                "Check HTTP_PROXY and HTTPS_PROXY: the port may be another service's. SOCKS is not supported.",
                false,
                notHttp);
    }

    /** One to which there is no connection. */
    static ProxyException unreached(HttpProxy proxy, IOException failed) {
        String why;
        if (failed instanceof UnknownHostException) {
            why = "there is no such host";
        } else if (failed instanceof ConnectException) {
            why = "it refused the connection";
        } else if (failed instanceof HostTimeoutException timeout) {
            why = "it " + timeout.getMessage();
        } else if (failed instanceof SSLException tls) {
            why = TlsFailure.of(tls).reason();
        } else {
            why = RegistryWords.clean(String.valueOf(failed.getMessage()));
        }
        boolean passing = !(failed instanceof UnknownHostException || failed instanceof SSLException);
        return new ProxyException("the proxy " + proxy + " cannot be reached: " + why, CHECK, passing, failed);
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }

    /** Whether it may go better in a moment. */
    boolean passing() {
        return passing;
    }
}
