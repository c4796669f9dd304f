/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.json.JsonObject;

/**
 * A change to a bundle's index before it is sealed. It is asked once for each push; every form of the bundle is derived from its
 * result. It may add, change and remove members and entries, or throw to stop the push before anything is stored.
 */
@FunctionalInterface
public interface ManifestOption {
    /** The option that changes nothing. */
    ManifestOption NONE = index -> index;

    /**
     * The index to use in place of {@code index}.
     *
     * @param index an OCI index: {@code schemaVersion}, {@code manifests}, {@code annotations}
     * @return an OCI index; the entry of the config manifest is adapted to the form that is pushed
     */
    JsonObject apply(JsonObject index);

    /** This option, then {@code next} on its result. */
    default ManifestOption then(ManifestOption next) {
        return index -> next.apply(apply(index));
    }
}
