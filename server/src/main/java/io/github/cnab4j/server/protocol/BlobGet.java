/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.StoredBlob;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** {@code GET} and {@code HEAD /v2/NAME/blobs/DIGEST}, whole or one range of it (RFC 9110 section 14). */
final class BlobGet implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        Digest digest = call.digest();
        StoredBlob blob = call.existingRepository()
                .blob(digest)
                .orElseThrow(() -> new ApiException(404, ErrorCode.BLOB_UNKNOWN, "no blob " + digest));
        Response response = Response.of(200)
                .with("Content-Type", "application/octet-stream")
                .with("Docker-Content-Digest", digest.toString())
                .with("Accept-Ranges", "bytes");
        Request request = call.request();
        Optional<ByteRange> range = request.method().equals("GET")
                ? request.headers().first("Range").flatMap(header -> ByteRange.parse(header, blob.size()))
                : Optional.empty();
        if (range.isEmpty()) {
            return response.withBody(part(blob, 0, blob.size()));
        }
        ByteRange wanted = range.get();
        if (wanted.length() == 0) {
            return JsonReplies.error(416, ErrorCode.UNSUPPORTED.name(), "the range lies outside the blob")
                    .with("Content-Range", "bytes */" + blob.size());
        }
        return response.withStatus(206)
                .with("Content-Range", "bytes " + wanted.first() + "-" + wanted.last() + "/" + blob.size())
                .withBody(part(blob, wanted.first(), wanted.length()));
    }

    private static Body part(StoredBlob blob, long offset, long length) {
        return new Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                blob.copyTo(out, offset, length);
            }
        };
    }
}
