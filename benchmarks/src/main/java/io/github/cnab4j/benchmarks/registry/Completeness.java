/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.registry;

import io.github.cnab4j.benchmarks.json.Json;
import io.github.cnab4j.benchmarks.workload.Content;
import io.github.cnab4j.benchmarks.workload.WorkloadContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a repository holds all of a workload, so that a run which did less does not count as fast. */
public final class Completeness {
    private final RegistryHttp registry;
    private final String repository;
    private final WorkloadContent expected;

    /** Looks into one repository. */
    public Completeness(RegistryHttp registry, String repository, WorkloadContent expected) {
        this.registry = registry;
        this.repository = repository;
        this.expected = expected;
    }

    /** The first thing that is missing or has the wrong size, if there is one: all images with all that they point to. */
    public Optional<String> missingImage() throws IOException {
        for (Content manifest : expected.manifests()) {
            Optional<String> missing =
                    compare("manifest", manifest, registry.manifestSize(repository, manifest.digest()));
            if (missing.isPresent()) {
                return missing;
            }
        }
        for (Content blob : expected.blobs()) {
            Optional<String> missing = compare("blob", blob, registry.blobSize(repository, blob.digest()));
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    /**
     * What keeps the bundle from being complete, if anything does: the bundle index names every image, and what it points to
     * beside them is there, and so are the images.
     *
     * @param tag the tag of the bundle index
     */
    public Optional<String> missingOfBundle(String tag) throws IOException {
        List<Content> entries = contents(registry.manifest(repository, tag)).toList();
        Set<String> named = entries.stream().map(Content::digest).collect(Collectors.toSet());
        for (WorkloadContent.Image image : expected.images()) {
            if (!named.contains(image.root().digest())) {
                return Optional.of("the index does not name " + image.repository());
            }
        }
        Set<String> known = expected.manifests().stream().map(Content::digest).collect(Collectors.toSet());
        List<Content> others = new ArrayList<>(entries);
        others.removeIf(entry -> known.contains(entry.digest()));
        for (Content other : others) {
            if (registry.manifestSize(repository, other.digest()).isEmpty()) {
                return Optional.of("manifest " + other.digest() + " is missing");
            }
            for (Content blob :
                    contents(registry.manifest(repository, other.digest())).toList()) {
                Optional<String> missing = compare("blob", blob, registry.blobSize(repository, blob.digest()));
                if (missing.isPresent()) {
                    return missing;
                }
            }
        }
        return missingImage();
    }

    private static Stream<Content> contents(byte[] manifest) {
        Map<String, Object> json = Json.readObject(manifest);
        Stream<Map<String, Object>> config =
                json.containsKey("config") ? Stream.of(Json.object(json.get("config"))) : Stream.empty();
        return Stream.of(
                        config, Json.objects(json.get("layers")).stream(), Json.objects(json.get("manifests")).stream())
                .flatMap(descriptors -> descriptors)
                .map(Content::of);
    }

    private static Optional<String> compare(String kind, Content content, Optional<Long> size) {
        if (size.isEmpty()) {
            return Optional.of(kind + " " + content.digest() + " is missing");
        }
        return size.get() == content.size()
                ? Optional.empty()
                : Optional.of(kind + " " + content.digest() + " has " + size.get() + " bytes, not " + content.size());
    }
}
