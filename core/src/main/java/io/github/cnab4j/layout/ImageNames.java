/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds images by their full names among the entries of an index, as {@link LayoutStore#findImage} says. */
final class ImageNames {
    private final Map<String, List<Descriptor>> exact = new HashMap<>();
    private final Map<String, List<Descriptor>> onHost = new HashMap<>();
    private final Map<String, List<Descriptor>> onAnyHost = new HashMap<>();

    ImageNames(List<IndexEntry> entries) {
        for (IndexEntry entry : entries) {
            for (String text : entry.imageNames()) {
                ImageName name = ImageName.of(text);
                Descriptor manifest = entry.descriptor().identity();
                add(exact, text, manifest);
                name.tagged().ifPresent(key -> {
                    add(onAnyHost, key, manifest);
                    add(onHost, name.host() + "/" + key, manifest);
                });
            }
        }
    }

    /**
     * The image of a name without a digest.
     *
     * @throws InvalidInputException if several manifests have equal claims
     */
    Optional<Descriptor> find(String text) {
        ImageName name = ImageName.of(text);
        return one(text, exact.get(text))
                .or(() -> name.tagged().flatMap(key -> one(text, onHost.get(name.host() + "/" + key))))
                .or(() -> name.tagged().flatMap(key -> one(text, onAnyHost.get(key))));
    }

    private static void add(Map<String, List<Descriptor>> map, String key, Descriptor manifest) {
        List<Descriptor> known = map.computeIfAbsent(key, unused -> new ArrayList<>(1));
        if (!known.contains(manifest)) {
            known.add(manifest);
        }
    }

    private static Optional<Descriptor> one(String name, @Nullable List<Descriptor> found) {
        if (found == null) {
            return Optional.empty();
        }
        if (found.size() > 1) {
            throw new InvalidInputException(
                    ErrorCode.IMAGE_CONFLICT,
                    "the layout has several images that \"" + name + "\" may mean: "
                            + found.get(0).digest() + ", " + found.get(1).digest(),
                    "Name the image by its digest.");
        }
        return Optional.of(found.get(0));
    }
}
