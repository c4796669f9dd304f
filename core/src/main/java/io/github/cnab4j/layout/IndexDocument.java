/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in a layout's {@code index.json}. Whatever this library does not know or cannot read stays as it is, in its place,
 * when the document is changed and written.
 */
final class IndexDocument {
    /** Room for some 30,000 entries. */
    static final JsonLimits LIMITS = JsonLimits.MANIFEST.withMaxBytes(8 << 20);

    private static final String MANIFESTS = "manifests";
    private static final String MEDIA_TYPE = "mediaType";
    private static final Set<String> MEMBERS =
            Set.of("schemaVersion", MEDIA_TYPE, "artifactType", MANIFESTS, "subject", "annotations");
    private static final int SHOWN = 8;

    private final JsonObject json;
    private final List<IndexEntry> entries;
    private final Map<String, Descriptor> byName = new LinkedHashMap<>();
    private final Map<Digest, Descriptor> byDigest = new LinkedHashMap<>();

    private volatile @Nullable ImageNames images;

    private IndexDocument(JsonObject json) {
        this.json = json;
        this.entries = elements(json).stream()
                .flatMap(element -> IndexEntry.of(element).stream())
                .toList();
        for (IndexEntry entry : entries) {
            String name = entry.name();
            if (name != null) {
                byName.putIfAbsent(name, entry.descriptor().identity());
            }
            byDigest.putIfAbsent(entry.descriptor().digest(), entry.descriptor().identity());
        }
    }

    /** The index of a layout without content. */
    static IndexDocument empty() {
        return new IndexDocument(JsonObject.builder()
                .put("schemaVersion", 2)
                .put(MEDIA_TYPE, MediaType.OCI_INDEX.value())
                .put(MANIFESTS, JsonArray.empty())
                .build());
    }

    /** The index of these images, each an entry whether others have its digest or not. */
    static IndexDocument of(List<ArchiveTarget.NamedImage> images) {
        IndexDocument empty = empty();
        return empty.withElements(images.stream()
                .<JsonValue>map(
                        image -> IndexEdit.named(image.manifest().identity().toJson(), image.name()))
                .toList());
    }

    /** This document, and after its entries those of another one. */
    IndexDocument and(IndexDocument other) {
        return elements(other.json).isEmpty()
                ? this
                : withElements(Stream.concat(elements(json).stream(), elements(other.json).stream())
                        .toList());
    }

    /** This document with its entries in the order of their names, whatever order they came in. */
    IndexDocument inOrderOfNames() {
        return withElements(elements(json).stream()
                .sorted(Comparator.comparing(
                        element -> IndexEntry.of(element).map(IndexEntry::name).orElse("")))
                .toList());
    }

    /**
     * Reads the document.
     *
     * @throws InvalidInputException if it is not JSON, not an index, or above the limits
     */
    static IndexDocument parse(byte[] content) {
        JsonObject json = JsonReader.readObject(content, LIMITS);
        if (!JsonNumber.of(2).equals(json.get("schemaVersion"))) {
            throw new InvalidInputException(ErrorCode.INVALID_MANIFEST, "member \"schemaVersion\" is not 2");
        }
        JsonValue manifests = json.get(MANIFESTS);
        if (!(manifests instanceof JsonArray) && manifests != JsonNull.NULL) {
            throw new InvalidInputException(ErrorCode.INVALID_MANIFEST, "member \"manifests\" is not an array");
        }
        return new IndexDocument(json);
    }

