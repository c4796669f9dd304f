/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.page;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredBlob;
import io.github.cnab4j.server.storage.StoredManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what is to be said of the manifests of a repository; never more than a bounded part of it. */
final class Summaries {
    private static final int LARGEST_CONFIG = 1 << 20;
    private static final int MOST_CHILDREN = 100;
    /** A bundle lists indexes, which list images. */
    private static final int DEEPEST = 2;

    private final RepositoryStorage repository;

    Summaries(RepositoryStorage repository) {
        this.repository = repository;
    }

    Summary of(StoredManifest manifest) throws IOException {
        Optional<JsonObject> json = parse(manifest.bytes());
        if (json.isEmpty()) {
            return new Summary("unknown", "", "", List.of(), manifest.size());
        }
        JsonObject annotations = json.get().object("annotations").orElse(JsonObject.empty());
        Set<String> platforms = new LinkedHashSet<>();
        long bytes = manifest.size() + children(json.get(), platforms, 0);
        boolean bundle = annotations.has("io.cnab.runtime_version");
        return new Summary(
                kind(json.get(), bundle),
                title(annotations),
                annotations.string("org.opencontainers.image.description").orElse(""),
                List.copyOf(platforms),
                bytes);
    }

    private static String kind(JsonObject json, boolean bundle) {
        if (bundle) {
            return "CNAB bundle";
        }
        Optional<String> artifact = json.string("artifactType");
        if (artifact.isPresent()) {
            return artifact.get();
        }
        return json.has("manifests") ? "images" : "image";
    }

    private static String title(JsonObject annotations) {
        return Stream.of("org.opencontainers.image.title", "org.opencontainers.image.version")
                .flatMap(name -> annotations.string(name).stream())
                .collect(Collectors.joining(" "));
    }

    /** Adds the platforms, and gives the bytes, of what a manifest names. */
    private long children(JsonObject json, Set<String> platforms, int depth) throws IOException {
        long bytes = 0;
        int count = 0;
        for (JsonObject child : objects(json, "manifests")) {
            bytes += size(child);
            child.object("platform").ifPresent(platform -> addPlatform(platform, platforms));
            Optional<Digest> digest = child.string("digest").flatMap(Digest::parse);
            if (digest.isPresent() && depth < DEEPEST && count++ < MOST_CHILDREN) {
                bytes += grandchildren(digest.get(), platforms, depth + 1);
            }
        }
        bytes += objects(json, "layers").stream().mapToLong(Summaries::size).sum();
        Optional<JsonObject> config = json.object("config");
        if (config.isPresent()) {
            bytes += size(config.get());
            addPlatformOfConfig(config.get(), platforms);
        }
        return bytes;
    }

    private long grandchildren(Digest digest, Set<String> platforms, int depth) throws IOException {
        Optional<JsonObject> child = repository.manifest(digest).flatMap(manifest -> parse(manifest.bytes()));
        return child.isEmpty() ? 0 : children(child.get(), platforms, depth);
    }

    private void addPlatformOfConfig(JsonObject config, Set<String> platforms) throws IOException {
        Optional<Digest> digest = config.string("digest").flatMap(Digest::parse);
        boolean image = config.string("mediaType")
                .filter(type -> type.endsWith(".image.config.v1+json") || type.endsWith(".container.image.v1+json"))
                .isPresent();
        if (image && digest.isPresent() && size(config) <= LARGEST_CONFIG) {
            Optional<StoredBlob> blob = repository.blob(digest.get()).filter(found -> found.size() <= LARGEST_CONFIG);
            if (blob.isPresent()) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                blob.get().copyTo(content, 0, blob.get().size());
                parse(content.toByteArray()).ifPresent(json -> addPlatform(json, platforms));
            }
        }
    }

    private static void addPlatform(JsonObject json, Set<String> platforms) {
        String text = Stream.of("os", "architecture", "variant")
                .flatMap(name -> json.string(name).stream())
                .filter(part -> !part.isEmpty() && !part.equals("unknown"))
                .collect(Collectors.joining("/"));
        if (text.indexOf('/') > 0) {
            platforms.add(text);
        }
    }

    private static long size(JsonObject descriptor) {
        return descriptor.get("size") instanceof JsonNumber number
                ? Math.max(0, number.toLong().orElse(0))
                : 0;
    }

    private static List<JsonObject> objects(JsonObject json, String name) {
        return json.array(name).orElse(JsonArray.empty()).elements().stream()
                .flatMap(value -> value instanceof JsonObject object ? Stream.of(object) : Stream.empty())
                .toList();
    }

    private static Optional<JsonObject> parse(byte[] content) {
        try {
            return Optional.of(JsonReader.readObject(content, JsonLimits.MANIFEST));
        } catch (InvalidInputException notJson) {
            return Optional.empty();
        }
    }
}
