/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import java.util.Optional;

/** What a user gave for one registry, and nobody keeps: where it is refused, it was mistyped. */
record GivenCredential(String registry, Credential credential) implements CredentialProvider {
    @Override
    public Optional<Credential> find(String host, String repository) {
        return host.equals(registry) ? Optional.of(credential) : Optional.empty();
    }

    @Override
    public Optional<String> refusal(String host) {
        return host.equals(registry)
                ? Optional.of("Check user and password: " + host + " refuses those that were given.")
                : Optional.empty();
    }
}
