/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import io.github.cnab4j.server.http.Interceptor;

/** Who may talk to a registry. */
public sealed interface Access permits AnonymousAccess, BasicAccess, TokenAccess {
    /** Everyone. */
    static Access anonymous() {
        return new AnonymousAccess();
    }

    /** Accounts by HTTP Basic authentication (RFC 7617). */
    static Access basic(Account... accounts) {
        return new BasicAccess(Accounts.of(accounts));
    }

    /** Accounts by Bearer tokens of a token service of the registry's own. */
    static TokenAccess tokens(Account... accounts) {
        return TokenAccess.of(Accounts.of(accounts));
    }

    /** What lets requests through, or refuses them. */
    Interceptor guard();
}
