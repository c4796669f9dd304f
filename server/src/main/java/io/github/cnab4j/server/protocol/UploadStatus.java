/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import java.io.IOException;

/** {@code GET /v2/NAME/blobs/uploads/ID}: how far is it? */
final class UploadStatus implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        return UploadReplies.status(call, call.upload(), 204);
    }
}
