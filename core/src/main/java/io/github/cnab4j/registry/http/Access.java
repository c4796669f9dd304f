/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

/**
 * What a request does to a repository: what an access token has to allow.
 *
 * @param repository name of the repository within its registry; empty for what concerns none of them
 * @param write whether it changes anything
 */
public record Access(String repository, boolean write) {
    /** Reading. */
    public static Access pull(String repository) {
        return new Access(repository, false);
    }

    /** The registry's front door, where it says whether it knows the caller. */
    public static Access registry() {
        return new Access("", false);
    }

    /** Reading and writing. */
    public static Access push(String repository) {
        return new Access(repository, true);
    }

    /** Whether whoever may do this may do the other too. */
    public boolean covers(Access other) {
        return repository.equals(other.repository) && (write || !other.write);
    }

    /**
     * The scope of a token, as registries' token services read it ({@code repository:NAME:pull,push}); empty where it takes
     * none.
     */
    public String scope() {
        if (repository.isEmpty()) {
            return "";
        }
        return "repository:" + repository + ":" + (write ? "pull,push" : "pull");
    }
}
