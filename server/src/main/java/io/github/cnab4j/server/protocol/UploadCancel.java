/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import java.io.IOException;

/** {@code DELETE /v2/NAME/blobs/uploads/ID}. */
final class UploadCancel implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        call.upload().cancel();
        return Response.of(204);
    }
}
