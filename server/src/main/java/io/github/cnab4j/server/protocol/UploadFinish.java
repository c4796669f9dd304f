/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.Upload;
import java.io.IOException;

/** {@code PUT /v2/NAME/blobs/uploads/ID?digest=D}: the last chunk, or the whole blob, and the end of the upload. */
final class UploadFinish implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        Upload upload = call.upload();
        Digest digest = call.request()
                .query()
                .first("digest")
                .map(Call::digest)
                .orElseThrow(() -> new ApiException(400, ErrorCode.DIGEST_INVALID, "the digest parameter is missing"));
        UploadReplies.append(call, upload);
        return UploadReplies.commit(call, upload, digest);
    }
}
