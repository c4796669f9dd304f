/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.registry.http.AddressRule;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.registry.http.RefusedHopException;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Which token service may see the credentials of a registry. The registry names it, on another host more often than not, so the
 * rule is the one place where credentials leave their origin: over https only, unless the registry itself is spoken to without
 * verified TLS; and never at an address inside our own network, unless the registry is at one ({@link AddressRule}, judged on the
 * connected socket).
 */
final class RealmRule {
    /**
     * A token service that may be asked.
     *
     * @param url where
     * @param publicOnly whether the connection must lead to a public address
     */
    record Realm(HttpUrl url, boolean publicOnly) {}

    private final Origin registry;
    private final boolean insecure;
    private final TokenServices trusted;

    /**
     * The rule for one registry.
     *
     * @param insecure whether the user named the registry as one that needs no verified TLS
     * @param trusted those that the user lets be asked
     */
    RealmRule(Origin registry, boolean insecure, TokenServices trusted) {
        this.registry = registry;
        this.trusted = trusted;
        this.insecure = insecure || !registry.secure();
    }

    /**
     * Judges the realm of a challenge.
     *
     * @param challenged the URL whose answer holds the challenge; a relative realm is resolved against it
     * @param realm the realm's text
     * @param answering address that the answer came from, if known
     * @throws RefusedHopException if the realm must not be asked
     */
    Realm judge(HttpUrl challenged, String realm, Optional<InetAddress> answering) throws RefusedHopException {
        HttpUrl url = challenged
                .resolve(realm)
                .orElseThrow(() -> new RefusedHopException(
                        "the token service that " + registry.authority() + " names is no http or https URL"));
        if (url.origin().equals(registry)) {
            return new Realm(url, false);
        }
        if (!trusted.include(url.origin())) {
            throw new RefusedHopException("refused to ask the token service " + url + " of " + registry.authority()
                    + ": it is not among those that may be asked (--token-services)");
        }
        if (!url.origin().secure() && !insecure) {
            throw new RefusedHopException("refused to ask the token service " + url + " of " + registry.authority()
                    + ": it is not encrypted");
        }
        return new Realm(url, AddressRule.publicOnly(answering));
    }
}
