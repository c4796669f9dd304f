/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.JsonReplies;
import io.github.cnab4j.server.protocol.ManifestOutline;
import io.github.cnab4j.testkit.log.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Looks into manifests on their way to the registry. */
final class ManifestGuard {
    private ManifestGuard() {}

    static Response intercept(Fault.RefuseManifest fault, Request request, Handler next) throws IOException {
        if (!request.method().equals("PUT") || Kind.of(request) != Kind.MANIFEST) {
            return next.handle(request);
        }
        byte[] bytes = request.body().readAllBytes();
        String contentType = request.headers().first("Content-Type").orElse("");
        if (fault.condition().test(contentType, ManifestOutline.parse(bytes))) {
            return JsonReplies.error(fault.status(), fault.code(), "manifests like this are refused here");
        }
        return next.handle(request.withBody(new ByteArrayInputStream(bytes)));
    }
}
