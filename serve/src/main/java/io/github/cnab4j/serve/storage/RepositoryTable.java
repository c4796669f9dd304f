/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.layout.IndexChange;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.server.storage.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * What a repository has, in memory, and what of it {@code index.json} does not show yet. Does no I/O.
 *
 * <p>{@code index.json} shows each tag, and without a name each manifest that has no tag and that no index lists: so everything can
 * be reached from it, and it is no longer than it has to be. Reading is safe at any time; changes are made one at a time.
 */
final class RepositoryTable {
    private static final Comparator<Digest> ORDER = Comparator.comparing(Digest::toString);

    private final Map<Digest, KnownManifest> manifests = new ConcurrentHashMap<>();
    private final NavigableMap<String, Digest> tags = new ConcurrentSkipListMap<>();
    private final Map<Digest, Set<Digest>> referrers = new ConcurrentHashMap<>();
    /** How many indexes list a manifest, and how many tags mean it. */
    private final Map<Digest, Integer> parents = new HashMap<>();

    private final Map<Digest, Integer> tagged = new HashMap<>();

    private final Map<String, Optional<Digest>> changedTags = new LinkedHashMap<>();
    private final Set<Digest> changed = new LinkedHashSet<>();
    private final Set<Digest> dropped = new HashSet<>();

    Optional<KnownManifest> manifest(Digest digest) {
        return Optional.ofNullable(manifests.get(digest));
    }

    Collection<KnownManifest> manifests() {
        return manifests.values();
    }

    Optional<Digest> tag(String tag) {
        return Optional.ofNullable(tags.get(tag));
    }

    List<String> tags(@Nullable String after, int limit) {
        NavigableMap<String, Digest> rest = after == null ? tags : tags.tailMap(after, false);
        return rest.keySet().stream().limit(limit).toList();
    }

    Map<String, Digest> tags() {
        return tags;
    }

    List<Digest> referrers(Digest subject) {
        return List.copyOf(referrers.getOrDefault(subject, Set.of()));
    }

    /** How many entries {@code index.json} has, about. */
    int size() {
        return tags.size() + manifests.size();
    }

    boolean hasUnshown() {
        return !changedTags.isEmpty() || !changed.isEmpty() || !dropped.isEmpty();
    }

    void apply(JournalRecord record) {
        if (record instanceof JournalRecord.Put put) {
            put(put.manifest(), put.tags());
        } else if (record instanceof JournalRecord.Untag untag) {
            changeTag(untag.tag(), null);
        } else if (record instanceof JournalRecord.Drop drop) {
            drop(drop.digest());
        } else {
            changedTags.clear();
            changed.clear();
            dropped.clear();
        }
    }

    private void put(KnownManifest manifest, Collection<String> newTags) {
        learn(manifest);
        dropped.remove(manifest.digest());
        changed.add(manifest.digest());
        changed.addAll(manifest.children());
        newTags.forEach(tag -> changeTag(tag, manifest.digest()));
    }

    /** Takes up a manifest that is there, without a change of the repository. */
    void learn(KnownManifest manifest) {
        KnownManifest before = manifests.put(manifest.digest(), manifest);
        if (before != null) {
            unlink(before);
        }
        manifest.children().forEach(child -> parents.merge(child, 1, Integer::sum));
        Digest subject = manifest.subject();
        if (subject != null) {
            referrers
                    .computeIfAbsent(subject, unused -> new ConcurrentSkipListSet<>(ORDER))
                    .add(manifest.digest());
        }
    }

    private void unlink(KnownManifest manifest) {
        manifest.children().forEach(child -> subtractOne(parents, child));
        Digest subject = manifest.subject();
        if (subject != null) {
            referrers.getOrDefault(subject, Set.of()).remove(manifest.digest());
        }
    }

    private void drop(Digest digest) {
        List<String> names = new ArrayList<>();
        tags.forEach((tag, meant) -> {
            if (meant.equals(digest)) {
                names.add(tag);
            }
        });
        names.forEach(tag -> changeTag(tag, null));
        KnownManifest gone = manifests.remove(digest);
        if (gone != null) {
            unlink(gone);
            changed.addAll(gone.children());
        }
        changed.remove(digest);
        dropped.add(digest);
    }

    private void changeTag(String tag, @Nullable Digest digest) {
        Digest before = setTag(tag, digest);
        if (before != null) {
            changed.add(before);
        }
        changedTags.put(tag, Optional.ofNullable(digest));
    }

    private @Nullable Digest setTag(String tag, @Nullable Digest digest) {
        Digest before = digest == null ? tags.remove(tag) : tags.put(tag, digest);
        if (before != null) {
            subtractOne(tagged, before);
        }
        if (digest != null) {
            tagged.merge(digest, 1, Integer::sum);
        }
        return before;
    }

    private static void subtractOne(Map<Digest, Integer> counts, Digest digest) {
        counts.computeIfPresent(digest, (key, count) -> count > 1 ? count - 1 : null);
    }

    /** Takes over the tags that {@code index.json} shows, but for those whose changes it does not show yet. */
    void show(Map<String, Digest> shown) {
        Map<String, Digest> wanted = new HashMap<>(shown);
        changedTags.forEach(
                (tag, digest) -> digest.ifPresentOrElse(meant -> wanted.put(tag, meant), () -> wanted.remove(tag)));
        for (String tag : List.copyOf(tags.keySet())) {
            if (!wanted.containsKey(tag)) {
                setTag(tag, null);
            }
        }
        wanted.forEach((tag, digest) -> {
            if (!digest.equals(tags.get(tag))) {
                setTag(tag, digest);
            }
        });
    }

    /** What has to change in {@code index.json} for it to show everything. */
    IndexChange unshown() {
        Map<String, Descriptor> names = new LinkedHashMap<>();
        Set<String> withoutNames = new HashSet<>();
        changedTags.forEach((tag, digest) -> digest.flatMap(this::manifest)
                .ifPresentOrElse(manifest -> names.put(tag, manifest.descriptor()), () -> withoutNames.add(tag)));
        Set<io.github.cnab4j.oci.Digest> removed = new HashSet<>();
        dropped.forEach(digest -> removed.add(Digests.ofLibrary(digest)));
        List<Descriptor> listed = new ArrayList<>();
        Set<io.github.cnab4j.oci.Digest> unlisted = new HashSet<>();
        for (Digest digest : changed) {
            if (needsEntry(digest)) {
                manifest(digest).ifPresent(manifest -> listed.add(manifest.descriptor()));
            } else {
                unlisted.add(Digests.ofLibrary(digest));
            }
        }
        return new IndexChange(names, withoutNames, removed, listed, unlisted);
    }

    private boolean needsEntry(Digest digest) {
        return manifests.containsKey(digest) && !parents.containsKey(digest) && !tagged.containsKey(digest);
    }

    /** The records that make this table, for a journal without what is past. */
    List<JournalRecord> records() {
        List<JournalRecord> records = new ArrayList<>();
        manifests.values().stream()
                .sorted(Comparator.comparing(KnownManifest::digest, ORDER))
                .forEach(manifest -> records.add(new JournalRecord.Put(manifest, List.of())));
        records.add(new JournalRecord.Shown());
        return records;
    }
}
