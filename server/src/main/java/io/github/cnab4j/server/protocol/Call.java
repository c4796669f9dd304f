/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RegistryStorage;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.Upload;
import java.io.IOException;

/** A request on its way to the storage, with what its path names looked up or refused in the specification's words. */
record Call(Request request, Route route, RegistryStorage storage, ApiOptions options) {
    RepositoryName name() {
        return RepositoryName.parse(route.repository())
                .orElseThrow(() -> new ApiException(400, ErrorCode.NAME_INVALID, "not a repository name"));
    }

    RepositoryStorage existingRepository() throws IOException {
        RepositoryName name = name();
        return storage.find(name)
                .orElseThrow(() -> new ApiException(404, ErrorCode.NAME_UNKNOWN, "no repository " + name));
    }

    RepositoryStorage repositoryToWrite() throws IOException {
        return storage.open(name());
    }

    Digest digest() {
        return digest(route.reference());
    }

    static Digest digest(String text) {
        return Digest.parse(text)
                .orElseThrow(() -> new ApiException(
                        400, ErrorCode.DIGEST_INVALID, "not a digest, or not of an algorithm known here"));
    }

    Upload upload() throws IOException {
        return repositoryToWrite()
                .upload(route.reference())
                .orElseThrow(() -> new ApiException(404, ErrorCode.BLOB_UPLOAD_UNKNOWN, "no such upload"));
    }

    void requireDelete() {
        if (!options.allowDelete()) {
            throw new ApiException(405, ErrorCode.UNSUPPORTED, "deleting is switched off");
        }
    }

    String blobUrl(Digest digest) {
        return "/v2/" + route.repository() + "/blobs/" + digest;
    }

    String uploadUrl(Upload upload) {
        return "/v2/" + route.repository() + "/blobs/uploads/" + upload.id();
    }
}
