/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.storage.RepositoryName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a repository's layout lies: at its name below the root. The layouts {@code a} and {@code a/b} may both be there, so a part
 * of a name that a layout needs for itself is written with an underscore before it, which no name begins with.
 */
final class RepositoryPaths {
    private static final Set<String> LAYOUTS_OWN = Set.of("blobs", "index.json", "oci-layout");
    private static final String ESCAPE = "_";

    private RepositoryPaths() {}

    /** The path below the root. */
    static String of(RepositoryName name) {
        return Stream.of(name.value().split("/"))
                .map(part -> LAYOUTS_OWN.contains(part) ? ESCAPE + part : part)
                .collect(Collectors.joining("/"));
    }

    /** The repository at a path below the root; empty if there can be none. */
    static Optional<RepositoryName> name(Path relative) {
        StringBuilder name = new StringBuilder();
        for (Path part : relative) {
            String text = part.toString();
            if (text.startsWith(ESCAPE) && LAYOUTS_OWN.contains(text.substring(ESCAPE.length()))) {
                text = text.substring(ESCAPE.length());
            } else if (LAYOUTS_OWN.contains(text)) {
                return Optional.empty();
            }
            name.append(name.isEmpty() ? "" : "/").append(text);
        }
        return RepositoryName.parse(name.toString());
    }
}
