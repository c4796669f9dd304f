/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.ReadableStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of which everything is known that can be wrong with its source; nothing was sent.
 *
 * @param source where it comes from, by the name that was asked for
 * @param store has what is copied, rewritten content included
 * @param found the source's own manifest
 * @param descriptor the manifest that is copied: the source's, or what was made of it
 * @param bundle what was read of it if it is a bundle
 * @param target where it goes
 * @param tags what it is called there
 * @param images copies of its images in repositories of their own
 * @param relocationMap where its images will be; null if it is no bundle
 */
record PreparedCopy(
        Location source,
        ReadableStore store,
        Descriptor found,
        Descriptor descriptor,
        PullOperation.@Nullable Pulled bundle,
        Location target,
        List<String> tags,
        List<MirroredImage> images,
        @Nullable RelocationMap relocationMap) {
    PreparedCopy {
        tags = List.copyOf(tags);
        images = List.copyOf(images);
    }

    /**
     * An image that gets a repository of its own.
     *
     * @param image its name in the bundle
     * @param place the repository, with the image's tag if it has one
     * @param descriptor its manifest or index
     */
    record MirroredImage(String image, Location place, Descriptor descriptor) {}

    boolean rewritten() {
        return !found.digest().equals(descriptor.digest());
    }

    /** Where the copy is called what: its first tag, or nothing but its digest. */
    Location named() {
        return (tags.isEmpty() ? target.repositoryOnly() : target.withTag(tags.get(0)));
    }
}
