/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.registry.http.Origin;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which token services may be asked for a token, with a registry's credentials, besides one at the registry itself. What else
 * {@link RealmRule} says of them holds in any case.
 *
 * @param hosts their hosts, each with its port where that is not the scheme's own; null for any
 */
public record TokenServices(@Nullable Set<String> hosts) {
    /** Copies the hosts. */
    public TokenServices {
        hosts = hosts == null ? null : Set.copyOf(hosts);
    }

    /** Any that a registry names. */
    public static TokenServices any() {
        return new TokenServices(null);
    }

    /** These and no others. */
    public static TokenServices only(Collection<String> hosts) {
        return new TokenServices(Set.copyOf(hosts));
    }

    boolean include(Origin service) {
        return hosts == null || hosts.contains(service.authority());
    }
}
