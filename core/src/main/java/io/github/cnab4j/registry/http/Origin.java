/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port (RFC 6454): what credentials are bound to.
 *
 * @param scheme {@code http} or {@code https}
 * @param host host name in lower case, or IP address; IPv6 without brackets
 * @param port port number, the scheme's own where a URL leaves it out
 */
public record Origin(String scheme, String host, int port) {
    private static final Pattern MORE_THAN_A_HOST = Pattern.compile("[@/?#]");

    /** Whether traffic to it is encrypted. */
    public boolean secure() {
        return scheme.equals("https");
    }

    /**
     * A host with an optional port at a scheme.
     *
     * @return empty if the text is none
     */
    public static Optional<Origin> parse(String scheme, String host) {
        return HttpUrl.parse(scheme + "://" + host + "/")
                .filter(url -> !MORE_THAN_A_HOST.matcher(host).find())
                .map(HttpUrl::origin);
    }

    /** {@code host:port}, without the port where it is the scheme's own; IPv6 in brackets. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == HttpUrl.defaultPort(scheme) ? name : name + ":" + port;
    }

    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin origin
                && scheme.equals(origin.scheme)
                && host.equals(origin.host)
                && port == origin.port;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * scheme.hashCode() + host.hashCode()) + port;
    }

    /** {@code scheme://host:port}. */
    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
