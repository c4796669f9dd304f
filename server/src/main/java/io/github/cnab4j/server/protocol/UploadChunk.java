/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.Upload;
import java.io.IOException;

/** {@code PATCH /v2/NAME/blobs/uploads/ID}: one chunk, or with no {@code Content-Range} a stream to append. */
final class UploadChunk implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        Upload upload = call.upload();
        UploadReplies.append(call, upload);
        return UploadReplies.accepted(call, upload);
    }
}
