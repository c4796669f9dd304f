/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.proxy;

import io.github.cnab4j.registry.http.HttpProxy;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.registry.http.ProxyChoice;
import io.github.cnab4j.registry.http.ProxyException;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One proxy for what is encrypted and one for what is not, but none for the hosts that are excepted, and never one for this machine:
 * what a loopback address is to a proxy is another place. Safe for use by several threads.
 */
public final class ConfiguredProxies implements ProxyChoice {
    private final Settings settings;
    private volatile @Nullable NoProxy exceptions;

    /**
     * What is configured, as texts.
     *
     * @param http URL of the proxy for http; empty for none
     * @param https URL of the proxy for https; empty for none
     * @param exceptions hosts that are reached directly, in the form of {@code NO_PROXY}
     * @param cgi whether a web server has started this program: {@code HTTP_PROXY} may then be a header that a visitor sent
     */
    public record Settings(String http, String https, String exceptions, boolean cgi) {
        /** Shows nothing: URLs of proxies hold passwords. */
        @Override
        public String toString() {
            return "ProxySettings[http=" + !http.isEmpty() + ", https=" + !https.isEmpty() + "]";
        }
    }

    /** Parses nothing yet. */
    public ConfiguredProxies(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<HttpProxy> proxyFor(Origin origin) throws ProxyException {
        String url = origin.secure() ? settings.https() : settings.http();
        if (url.isEmpty() || isThisMachine(origin.host()) || exceptions().contains(origin.host(), origin.port())) {
            return Optional.empty();
        }
        if (origin.secure()) {
            return Optional.of(ProxyUrl.parse("HTTPS_PROXY", url));
        }
        if (settings.cgi()) {
            throw ProxyException.unusable(
                    "HTTP_PROXY is not used: a web server has started this program, and a visitor may have set it",
                    "Unset HTTP_PROXY, or REQUEST_METHOD if there is no web server.");
        }
        return Optional.of(ProxyUrl.parse("HTTP_PROXY", url));
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost")
                || IpLiteral.parse(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private NoProxy exceptions() {
        NoProxy parsed = exceptions;
        if (parsed == null) {
            parsed = NoProxy.parse(settings.exceptions());
            exceptions = parsed;
        }
        return parsed;
    }
}
