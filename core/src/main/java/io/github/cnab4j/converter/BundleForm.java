/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.oci.MediaType;
import java.util.List;

/**
 * A bundle as a registry is to store it: one of the forms that say the same and differ in media types, hence in digests.
 *
 * @param configForm how the bundle is wrapped in a manifest
 * @param indexForm what kind of index holds it all
 * @param configBlob the bundle in its canonical form
 * @param configManifest the manifest whose configuration is the bundle
 * @param index the index that names the config manifest and all images
 */
public record BundleForm(
        ConfigForm configForm, IndexForm indexForm, Payload configBlob, Payload configManifest, Payload index) {
    /** How a bundle is wrapped in a manifest, the preferred form first. */
    public enum ConfigForm {
        /** An OCI manifest whose configuration has CNAB's own type. */
        CNAB("an OCI manifest with the CNAB config type"),
        /** An OCI manifest whose configuration claims to be that of an image. */
        OCI_IMAGE("an OCI manifest with the image config type"),
        /** A Docker manifest whose configuration claims to be that of an image. */
        DOCKER("a Docker manifest");

        private final String words;

        ConfigForm(String words) {
            this.words = words;
        }

        /** Media type of the config manifest. */
        public MediaType manifestType() {
            return this == DOCKER ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST;
        }

        /** Media type of the config blob. */
        public MediaType configType() {
            return switch (this) {
                case CNAB -> MediaType.CNAB_CONFIG;
                case OCI_IMAGE -> MediaType.OCI_CONFIG;
                case DOCKER -> MediaType.DOCKER_CONFIG;
            };
        }
    }

    /** What kind of index holds a bundle, the preferred form first. */
    public enum IndexForm {
        /** An OCI index. */
        OCI("an OCI index"),
        /** A Docker manifest list. */
        DOCKER("a Docker manifest list");

        private final String words;

        IndexForm(String words) {
            this.words = words;
        }

        /** Media type of the index. */
        public MediaType mediaType() {
            return this == OCI ? MediaType.OCI_INDEX : MediaType.DOCKER_LIST;
        }
    }

    /** What has to be stored beside the images, in the order in which a registry takes it. */
    public List<Payload> payloads() {
        return List.of(configBlob, configManifest, index);
    }

    /** This form in words, for the middle of a sentence: {@code an OCI manifest with the CNAB config type in an OCI index}. */
    public String inWords() {
        return configForm.words + " in " + indexForm.words;
    }
}
