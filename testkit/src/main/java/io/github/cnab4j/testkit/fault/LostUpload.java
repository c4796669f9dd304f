/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.protocol.JsonReplies;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.io.InputStream;

/** An upload that a registry forgets, as some do with several instances that do not share their state. */
final class LostUpload {
    private LostUpload() {}

    static Response intercept(Request request, Handler next) throws IOException {
        if (Kind.of(request) != Kind.UPLOAD || request.method().equals("POST")) {
            return next.handle(request);
        }
        Request cancel = request.withMethod("DELETE").withBody(InputStream.nullInputStream());
        Response ignored = next.handle(cancel);
        return JsonReplies.error(404, ErrorCode.BLOB_UPLOAD_UNKNOWN.name(), "the upload is not known here");
    }
}
