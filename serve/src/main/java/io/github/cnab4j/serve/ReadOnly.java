/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.protocol.JsonReplies;
import java.io.IOException;

/** Refuses everything that would change the registry. */
final class ReadOnly implements Interceptor {
    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (reads || !request.path().startsWith("/v2/")) {
            return next.handle(request);
        }
        return JsonReplies.error(405, ErrorCode.UNSUPPORTED.name(), "this registry is read-only")
                .with("Allow", "GET, HEAD");
    }
}
