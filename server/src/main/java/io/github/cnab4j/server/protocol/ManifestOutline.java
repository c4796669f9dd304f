/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a manifest or index that a registry looks at; absent ones are null or empty.
 *
 * @param layers layers of an image
 * @param manifests children of an index
 */
public record ManifestOutline(
        @Nullable String mediaType,
        @Nullable String artifactType,
        @Nullable Child config,
        List<Child> layers,
        List<Child> manifests,
        @Nullable Child subject,
        Map<String, String> annotations) {

    /** A descriptor in a manifest; its digest has not been checked. */
    public record Child(String mediaType, String digest, long size) {
        private static final String FOREIGN = ".foreign.";
        private static final String NON_DISTRIBUTABLE = ".nondistributable.";

        /** Whether it is a layer that is never pushed. */
        public boolean staysElsewhere() {
            return mediaType.contains(FOREIGN) || mediaType.contains(NON_DISTRIBUTABLE);
        }
    }

    /** The type by which a referrers list shows it: its own, else its config's. */
    public @Nullable String effectiveArtifactType() {
        if (artifactType != null && !artifactType.isEmpty()) {
            return artifactType;
        }
        return config == null ? null : config.mediaType();
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException when it is not one JSON object, or a member that matters has a wrong type
     */
    public static ManifestOutline parse(byte[] bytes) {
        return new ManifestReader(bytes).read();
    }
}
