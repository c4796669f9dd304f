/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import io.github.cnab4j.server.http.Interceptor;

/** Lets everyone in. */
record AnonymousAccess() implements Access {
    @Override
    public Interceptor guard() {
        return (request, next) -> next.handle(request);
    }
}
