/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.InvocationImage;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pairs the images of a bundle with the entries of its index. */
final class Relocator {
    private final BundleIndex index;
    private final Bundle bundle;
    private final Location repository;
    private final Map<String, Digest> places = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> surplus = new ArrayList<>();

    Relocator(BundleIndex index, Bundle bundle, Location repository) {
        this.index = index;
        this.bundle = bundle;
        this.repository = repository;
    }

    Relocation relocate() {
        invocationImages();
        components();
        Map<String, String> map = new LinkedHashMap<>();
        places.forEach(
                (image, digest) -> map.put(image, repository.withDigest(digest).familiar()));
        return new Relocation(new RelocationMap(map), missing, surplus);
    }

    private void invocationImages() {
        List<BaseImage> images =
                bundle.invocationImages().stream().map(InvocationImage::base).toList();
        List<Descriptor> entries = index.invocationImages();
        List<@Nullable Descriptor> found = byContent(images, entries);
        Set<Descriptor> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        found.stream().filter(Objects::nonNull).forEach(taken::add);
        Deque<Descriptor> rest = new ArrayDeque<>(
                entries.stream().filter(entry -> !taken.contains(entry)).toList());
        for (int i = 0; i < images.size(); i++) {
            Descriptor byContent = found.get(i);
            Descriptor entry = byContent != null ? byContent : rest.poll();
            if (entry == null) {
                missing.add("the index has no entry for the invocation image "
                        + Excerpt.quoted(images.get(i).image()));
            } else {
                place(images.get(i), entry);
            }
        }
        rest.forEach(entry ->
                surplus.add("the index has an invocation image that the bundle does not have: " + entry.digest()));
    }

    /** For each image the entry of its content digest, each entry for one image. */
    private static List<@Nullable Descriptor> byContent(List<BaseImage> images, List<Descriptor> entries) {
        Map<String, Deque<Descriptor>> byDigest = new HashMap<>();
        entries.forEach(entry -> byDigest.computeIfAbsent(entry.digest().toString(), digest -> new ArrayDeque<>())
                .add(entry));
        List<@Nullable Descriptor> found = new ArrayList<>();
        for (BaseImage image : images) {
            Deque<Descriptor> same = byDigest.get(image.contentDigest());
            found.add(same == null ? null : same.poll());
        }
        return found;
    }

    private void components() {
        index.components().forEach((name, entry) -> {
            if (!bundle.images().containsKey(name)) {
                throw invalid(
                        "the index has the component " + Excerpt.quoted(name) + ", which the bundle does not have");
            }
        });
        bundle.images().forEach((name, image) -> {
            Descriptor entry = index.components().get(name);
            if (entry == null) {
                missing.add("the index has no entry for the component " + Excerpt.quoted(name));
            } else {
                place(image.base(), entry);
            }
        });
    }

    private void place(BaseImage image, Descriptor entry) {
        Digest other = places.putIfAbsent(image.image(), entry.digest());
        if (other != null && !other.equals(entry.digest())) {
            throw invalid("two images of the bundle are named " + Excerpt.quoted(image.image())
                    + " and have different digests in the index: " + other + " and " + entry.digest());
        }
    }

    private static InvalidInputException invalid(String why) {
        return new InvalidInputException(
                ErrorCode.INVALID_MANIFEST,
                "the index does not fit its bundle: " + why,
                "Push the bundle again: its index names other images than it has.");
    }
}
