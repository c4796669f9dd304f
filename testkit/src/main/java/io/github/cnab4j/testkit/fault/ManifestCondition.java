/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.protocol.ManifestOutline;

/** Something that a manifest may be, by its content type and its members. */
@FunctionalInterface
public interface ManifestCondition {
    /** Whether a manifest is it. */
    boolean test(String contentType, ManifestOutline manifest);

    /** Manifests of this media type. */
    static ManifestCondition mediaType(String mediaType) {
        return (contentType, manifest) -> contentType.equals(mediaType);
    }

    /** Images whose config has this media type. */
    static ManifestCondition configMediaType(String mediaType) {
        return (contentType, manifest) -> {
            ManifestOutline.Child config = manifest.config();
            return config != null && config.mediaType().equals(mediaType);
        };
    }

    /** Indexes with a child of this media type. */
    static ManifestCondition childMediaType(String mediaType) {
        return (contentType, manifest) -> manifest.manifests().stream()
                .anyMatch(child -> child.mediaType().equals(mediaType));
    }

    /** Indexes and manifest lists. */
    static ManifestCondition index() {
        return (contentType, manifest) -> contentType.contains(".index.") || contentType.contains(".list.");
    }

    /** Both. */
    default ManifestCondition and(ManifestCondition other) {
        return (contentType, manifest) -> test(contentType, manifest) && other.test(contentType, manifest);
    }
}
