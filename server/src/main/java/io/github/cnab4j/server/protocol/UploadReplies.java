/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Headers;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.Upload;
import java.io.IOException;

/** What the methods of an upload have in common. */
final class UploadReplies {
    private UploadReplies() {}

    /** Where an upload stands. An empty one is shown as {@code 0-0}, as the CNCF registry does. */
    static Response status(Call call, Upload upload, int status) {
        return Response.of(status)
                .with("Location", call.uploadUrl(upload))
                .with("Range", "0-" + Math.max(0, upload.size() - 1))
                .with("Docker-Upload-UUID", upload.id());
    }

    static Response accepted(Call call, Upload upload) {
        return status(call, upload, 202);
    }

    static Response created(Call call, Digest digest) {
        return Response.of(201).with("Location", call.blobUrl(digest)).with("Docker-Content-Digest", digest.toString());
    }

    /** Ends an upload with the blob in the repository, or throws everything away. */
    static Response commit(Call call, Upload upload, Digest digest) throws IOException {
        if (!upload.commit(digest)) {
            throw new ApiException(400, ErrorCode.DIGEST_INVALID, "the content does not have the digest " + digest);
        }
        return created(call, digest);
    }

    /** Takes the request's body as the next chunk; does nothing when it has none. */
    static void append(Call call, Upload upload) throws IOException {
        Request request = call.request();
        long offset = upload.size();
        long announced = request.contentLength();
        String header = request.headers().first("Content-Range").orElse("");
        if (!header.isEmpty()) {
            ContentRange range = ContentRange.parse(header)
                    .orElseThrow(() -> new ApiException(416, ErrorCode.BLOB_UPLOAD_INVALID, "malformed Content-Range"));
            if (range.first() != offset) {
                throw new ApiException(
                        416,
                        ErrorCode.BLOB_UPLOAD_INVALID,
                        "the upload has " + offset + " bytes, the chunk starts at " + range.first(),
                        status(call, upload, 416).headers());
            }
            if (announced >= 0 && announced != range.length()) {
                throw new ApiException(
                        400, ErrorCode.SIZE_INVALID, "Content-Range and Content-Length name different lengths");
            }
        }
        long size = upload.append(offset, request.body());
        if (announced >= 0 && size - offset != announced) {
            throw new ApiException(
                    400, ErrorCode.SIZE_INVALID, "the chunk is not as long as announced", Headers.empty());
        }
    }
}
