/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.registry.http.ProxyChoice;
import io.github.cnab4j.registry.proxy.ConfiguredProxies;
import java.util.Map;

/**
 * Which requests go through a proxy. What is encrypted goes through it by a tunnel, so that it sees neither requests nor credentials;
 * this machine is always reached directly. A proxy's URL is {@code [http[s]://][USER:PASSWORD@]HOST[:PORT]}; one that cannot be used is
 * an error of the first request that would need it. Immutable; the text form shows no credentials.
 */
public final class ProxySettings {
    private static final ProxySettings NONE = new ProxySettings(new ConfiguredProxies.Settings("", "", "", false));

    private final ConfiguredProxies.Settings settings;

    private ProxySettings(ConfiguredProxies.Settings settings) {
        this.settings = settings;
    }

    /** No proxy. */
    public static ProxySettings none() {
        return NONE;
    }

    /**
     * The proxies of the environment, as Go programs find them: {@code HTTPS_PROXY} for https, {@code HTTP_PROXY} for http, {@code
     * NO_PROXY} for exceptions, each in capitals or else in small letters.
     */
    public static ProxySettings fromEnvironment(Map<String, String> environment) {
        return new ProxySettings(new ConfiguredProxies.Settings(
                either(environment, "HTTP_PROXY", "http_proxy"),
                either(environment, "HTTPS_PROXY", "https_proxy"),
                either(environment, "NO_PROXY", "no_proxy"),
                !environment.getOrDefault("REQUEST_METHOD", "").isEmpty()));
    }

    /**
     * These proxies.
     *
     * @param http URL of the proxy for http; empty for none
     * @param https URL of the proxy for https; empty for none
     * @param exceptions hosts that are reached directly, in the form of {@code NO_PROXY}
     */
    public static ProxySettings of(String http, String https, String exceptions) {
        return new ProxySettings(new ConfiguredProxies.Settings(http, https, exceptions, false));
    }

    ProxyChoice choice() {
        return settings.http().isEmpty() && settings.https().isEmpty()
                ? ProxyChoice.direct()
                : new ConfiguredProxies(settings);
    }

    private static String either(Map<String, String> environment, String name, String other) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? environment.getOrDefault(other, "") : value;
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
