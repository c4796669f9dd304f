/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryStorage;
import java.io.IOException;

/** Whether a repository has everything that a manifest names. */
final class ChildCheck {
    private final RepositoryStorage repository;

    ChildCheck(RepositoryStorage repository) {
        this.repository = repository;
    }

    /** @throws ApiException MANIFEST_BLOB_UNKNOWN naming the first child that is missing */
    void check(ManifestOutline outline) throws IOException {
        ManifestOutline.Child config = outline.config();
        if (config != null) {
            requireBlob(config);
        }
        for (ManifestOutline.Child layer : outline.layers()) {
            if (!layer.staysElsewhere()) {
                requireBlob(layer);
            }
        }
        for (ManifestOutline.Child manifest : outline.manifests()) {
            if (repository.manifest(digest(manifest)).isEmpty()) {
                throw missing(manifest);
            }
        }
    }

    private void requireBlob(ManifestOutline.Child child) throws IOException {
        if (repository.blob(digest(child)).isEmpty()) {
            throw missing(child);
        }
    }

    private static Digest digest(ManifestOutline.Child child) {
        return Digest.parse(child.digest())
                .orElseThrow(() -> new ApiException(
                        400, ErrorCode.MANIFEST_INVALID, "a child's digest is malformed or of an unknown kind"));
    }

    private static ApiException missing(ManifestOutline.Child child) {
        return new ApiException(400, ErrorCode.MANIFEST_BLOB_UNKNOWN, "the repository lacks " + child.digest());
    }
}
