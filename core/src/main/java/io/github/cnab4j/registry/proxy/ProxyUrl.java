/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.proxy;

import io.github.cnab4j.registry.http.HttpProxy;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.registry.http.ProxyException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a proxy, {@code [http[s]://][USER[:PASSWORD]@]HOST[:PORT]}; user and password are percent-encoded there. No message
 * quotes it.
 */
final class ProxyUrl {
    private static final Pattern URL = Pattern.compile(
            "(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:([^/]*)@)?(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?(?:/.*)?");
    private static final String HINT = "Write it as http://[USER:PASSWORD@]HOST[:PORT].";

    private ProxyUrl() {}

    /**
     * Reads a proxy's URL.
     *
     * @param variable where it was given, for messages
     */
    static HttpProxy parse(String variable, String text) throws ProxyException {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches()) {
            throw ProxyException.unusable("what " + variable + " holds is no URL of a proxy", HINT);
        }
        String scheme = url.group(1) == null ? "http" : url.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw ProxyException.unusable(
                    "the proxy in " + variable + " is of a kind that is not supported: " + scheme, HINT);
        }
        String port = url.group(4) == null ? "" : ":" + url.group(4);
        Origin origin = HttpUrl.parse(scheme + "://" + url.group(3) + port)
                .map(HttpUrl::origin)
                .orElseThrow(
                        () -> ProxyException.unusable("what " + variable + " holds has no port that there is", HINT));
        return new HttpProxy(origin, authorization(url.group(2)));
    }

    private static @Nullable String authorization(@Nullable String userInformation) {
        if (userInformation == null || userInformation.isEmpty()) {
            return null;
        }
        int colon = userInformation.indexOf(':');
        byte[] user = decoded(colon < 0 ? userInformation : userInformation.substring(0, colon));
        byte[] password = decoded(colon < 0 ? "" : userInformation.substring(colon + 1));
        ByteArrayOutputStream pair = new ByteArrayOutputStream();
        pair.writeBytes(user);
        pair.write(':');
        pair.writeBytes(password);
        return "Basic " + Base64.getEncoder().encodeToString(pair.toByteArray());
    }

    /** What is no percent-encoding stands for itself. */
    private static byte[] decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length) {
                int high = Character.digit(bytes[i + 1], 16);
                int low = Character.digit(bytes[i + 2], 16);
                if (high >= 0 && low >= 0) {
                    out.write((high << 4) | low);
                    i += 2;
                    continue;
                }
            }
            out.write(bytes[i]);
        }
        return out.toByteArray();
    }
}
