/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import io.github.cnab4j.registry.http.Headers;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.LocationRule;
import io.github.cnab4j.registry.http.RefusedHopException;
import io.github.cnab4j.registry.http.RegistryWords;
import io.github.cnab4j.registry.http.RetryAfter;
import java.nio.charset.StandardCharsets;

/** Locations, redirects and what registries say in words. */
public final class UrlFuzz {
    private UrlFuzz() {}

    /** One input; what is refused is refused by an exception of the library. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        HttpUrl base = HttpUrl.parse("https://registry.example:5000/v2/app/blobs/uploads/")
                .orElseThrow();
        HttpUrl.parse(text).ifPresent(UrlFuzz::check);
        base.resolve(text).ifPresent(UrlFuzz::check);
        try {
            HttpUrl next = LocationRule.resolve(base, text);
            Expect.that(next.origin().secure() || !next.origin().host().equals("registry.example"));
        } catch (RefusedHopException refused) {
            Expect.that(refused.getMessage() != null);
        }
        RetryAfter.of(Headers.none().with("Retry-After", text).with("Date", text));
        String shown = RegistryWords.clean(new String(data, StandardCharsets.UTF_8));
        Expect.that(shown.length() <= 1025 && shown.chars().noneMatch(Character::isISOControl));
    }

    private static void check(HttpUrl url) {
        Expect.that(url.target().startsWith("/"));
        Expect.that(url.target().chars().noneMatch(c -> c <= 0x20 || c == 0x7f));
        Expect.that(url.toString().chars().noneMatch(Character::isISOControl));
        Expect.that(url.origin().port() > 0 && !url.origin().host().contains("@"));
    }
}
