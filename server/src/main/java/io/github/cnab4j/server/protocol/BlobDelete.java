/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.Digest;
import java.io.IOException;

/** {@code DELETE /v2/NAME/blobs/DIGEST}. */
final class BlobDelete implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        Digest digest = call.digest();
        call.requireDelete();
        if (!call.existingRepository().deleteBlob(digest)) {
            throw new ApiException(404, ErrorCode.BLOB_UNKNOWN, "no blob " + digest);
        }
        return Response.of(202);
    }
}
