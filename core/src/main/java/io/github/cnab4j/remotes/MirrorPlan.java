/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.converter.BundleIndex;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.remotes.PreparedCopy.MirroredImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which repository each image of a bundle gets, and the relocation map that leads there. An image whose name is none of a registry,
 * and one whose repository would be the bundle's own, stays with the bundle.
 */
final class MirrorPlan {
    private final Surroundings surroundings;
    private final Location bundlesRepository;
    private final Map<Location, MirroredImage> byPlace = new LinkedHashMap<>();
    private final Map<String, String> map = new LinkedHashMap<>();

    /**
     * A plan without images.
     *
     * @param target where the bundle goes
     */
    MirrorPlan(Surroundings surroundings, Location target) {
        this.surroundings = surroundings;
        this.bundlesRepository = target.repositoryOnly();
    }

    /**
     * Finds a place for each image.
     *
     * @throws FixupException if there is none
     */
    MirrorPlan with(PullOperation.Pulled pulled) {
        Map<Digest, Descriptor> entries = entries(pulled.index());
        for (BundleImage use : BundleImage.of(pulled.bundle(), FixupOptions.defaults())) {
            pulled.relocation()
                    .map()
                    .find(use.base().image())
                    .map(place -> Objects.requireNonNull(Location.parse(place).digest()))
                    .ifPresent(digest -> add(use.base(), Objects.requireNonNull(entries.get(digest))));
        }
        return this;
    }

    /** The images, each place once. */
    List<MirroredImage> images() {
        return new ArrayList<>(byPlace.values());
    }

    /** Where the images are by this plan, in the form that {@code pull} writes. */
    RelocationMap relocationMap() {
        return new RelocationMap(map);
    }

    private static Map<Digest, Descriptor> entries(BundleIndex index) {
        Map<Digest, Descriptor> entries = new HashMap<>();
        Stream.concat(index.components().values().stream(), index.invocationImages().stream())
                .forEach(entry -> entries.put(entry.digest(), entry.identity()));
        return entries;
    }

    private void add(BaseImage image, Descriptor descriptor) {
        Location place = place(image);
        Digest digest = descriptor.digest();
        map.put(image.image(), place.withDigest(digest).familiar());
        if (place.repositoryOnly().equals(bundlesRepository)) {
            return;
        }
        byPlace.putIfAbsent(place.pinnedTo(digest), new MirroredImage(image.image(), place, descriptor));
    }

    private Location place(BaseImage image) {
        Location name;
        try {
            name = Location.parse(image.image());
        } catch (InvalidInputException noName) {
            return bundlesRepository;
        }
        if (!(name instanceof RegistryLocation registry)) {
            return bundlesRepository;
        }
        try {
            Reference reference = registry.reference();
            return surroundings.place(
                    reference.tag() == null && reference.digest() == null ? reference.orLatest() : reference);
        } catch (CnabException noPlace) {
            throw new FixupException(
                    noPlace.code(),
                    image.image(),
                    "there is no repository for image " + Excerpt.quoted(image.image()) + ": " + noPlace.getMessage(),
                    noPlace.hint().orElse(null),
                    List.of(noPlace));
        }
    }
}
