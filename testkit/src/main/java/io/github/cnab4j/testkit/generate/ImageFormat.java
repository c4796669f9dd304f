/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

/** The two families of media types. */
public enum ImageFormat {
    /** OCI image specification. */
    OCI(
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.oci.image.layer.v1.tar+gzip"),
    /** Docker image manifest version 2, schema 2. */
    DOCKER(
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.container.image.v1+json",
            "application/vnd.docker.image.rootfs.diff.tar.gzip");

    private final String manifest;
    private final String index;
    private final String config;
    private final String layer;

    ImageFormat(String manifest, String index, String config, String layer) {
        this.manifest = manifest;
        this.index = index;
        this.config = config;
        this.layer = layer;
    }

    /** Media type of an image's manifest. */
    public String manifest() {
        return manifest;
    }

    /** Media type of an index or manifest list. */
    public String index() {
        return index;
    }

    /** Media type of an image's config. */
    public String config() {
        return config;
    }

    /** Media type of a layer, a gzipped tar. */
    public String layer() {
        return layer;
    }
}
