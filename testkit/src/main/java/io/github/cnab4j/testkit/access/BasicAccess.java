/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.JsonReplies;
import java.io.IOException;
import java.util.Optional;

/** Lets in who has a name and a password. */
record BasicAccess(Accounts accounts) implements Access {
    @Override
    public Interceptor guard() {
        return this::intercept;
    }

    private Response intercept(Request request, Handler next) throws IOException {
        Optional<Account> account = accounts.byBasic(request);
        if (account.isEmpty()) {
            return JsonReplies.error(401, "UNAUTHORIZED", "authentication required")
                    .with("WWW-Authenticate", "Basic realm=\"test\"");
        }
        for (RequiredAccess required : RequiredAccess.of(request)) {
            if (!account.get().actions().apply(required.repository()).containsAll(required.actions())) {
                return JsonReplies.error(403, "DENIED", "not allowed: " + required);
            }
        }
        return next.handle(request);
    }
}
