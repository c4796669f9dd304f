/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.ImageManifest;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.oci.NodeKey;
import io.github.cnab4j.signature.SignatureTags;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.ResolvedManifest;
import io.github.cnab4j.store.WritableStore;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What refers to manifests of one store: by the store's own lists, or else by the referrers tag schema of the OCI distribution
 * specification 1.1, where each subject has an index under a tag made from its digest.
 *
 * @param limit most bytes of an index
 * @param tags the store's tags; null if they are not known
 */
record ReferrerIndex(
        CallScope scope,
        ReadableStore store,
        int limit,
        @Nullable Set<String> tags) {
    /** How often an index is put again that somebody else has put meanwhile. */
    private static final int MOST_PUTS = 5;

    /** What refers to a manifest, each once, as the store or the index tells it. */
    List<Descriptor> of(Digest subject) {
        Set<Digest> told = new HashSet<>();
        return store
                .referrers(scope, subject)
                .orElseGet(() -> index(subject).map(IndexManifest::manifests).orElse(List.of()))
                .stream()
                .filter(referrer -> told.add(referrer.digest()))
                .toList();
    }

    /** Whether there may be such a tag. */
    boolean mayHave(String tag) {
        return tags == null || tags.contains(tag);
    }

    private Optional<IndexManifest> index(Digest subject) {
        ResolvedManifest found;
        String tag = SignatureTags.referrers(subject);
        if (!mayHave(tag)) {
            return Optional.empty();
        }
        try {
            found = store.resolveAndRead(scope, tag, limit);
        } catch (NotFoundException none) {
            return Optional.empty();
        }
        Manifest manifest = Manifest.parse(found.descriptor().mediaType(), found.content());
        if (manifest instanceof IndexManifest index) {
            return Optional.of(index);
        }
        throw new InvalidInputException(
                ErrorCode.INVALID_MANIFEST,
                store.id() + ":" + tag + " is no index, and under this tag an index of referrers has to be");
    }

    /**
     * Sees to it that manifests, which are there, are found as what refers to their subject.
     *
     * @param target the same store
     * @param digests their digests
     * @param entries their descriptors, as an index has them; asked for where there has to be one
     * @throws RejectedException if others put the index again and again, so that these are not in it
     */
    void add(
            WritableStore target,
            Digest subject,
            Set<Digest> digests,
            Supplier<? extends Collection<Descriptor>> entries) {
        if (target.listsReferrers(scope, subject, digests)) {
            return;
        }
        Collection<Descriptor> referrers = entries.get();
        for (int puts = 0; puts < MOST_PUTS; puts++) {
            IndexManifest present = index(subject).orElse(null);
            List<JsonValue> all = with(present, referrers);
            if (present != null && all.size() == present.manifests().size()) {
                return;
            }
            put(target, subject, all);
        }
        IndexManifest last = index(subject).orElse(null);
        if (last == null || with(last, referrers).size() > last.manifests().size()) {
            String tag = SignatureTags.referrers(subject);
            throw new RejectedException(
                    409,
                    List.of(),
                    "PUT " + tag,
                    store.id() + ":" + tag + ", the index of what refers to " + subject
                            + ", was put by others as often as by us, and what refers to it is not listed there",
                    "Run again when nobody else signs or copies to this repository.");
        }
    }

    private static List<JsonValue> with(@Nullable IndexManifest present, Collection<Descriptor> referrers) {
        List<JsonValue> entries = new ArrayList<>();
        Set<NodeKey> known = new HashSet<>();
        if (present != null) {
            present.json().array("manifests").orElse(JsonArray.empty()).forEach(entries::add);
            present.manifests().forEach(entry -> known.add(entry.key()));
        }
        referrers.stream().filter(referrer -> known.add(referrer.key())).forEach(entry -> entries.add(entry.toJson()));
        return entries;
    }

    private void put(WritableStore target, Digest subject, List<JsonValue> entries) {
        byte[] index = GoJson.write(JsonObject.builder()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_INDEX.value())
                .put("manifests", new JsonArray(entries))
                .build());
        target.push(
                scope,
                Descriptor.of(MediaType.OCI_INDEX, index),
                inner -> new ByteArrayInputStream(index),
                PushHints.NONE.withTags(List.of(SignatureTags.referrers(subject))));
    }

    /** How an index of referrers names a manifest: with its artifact type, and all annotations of it. */
    static Descriptor entry(MediaType mediaType, byte[] content) {
        Manifest manifest = Manifest.parse(mediaType, content);
        String type = null;
        Map<String, String> annotations = Map.of();
        if (manifest instanceof ImageManifest image) {
            String own = image.artifactType();
            type = own == null ? image.config().mediaType().value() : own;
            annotations = image.annotations();
        } else if (manifest instanceof IndexManifest index) {
            type = index.artifactType();
            annotations = index.annotations();
        }
        Descriptor plain = Descriptor.of(mediaType, content);
        return new Descriptor(
                mediaType, plain.digest(), plain.size(), List.of(), annotations, null, type, JsonObject.empty());
    }
}
