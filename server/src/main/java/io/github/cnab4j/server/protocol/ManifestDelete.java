/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.RepositoryStorage;
import java.io.IOException;

/** {@code DELETE /v2/NAME/manifests/REFERENCE}: a tag alone, or a manifest with all its tags. */
final class ManifestDelete implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        Reference reference = Reference.parse(call.route().reference());
        call.requireDelete();
        RepositoryStorage repository = call.existingRepository();
        boolean deleted = reference instanceof Reference.ByDigest named
                ? repository.deleteManifest(named.digest())
                : repository.deleteTag(((Reference.Tag) reference).name());
        if (!deleted) {
            throw new ApiException(
                    404,
                    ErrorCode.MANIFEST_UNKNOWN,
                    "no manifest " + call.route().reference());
        }
        return Response.of(202);
    }
}
