/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.io.IOException;
import java.util.List;

/** Stands between the listener and a handler: may answer itself, alter what passes in both directions, or hang up. */
@FunctionalInterface
public interface Interceptor {
    /**
     * Answers one request, usually by way of {@code next}.
     *
     * @throws AbortConnectionException to break the connection instead of answering
     */
    Response intercept(Request request, Handler next) throws IOException;

    /** The handler with the interceptors before it; the first of the list sees a request first. */
    static Handler chain(List<? extends Interceptor> interceptors, Handler handler) {
        Handler chained = handler;
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            Interceptor interceptor = interceptors.get(i);
            Handler next = chained;
            chained = request -> interceptor.intercept(request, next);
        }
        return chained;
    }
}
