/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One element of {@code manifests} in a layout's {@code index.json} that can be read as a descriptor. */
record IndexEntry(Descriptor descriptor) {
    /** The annotation that names an entry (OCI image specification, "Pre-Defined Annotation Keys"). */
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** The annotation in which containerd and Docker keep the full name, the other one being the tag alone. */
    private static final String CONTAINERD_NAME = "io.containerd.image.name";

    /** Reads an element; empty if it is none that this library can read, which is no error of the layout. */
    static Optional<IndexEntry> of(JsonValue element) {
        if (!(element instanceof JsonObject object)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IndexEntry(Descriptor.fromJson(object)));
        } catch (InvalidInputException unreadable) {
            return Optional.empty();
        }
    }

    /** The entry's name; null if it has none. */
    @Nullable
    String name() {
        return descriptor.annotations().get(REF_NAME);
    }

    boolean isNamed(String name) {
        return name.equals(name());
    }

    /** Whether containerd's annotation names the image, whatever its tag here. */
    boolean hasOtherName() {
        return descriptor.annotations().containsKey(CONTAINERD_NAME);
    }

    boolean identifies(Descriptor manifest) {
        return descriptor.identity().equals(manifest.identity());
    }

    /** Every text that may be the full name of an image. */
    List<String> imageNames() {
        Map<String, String> annotations = descriptor.annotations();
        return Stream.of(REF_NAME, CONTAINERD_NAME)
                .filter(annotations::containsKey)
                .map(annotations::get)
                .toList();
    }
}
