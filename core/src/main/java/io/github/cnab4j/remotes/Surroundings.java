/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.EngineLocation;
import io.github.cnab4j.reference.LayoutLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.RegistryLocation;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The repositories beside one: those under the same prefix, which is all of its name but the last part. Another registry's repository
 * has its place there under its own path, without its host; {@link ImageSource.Mirror} looks there, too.
 */
sealed interface Surroundings {
    /**
     * The repositories beside a location.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_OPTION}) if it has none: an archive holds one repository
     */
    static Surroundings of(Location location) {
        if (location instanceof RegistryLocation registry) {
            return ofRegistry(registry.reference());
        }
        if (location instanceof LayoutLocation layout) {
            return ofLayout(layout);
        }
        String kind = location instanceof ArchiveLocation ? "an archive holds one repository" : "an engine holds none";
        throw new InvalidInputException(
                ErrorCode.INVALID_OPTION,
                "there is nothing beside " + location + ": " + kind,
                location instanceof EngineLocation
                        ? "Copy to a registry, or to oci:DIR."
                        : "Copy to a registry or to oci:DIR/NAME; directories may be archived afterwards.");
    }

    /**
     * Where another registry's repository has its place; a tag is kept, a digest dropped.
     *
     * @throws InvalidInputException if there is no such place
     */
    Location place(Reference image);

    private static Surroundings ofRegistry(Reference reference) {
        String path = reference.repository().path();
        return new Registry(new ImageSource.Mirror(
                reference.repository().domain(), path.substring(0, Math.max(0, path.lastIndexOf('/')))));
    }

    private static Surroundings ofLayout(LayoutLocation layout) {
        String directory = layout.directory();
        int name = Math.max(directory.lastIndexOf('/'), directory.lastIndexOf('\\')) + 1;
        String last = directory.substring(name);
        if (last.isEmpty() || last.equals(".") || last.equals("..") || last.endsWith(":")) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "there is nothing beside " + layout + ": it does not end in the name of a directory",
                    "Write oci:DIR/NAME.");
        }
        return new Layouts(directory.substring(0, name));
    }

    /** Repositories of a registry. */
    record Registry(ImageSource.Mirror mirror) implements Surroundings {
        @Override
        public Location place(Reference image) {
            Reference place = mirror.locate(image);
            return new RegistryLocation(new Reference(place.repository(), place.tag(), null));
        }
    }

    /**
     * Layouts on this machine: {@code serve} of the directory that all of them are in gives each its path as name. One may lie in
     * another, so what would be among the other's files is written with an underscore before it, which no name begins with.
     *
     * @param prefix path of that directory, with a slash at its end unless it is the working directory
     */
    record Layouts(String prefix) implements Surroundings {
        private static final Set<String> PARTS_OF_LAYOUTS = Set.of("blobs", "index.json", "oci-layout");
        private static final String ESCAPE = "_";

        @Override
        public Location place(Reference image) {
            String path = Arrays.stream(image.repository().path().split("/", -1))
                    .map(part -> PARTS_OF_LAYOUTS.contains(part) ? ESCAPE + part : part)
                    .collect(Collectors.joining("/"));
            return new LayoutLocation(prefix + path, image.tag(), null);
        }
    }
}
