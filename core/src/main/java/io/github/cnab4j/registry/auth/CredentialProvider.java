/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import java.util.Optional;

/** Finds credentials. Implementations are safe for use by several threads and may block. */
@FunctionalInterface
public interface CredentialProvider {
    /**
     * The credential for a repository.
     *
     * @param host the registry as references name it, with its port if they do: {@code docker.io}, {@code localhost:5000}
     * @param repository the repository's name within the registry
     * @return empty if there is none, in which case the registry is asked anonymously
     */
    Optional<Credential> find(String host, String repository);

    /**
     * Why {@link #find} has nothing for a registry although a user may expect it to; for people, without secrets.
     *
     * @param host as for {@link #find}
     */
    default Optional<String> absence(String host) {
        return Optional.empty();
    }

    /**
     * What to do where a registry refuses the credentials that {@link #find} has for it; for people, without secrets.
     *
     * @param host as for {@link #find}
     * @return empty if whoever asked has to know
     */
    default Optional<String> refusal(String host) {
        return Optional.empty();
    }

    /** This provider, and another where this one has nothing. */
    default CredentialProvider or(CredentialProvider next) {
        CredentialProvider first = this;
        return new CredentialProvider() {
            @Override
            public Optional<Credential> find(String host, String repository) {
                return first.find(host, repository).or(() -> next.find(host, repository));
            }

            @Override
            public Optional<String> absence(String host) {
                return first.absence(host).or(() -> next.absence(host));
            }

            @Override
            public Optional<String> refusal(String host) {
                return first.refusal(host).or(() -> next.refusal(host));
            }
        };
    }

    /**
     * A credential that a user gave for one registry, and for no other.
     *
     * @param host the registry as references name it
     */
    static CredentialProvider of(String host, Credential credential) {
        return new GivenCredential(host, credential);
    }

    /** No credentials for anybody. */
    static CredentialProvider anonymous() {
        return (host, repository) -> Optional.empty();
    }
}
