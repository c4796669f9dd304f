/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Someone who may do something.
 *
 * @param identityToken accepted by the token service as a refresh token, when present
 * @param actions what is allowed on a repository: of {@code pull}, {@code push}, {@code delete}
 */
public record Account(
        String name, String password, Optional<String> identityToken, Function<String, Set<String>> actions) {
    /** All actions. */
    public static final Set<String> EVERYTHING = Set.of("pull", "push", "delete");

    /** Someone who may do everything. */
    public static Account of(String name, String password) {
        return new Account(name, password, Optional.empty(), repository -> EVERYTHING);
    }

    /** The same with an identity token. */
    public Account withIdentityToken(String token) {
        return new Account(name, password, Optional.of(token), actions);
    }

    /** The same with other rights. */
    public Account allowed(Function<String, Set<String>> other) {
        return new Account(name, password, identityToken, other);
    }

    @Override
    public String toString() {
        return "Account[" + name + "]";
    }
}