    /**
     * The document's bytes.
     *
     * @throws InvalidInputException if there are more than a reader of this library takes
     */
    byte[] toBytes() {
        byte[] content = GoJson.write(json);
        if (content.length > LIMITS.maxBytes()) {
            throw new InvalidInputException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "index.json would have " + content.length + " bytes, the limit is " + LIMITS.maxBytes(),
                    "Spread the images over several layouts.");
        }
        return content;
    }

    /**
     * All entries, each as it can be used.
     *
     * @throws InvalidInputException if one cannot be read or is no manifest, or the document says that it is something else
     */
    List<WholeLayout.Root> requireRoots() {
        JsonValue type = json.get(MEDIA_TYPE);
        if (type != null && !new JsonString(MediaType.OCI_INDEX.value()).equals(type)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_MANIFEST, "its member \"mediaType\" is not " + MediaType.OCI_INDEX);
        }
        List<WholeLayout.Root> roots = new ArrayList<>();
        for (JsonValue element : elements(json)) {
            IndexEntry entry = IndexEntry.of(element)
                    .filter(readable -> readable.descriptor().mediaType().isManifest())
                    .orElseThrow(() -> new InvalidInputException(
                            ErrorCode.INVALID_MANIFEST,
                            "entry " + (roots.size() + 1) + " of its manifests is no descriptor of a manifest"));
            roots.add(new WholeLayout.Root(entry.name(), entry.descriptor().identity()));
        }
        return roots;
    }

    /** Members that an index does not have. */
    List<String> unknownMembers() {
        return json.members().keySet().stream()
                .filter(name -> !MEMBERS.contains(name))
                .toList();
    }

    /** The names of all entries, each once, in their order. */
    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The first entry of the name, its identity only. */
    Optional<Descriptor> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The first entry of the digest, its identity only. */
    Optional<Descriptor> of(Digest digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    /** Finds an image by its full name. */
    ImageNames images() {
        ImageNames known = images;
        if (known == null) {
            known = new ImageNames(entries);
            images = known;
        }
        return known;
    }

    /**
     * This document with the name at the manifest and nowhere else: the same object if it is there already. An entry of the
     * manifest that has the name or none is preferred, then the place of the entry that had the name, then the end. An entry
     * that loses the name goes, unless it has a name of another kind.
     */
    IndexDocument withName(String name, Descriptor manifest) {
        List<Optional<IndexEntry>> places =
                elements(json).stream().map(IndexEntry::of).toList();
        int place = first(places, entry -> entry.identifies(manifest) && entry.isNamed(name));
        if (place < 0) {
            place = first(places, entry -> entry.identifies(manifest) && entry.name() == null);
        }
        boolean own = place >= 0;
        if (!own) {
            place = first(places, entry -> entry.isNamed(name) && !entry.hasOtherName());
        }
        List<JsonValue> changed = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            JsonValue element = elements(json).get(i);
            if (i == place) {
                changed.add(IndexEdit.named(
                        own ? (JsonObject) element : manifest.identity().toJson(), name));
            } else if (places.get(i).filter(entry -> entry.isNamed(name)).isEmpty()) {
                changed.add(element);
            } else if (places.get(i).filter(IndexEntry::hasOtherName).isPresent()) {
                changed.add(IndexEdit.unnamed((JsonObject) element));
            }
        }
        if (place < 0) {
            changed.add(IndexEdit.named(manifest.identity().toJson(), name));
        }
        return changed.equals(elements(json)) ? this : withElements(changed);
    }

    /** This document with an entry for each manifest that has none yet. */
    IndexDocument withEntries(Iterable<Descriptor> manifests) {
        List<JsonValue> changed = new ArrayList<>(elements(json));
        Set<Digest> known = new LinkedHashSet<>(byDigest.keySet());
        for (Descriptor manifest : manifests) {
            if (known.add(manifest.digest())) {
                changed.add(manifest.identity().toJson());
            }
        }
        return changed.size() == elements(json).size() ? this : withElements(changed);
    }

    /** This document with many changes at once: the same object if they change nothing. */
    IndexDocument with(IndexChange change) {
        List<JsonValue> changed = IndexEdit.apply(change, elements(json));
        return changed.equals(elements(json)) ? this : withElements(changed);
    }

    /** What can be read of it. */
    LayoutEntries entries() {
        return new LayoutEntries(Collections.unmodifiableMap(byName), List.copyOf(byDigest.values()));
    }

    /** What the document has, for somebody whose name it does not have. */
    String contents() {
        if (!byName.isEmpty()) {
            return byName.keySet().stream()
                    .limit(SHOWN)
                    .map(Excerpt::quoted)
                    .collect(Collectors.joining(", ", "The layout has ", byName.size() > SHOWN ? ", …" : "."));
        }
        return byDigest.isEmpty()
                ? "The layout is empty."
                : "No image of the layout has a name; one is "
                        + byDigest.keySet().iterator().next() + ".";
    }

    private static int first(List<Optional<IndexEntry>> places, Predicate<IndexEntry> condition) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).filter(condition).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private IndexDocument withElements(List<JsonValue> elements) {
        return new IndexDocument(json.with(MANIFESTS, new JsonArray(elements)));
    }

    private static List<JsonValue> elements(JsonObject json) {
        return json.array(MANIFESTS).orElse(JsonArray.empty()).elements();
    }
}
