/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

/**
 * What a request does to a repository: what an access token has to allow.
 *
 * @param repository name of the repository within its registry
 * @param write whether it changes anything
 */
public record Access(String repository, boolean write) {
    /** Reading. */
    public static Access pull(String repository) {
        return new Access(repository, false);
    }

    /** Reading and writing. */
    public static Access push(String repository) {
        return new Access(repository, true);
    }

    /** Whether whoever may do this may do the other too. */
    public boolean covers(Access other) {
        return repository.equals(other.repository) && (write || !other.write);
    }

    /** The scope of a token, as registries' token services read it ({@code repository:NAME:pull,push}). */
    public String scope() {
        return "repository:" + repository + ":" + (write ? "pull,push" : "pull");
    }
}
