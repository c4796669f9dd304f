/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

/** What a registry knows somebody by. The text forms show no secret. */
public sealed interface Credential {
    /**
     * A name and a password, or whatever a registry takes in a password's place.
     *
     * @param user name; may be empty
     * @param secret password
     */
    record Basic(String user, String secret) implements Credential {
        @Override
        public String toString() {
            return "Basic[user=" + user + ", secret=***]";
        }
    }

    /**
     * A long-lived token that a token service trades for access tokens (an OAuth 2 refresh token).
     *
     * @param token the token
     */
    record IdentityToken(String token) implements Credential {
        @Override
        public String toString() {
            return "IdentityToken[***]";
        }
    }

    /**
     * An access token that goes to the registry as it is.
     *
     * @param token the token
     */
    record RegistryToken(String token) implements Credential {
        @Override
        public String toString() {
            return "RegistryToken[***]";
        }
    }
}
