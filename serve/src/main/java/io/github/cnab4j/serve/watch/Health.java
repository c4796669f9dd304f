/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** {@code /healthz}: 200 while the storage can be reached, 503 when it cannot. For everybody: it says nothing else. */
public final class Health implements Interceptor {
    private final BooleanSupplier well;

    /** @param well whether the storage can be reached */
    public Health(BooleanSupplier well) {
        this.well = well;
    }

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        if (!request.path().equals("/healthz")) {
            return next.handle(request);
        }
        boolean ok = well.getAsBoolean();
        return Response.of(ok ? 200 : 503)
                .with("Content-Type", "text/plain; charset=utf-8")
                .with("Cache-Control", "no-store")
                .withBody(Body.of((ok ? "ok\n" : "the storage cannot be reached\n").getBytes(UTF_8)));
    }
}
