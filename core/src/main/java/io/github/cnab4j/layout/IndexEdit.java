/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes an {@link IndexChange} in one pass over the entries, whose order and unknown members stay. */
final class IndexEdit {
    private static final String ANNOTATIONS = "annotations";

    private final IndexChange change;
    /** Names that have not found their place yet. */
    private final Map<String, Descriptor> open;

    private final List<JsonValue> kept = new ArrayList<>();
    private final Set<Digest> present = new HashSet<>();

    private IndexEdit(IndexChange change) {
        this.change = change;
        this.open = new HashMap<>(change.names());
    }

    static List<JsonValue> apply(IndexChange change, List<JsonValue> elements) {
        IndexEdit edit = new IndexEdit(change);
        elements.forEach(edit::take);
        return edit.finish();
    }

    private void take(JsonValue element) {
        Optional<IndexEntry> read = IndexEntry.of(element);
        if (read.isEmpty()) {
            kept.add(element);
            return;
        }
        IndexEntry entry = read.get();
        Digest digest = entry.descriptor().digest();
        String name = entry.name();
        if (change.removed().contains(digest)) {
            return;
        }
        if (name == null) {
            if (entry.hasOtherName() || !change.unlisted().contains(digest)) {
                keep(digest, element);
            }
        } else if (change.names().containsKey(name)) {
            takeNamed((JsonObject) element, entry, name);
        } else if (!change.withoutNames().contains(name)) {
            keep(digest, element);
        } else if (entry.hasOtherName()) {
            keep(digest, unnamed((JsonObject) element));
        }
    }

    /** The first entry of a name that changes is where its manifest is listed; further ones of that name go. */
    private void takeNamed(JsonObject element, IndexEntry entry, String name) {
        Descriptor manifest = open.get(name);
        if (manifest != null && entry.identifies(manifest)) {
            open.remove(name);
            keep(manifest.digest(), element);
        } else if (entry.hasOtherName()) {
            keep(entry.descriptor().digest(), unnamed(element));
        } else if (manifest != null) {
            open.remove(name);
            keep(manifest.digest(), named(manifest, name));
        }
    }

    private List<JsonValue> finish() {
        for (String name : change.names().keySet()) {
            Descriptor manifest = open.get(name);
            if (manifest != null) {
                keep(manifest.digest(), named(manifest, name));
            }
        }
        for (Descriptor manifest : change.listed()) {
            if (!present.contains(manifest.digest())) {
                keep(manifest.digest(), manifest.identity().toJson());
            }
        }
        return kept;
    }

    private void keep(Digest digest, JsonValue element) {
        kept.add(element);
        present.add(digest);
    }

    private static JsonObject named(Descriptor manifest, String name) {
        return named(manifest.identity().toJson(), name);
    }

    static JsonObject named(JsonObject entry, String name) {
        JsonObject annotations = entry.object(ANNOTATIONS).orElse(JsonObject.empty());
        return entry.with(ANNOTATIONS, annotations.with(IndexEntry.REF_NAME, new JsonString(name)));
    }

    static JsonObject unnamed(JsonObject entry) {
        JsonObject annotations = entry.object(ANNOTATIONS).orElse(JsonObject.empty());
        return entry.with(ANNOTATIONS, annotations.without(IndexEntry.REF_NAME));
    }
}
