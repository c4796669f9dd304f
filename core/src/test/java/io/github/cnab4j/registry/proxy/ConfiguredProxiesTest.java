/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.registry.http.HttpProxy;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.registry.http.ProxyException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredProxiesTest {
    private static final Origin HTTPS = new Origin("https", "a.test", 443);
    private static final Origin HTTP = new Origin("http", "a.test", 80);

    private static ConfiguredProxies proxies(String http, String https, String exceptions) {
        return new ConfiguredProxies(new ConfiguredProxies.Settings(http, https, exceptions, false));
    }

    private static HttpProxy proxy(String url) throws ProxyException {
        return proxies("", url, "").proxyFor(HTTPS).orElseThrow();
    }

    @Test
    void eachScheme_hasItsOwn() throws ProxyException {
        ConfiguredProxies both = proxies("http://h:1", "http://s:2", "");

        assertThat(both.proxyFor(HTTP).map(HttpProxy::toString)).contains("http://h:1");
        assertThat(both.proxyFor(HTTPS).map(HttpProxy::toString)).contains("http://s:2");
        assertThat(proxies("http://h:1", "", "").proxyFor(HTTPS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.9.9.9", "::1"})
    void thisMachine_isReachedDirectly(String host) throws ProxyException {
        assertThat(proxies("http://h:1", "http://s:2", "").proxyFor(new Origin("https", host, 5000)))
                .isEmpty();
    }

    @Test
    void exceptions_areReachedDirectly() throws ProxyException {
        assertThat(proxies("http://h:1", "http://s:2", ".b.test,a.test").proxyFor(HTTPS))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://p.test:3128, http, p.test, 3128",
        "p.test:3128, http, p.test, 3128",
        "p.test, http, p.test, 80",
        "https://p.test, https, p.test, 443",
        "HTTP://P.test:8080/, http, p.test, 8080",
        "http://u:p@[fd12::1]:3128, http, fd12::1, 3128"
    })
    void url_isRead(String url, String scheme, String host, int port) throws ProxyException {
        assertThat(proxy(url).origin()).isEqualTo(new Origin(scheme, host, port));
    }

    @ParameterizedTest
    @CsvSource({
        "http://bob:secret@p, bob:secret",
        "bob:secret@p, bob:secret",
        "http://bob@p, bob:",
        "http://b%40b:s%3Ac%25r%2fet@p, b@b:s:c%r/et",
        "http://bob:p@ss:w%rd@p, bob:p@ss:w%rd",
        "http://b%C3%BCb:x@p, büb:x"
    })
    void credentials_arePercentDecoded(String url, String pair) throws ProxyException {
        assertThat(proxy(url).authorization())
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        assertThat(proxy(url).toString()).isEqualTo("http://p");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://bob:s3cret@",
                "http://bob:s3cret@p:99999",
                "socks5://bob:s3cret@p:1",
                "http://bob:s3cret@a b"
            })
    void urlThatCannotBeUsed_isAnErrorThatDoesNotQuoteIt(String url) {
        ProxyException failure = catchThrowableOfType(ProxyException.class, () -> proxy(url));

        assertThat(failure).hasMessageContaining("HTTPS_PROXY").hasMessageNotContaining("s3cret");
        assertThat(failure.hint()).contains("http://[USER:PASSWORD@]HOST[:PORT]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5", "SOCKS5h", "socks", "ftp"})
    void proxyThatIsNotOfHttp_isNamedAsWhatItIs(String scheme) {
        ProxyException failure =
                catchThrowableOfType(ProxyException.class, () -> proxy(scheme + "://bob:s3cret@p:1080"));

        assertThat(failure)
                .hasMessage("the proxy in HTTPS_PROXY is of a kind that is not supported: "
                        + scheme.toLowerCase(Locale.ROOT));
    }

    @Test
    void urlThatCannotBeUsed_disturbsNobodyWhoDoesNotNeedIt() throws ProxyException {
        assertThat(proxies("http://h", "nonsense here", "a.test").proxyFor(HTTPS))
                .isEqualTo(Optional.empty());
    }

    /** CVE-2016-5386: a visitor's header "Proxy" becomes the variable HTTP_PROXY. */
    @Test
    void httpProxyOfAProgramThatAWebServerStarted_isNotUsed() throws ProxyException {
        ConfiguredProxies cgi =
                new ConfiguredProxies(new ConfiguredProxies.Settings("http://evil", "http://good", "", true));

        assertThat(catchThrowableOfType(ProxyException.class, () -> cgi.proxyFor(HTTP)))
                .hasMessageContaining("HTTP_PROXY is not used");
        assertThat(cgi.proxyFor(HTTPS).map(HttpProxy::toString)).contains("http://good");
    }
}
