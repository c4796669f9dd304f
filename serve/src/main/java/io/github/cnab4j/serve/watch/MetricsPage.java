/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import java.io.IOException;

/** {@code /metrics}. */
public final class MetricsPage implements Interceptor {
    private final Metrics metrics;

    /** Shows these. */
    public MetricsPage(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        if (!request.path().equals("/metrics")) {
            return next.handle(request);
        }
        return Response.of(200)
                .with("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .with("Cache-Control", "no-store")
                .withBody(Body.of(metrics.text().getBytes(UTF_8)));
    }
}
