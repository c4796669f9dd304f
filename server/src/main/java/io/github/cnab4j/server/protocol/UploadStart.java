/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Query;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.Upload;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code POST /v2/NAME/blobs/uploads/}: mounts a blob of another repository, takes a whole blob, or starts an upload. A
 * mount that does not succeed starts an upload too, so that the client can go on without asking again.
 */
final class UploadStart implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        RepositoryStorage repository = call.repositoryToWrite();
        Query query = call.request().query();
        Optional<Digest> mount = query.first("mount").map(Call::digest);
        if (mount.isPresent() && mounted(call, repository, mount.get(), query.first("from"))) {
            return UploadReplies.created(call, mount.get());
        }
        Optional<Digest> whole = query.first("digest").map(Call::digest);
        Upload upload = repository.beginUpload(algorithm(query, whole.or(() -> mount)));
        if (whole.isPresent()) {
            return takeWhole(call, upload, whole.get());
        }
        Response accepted = UploadReplies.accepted(call, upload);
        long minimum = call.options().minChunkBytes();
        return minimum > 0 ? accepted.with("OCI-Chunk-Min-Length", Long.toString(minimum)) : accepted;
    }

    private static boolean mounted(Call call, RepositoryStorage repository, Digest digest, Optional<String> from)
            throws IOException {
        if (from.isPresent()) {
            Optional<RepositoryName> source = RepositoryName.parse(from.get());
            return source.isPresent() && repository.mount(digest, source.get());
        }
        return call.options().mountFromAnywhere() && repository.mountFromAnywhere(digest);
    }

    private static Response takeWhole(Call call, Upload upload, Digest digest) throws IOException {
        boolean received = false;
        try {
            upload.append(0, call.request().body());
            received = true;
        } finally {
            if (!received) {
                upload.cancel();
            }
        }
        return UploadReplies.commit(call, upload, digest);
    }

    private static Digest.Algorithm algorithm(Query query, Optional<Digest> expected) {
        Optional<String> named = query.first("digest-algorithm");
        if (named.isPresent()) {
            return Digest.Algorithm.of(named.get())
                    .orElseThrow(
                            () -> new ApiException(400, ErrorCode.DIGEST_INVALID, "not a digest algorithm known here"));
        }
        return expected.map(Digest::algorithm).orElse(Digest.Algorithm.SHA256);
    }
}
