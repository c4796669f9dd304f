/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.StoredManifest;
import java.io.IOException;
import java.io.OutputStream;

/** {@code GET} and {@code HEAD /v2/NAME/manifests/REFERENCE}: the bytes as pushed, whatever {@code Accept} says. */
final class ManifestGet implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        Reference reference = Reference.parse(call.route().reference());
        StoredManifest manifest = reference
                .find(call.existingRepository())
                .orElseThrow(() -> new ApiException(
                        404,
                        ErrorCode.MANIFEST_UNKNOWN,
                        "no manifest " + call.route().reference()));
        return Response.of(200)
                .with("Content-Type", manifest.mediaType())
                .with("Docker-Content-Digest", manifest.digest().toString())
                .withBody(new Body() {
                    @Override
                    public long length() {
                        return manifest.size();
                    }

                    @Override
                    public void writeTo(OutputStream out) throws IOException {
                        manifest.writeTo(out);
                    }
                });
    }
}
