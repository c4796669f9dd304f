/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.registry.http.Origin;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which token services may be asked for a token, with a registry's credentials, besides one at the registry itself. What else
 * {@link RealmRule} says of them holds in any case. Immutable.
 */
public final class TokenServices {
    private static final TokenServices ANY = new TokenServices(null);

    private final @Nullable Set<Origin> places;

    private TokenServices(@Nullable Set<Origin> places) {
        this.places = places;
    }

    /** Any that a registry names. */
    public static TokenServices any() {
        return ANY;
    }

    /**
     * These and no others.
     *
     * @param hosts their hosts, each with its port where that is not the scheme's own
     * @throws InvalidInputException if one of them is none: it would never be met
     */
    public static TokenServices only(Collection<String> hosts) {
        Set<Origin> places = new LinkedHashSet<>();
        for (String host : hosts) {
            places.add(place("https", host));
            places.add(place("http", host));
        }
        return new TokenServices(Set.copyOf(places));
    }

    private static Origin place(String scheme, String host) {
        return Origin.parse(scheme, host)
                .orElseThrow(() -> new InvalidInputException(
                        ErrorCode.INVALID_OPTION,
                        "\"" + host + "\" is no host with an optional port",
                        "Token services are named by HOST[:PORT], such as auth.docker.io: no https://, no path."));
    }

    boolean include(Origin service) {
        return places == null || places.contains(service);
    }
}
