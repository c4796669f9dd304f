/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One challenge of a WWW-Authenticate field (RFC 9110, section 11.6.1).
 *
 * @param scheme authentication scheme in lower case
 * @param parameters parameters, names in lower case; of two with one name the first counts
 */
record Challenge(String scheme, Map<String, String> parameters) {
    Challenge {
        parameters = Map.copyOf(parameters);
    }

    static Challenge of(String scheme, Map<String, String> parameters) {
        return new Challenge(scheme.toLowerCase(Locale.ROOT), parameters);
    }

    boolean isBearer() {
        return scheme.equals("bearer") && parameters.containsKey("realm");
    }

    boolean isBasic() {
        return scheme.equals("basic");
    }

    /** Whether the token was good but did not allow what was asked (RFC 6750, section 3.1). */
    boolean wantsMoreScope() {
        return isBearer() && "insufficient_scope".equals(parameters.get("error"));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** The scopes that the challenge asks for; empty if it leaves that to the client. */
    Set<String> scopes() {
        return parameter("scope")
                .map(text -> Set.copyOf(Arrays.asList(text.strip().split("\\s+"))))
                .orElse(Set.of());
    }
}
