/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import org.jspecify.annotations.Nullable;

/**
 * The media type of some content. Unknown types are legal values: a copier must not fail on them.
 *
 * @param value the type without parameters, such as {@code application/vnd.oci.image.index.v1+json}
 */
public record MediaType(String value) {
    /** An OCI image index. */
    public static final MediaType OCI_INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
    /** An OCI image manifest. */
    public static final MediaType OCI_MANIFEST = new MediaType("application/vnd.oci.image.manifest.v1+json");
    /** An OCI image configuration. */
    public static final MediaType OCI_CONFIG = new MediaType("application/vnd.oci.image.config.v1+json");
    /** A Docker manifest list. */
    public static final MediaType DOCKER_LIST =
            new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");
    /** A Docker image manifest, version 2 schema 2. */
    public static final MediaType DOCKER_MANIFEST =
            new MediaType("application/vnd.docker.distribution.manifest.v2+json");
    /** A Docker image configuration. */
    public static final MediaType DOCKER_CONFIG = new MediaType("application/vnd.docker.container.image.v1+json");
    /** A bundle as the configuration of the first manifest in its index. */
    public static final MediaType CNAB_CONFIG = new MediaType("application/vnd.cnab.config.v1+json");

    /** What a registry treats alike: the API path differs between manifests and blobs. */
    public enum Kind {
        /** Points to manifests: an OCI index or a Docker manifest list. */
        INDEX,
        /** Points to a configuration and layers. */
        MANIFEST,
        /** Anything else. */
        BLOB
    }

    /** What this type is to a registry. */
    public Kind kind() {
        if (equals(OCI_INDEX) || equals(DOCKER_LIST)) {
            return Kind.INDEX;
        }
        return equals(OCI_MANIFEST) || equals(DOCKER_MANIFEST) ? Kind.MANIFEST : Kind.BLOB;
    }

    /** Whether this is one of the four types of manifests and indexes. */
    public boolean isManifest() {
        return kind() != Kind.BLOB;
    }

    /** Whether layers of this type are kept outside registries, at their descriptor's {@code urls}, and are not copied. */
    public boolean isForeignLayer() {
        return value.startsWith("application/vnd.docker.image.rootfs.foreign.")
                || value.startsWith("application/vnd.oci.image.layer.nondistributable.");
    }

    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MediaType mediaType && value.equals(mediaType.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
