/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.NodeKey;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.Inquiry;
import io.github.cnab4j.transfer.TaggedManifest;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The planning of one fixup, as steps of a copy session. First all images are looked for at once; when each was found and
 * agrees with the bundle, the local engine pushes what only it has; then the bundle is complete and nothing can change it any
 * more. The session moves no byte before the last of these steps has ended.
 */
final class FixupRun {
    /** A manifest, a configuration and a layer. */
    private static final int LEAST_CONTENTS = 3;

    private final Context context;
    private final Location target;
    private final WritableStore store;
    private final FixupOptions options;
    private final Bundle bundle;
    private final List<ImageGroup> groups;
    private final FixupEvents events;
    private final AtomicInteger unfound;
    private final Map<ImageGroup, ImageFinder.OnEngine> onEngine = new ConcurrentHashMap<>();
    private final Map<ImageGroup, Ready> ready = new ConcurrentHashMap<>();
    private final Queue<ImageGroup> named = new ConcurrentLinkedQueue<>();
    private volatile @Nullable TaggedManifest tagged;

    /** What follows when all images are known, before the first byte moves. */
    interface Sequel {
        /** The index that will get the bundle's tag, if one will. */
        Optional<NodeKey> index(Fixed fixed);

        /** Adds the rest to the copy. */
        void add(CopySession session, Fixed fixed);
    }

    /** An image that agrees with the bundle, and what it will be in the target: less than what was found if it was filtered. */
    private record Ready(Descriptor found, FoundImage image) {
        boolean filtered() {
            return !found.digest().equals(image.descriptor().digest());
        }

        boolean nothingToDo() {
            return image.inTarget() && !filtered();
        }
    }

    FixupRun(Context context, Bundle bundle, Location target, FixupOptions options, FixupEvents events) {
        this.context = context;
        this.bundle = bundle;
        this.target = target;
        this.store = context.stores().target(target);
        this.options = options;
        this.events = events;
        this.groups = events.groups();
        this.unfound = new AtomicInteger(groups.size());
    }

    /**
     * Adds the steps to a session.
     *
     * @param sequel asked by a worker of the session
     */
    void plan(CopySession session, Sequel sequel) {
        warmUpSources(session);
        session.inquire(target.toString(), store, inquiry(), answer -> {
            tagged = answer.tagged();
            if (answer.lacksAll()) {
                session.warmUp(store, LEAST_CONTENTS * groups.size());
            }
            ImageFinder finder = new ImageFinder(context.within(session.scope()), store, options, answer.lacksAll());
            plan(session, finder, sequel);
        });
    }

    /** While the target is asked what it is. */
    private void warmUpSources(CopySession session) {
        ImageFinder finder = new ImageFinder(context, store, options, false);
        Map<String, List<ReadableStore>> byHost = groups.stream()
                .flatMap(group -> finder.place(group).stream())
                .collect(Collectors.groupingBy(place -> place.id().host()));
        byHost.values().forEach(places -> session.warmUp(places.get(0), places.size()));
    }

    /** The digest that the bundle gives may not be the image's any more, but mostly it is. */
    private Inquiry inquiry() {
        Optional<Descriptor> likely =
                groups.stream().flatMap(group -> group.described().stream()).findFirst();
        return new Inquiry(target.digest() == null ? target.tag() : null, likely.orElse(null));
    }

    private void plan(CopySession session, ImageFinder finder, Sequel sequel) {
        for (ImageGroup group : groups) {
            session.plan(
                    group.shown(),
                    finder.place(group).map(place -> Set.of(place.id())).orElse(Set.of()),
                    () -> step(group, () -> {
                        find(session, finder, group);
                        if (unfound.decrementAndGet() == 0) {
                            pushFromEngine(session, sequel);
                        }
                    }));
        }
    }

    private void step(ImageGroup group, Runnable work) {
        try {
            events.start(group);
            work.run();
        } catch (CnabException failed) {
            events.end(group, "", failed);
            throw failed;
        }
    }

    private void find(CopySession session, ImageFinder finder, ImageGroup group) {
        ImageFinder.Finding finding = finder.find(group);
        if (finding instanceof ImageFinder.OnEngine local) {
            onEngine.put(group, local);
        } else if (finding instanceof ImageFinder.InStore inStore) {
            accept(
                    session,
                    group,
                    inStore.image(),
                    "Nothing to do: image reference is already present in repository " + target.repositoryOnly());
        }
    }

    private void pushFromEngine(CopySession session, Sequel sequel) {
        Queue<ImageGroup> left = new ArrayDeque<>();
        groups.stream().filter(onEngine::containsKey).forEach(left::add);
        pushNext(session, left, sequel);
    }

    /** One after the other: the engine's lines of two pushes would mix. */
    private void pushNext(CopySession session, Queue<ImageGroup> left, Sequel sequel) {
        ImageGroup group = left.poll();
        FixupOptions.LocalImages local = options.localImages();
        if (group == null || local == null) {
            session.plan(target.toString(), Set.of(), () -> complete(session, sequel));
            return;
        }
        session.plan(
                group.shown(),
                () -> step(group, () -> {
                    LocalPush push = new LocalPush(
                            context.within(session.scope()),
                            target,
                            store,
                            local,
                            said -> events.progress(group, said));
                    FoundImage pushed = push.push(Objects.requireNonNull(onEngine.get(group)), group);
                    accept(session, group, pushed, "Image has been pushed from the local engine");
                    pushNext(session, left, sequel);
                }));
    }

    /** @param doneMessage said of an image that needs no copying */
    private void accept(CopySession session, ImageGroup group, FoundImage found, String doneMessage) {
        if (!options.autoBundleUpdate()) {
            group.uses().forEach(use -> ImageCheck.requireSame(use, found.descriptor()));
        }
        Ready image = new Ready(found.descriptor(), filter(session, group, found));
        ready.put(group, image);
        if (image.filtered()) {
            context.warnings()
                    .add(
                            Warning.Kind.PLATFORMS_FILTERED,
                            ImageFilter.message(
                                    group.shown(),
                                    image.found().digest(),
                                    image.image().descriptor().digest()));
        }
        TaggedManifest before = tagged;
        if (image.nothingToDo()) {
            events.end(group, doneMessage, null);
        } else if (before != null
                && before.names().contains(image.image().descriptor().key())) {
            named.add(group);
        } else {
            copy(session, group);
        }
    }

    private void copy(CopySession session, ImageGroup group) {
        FoundImage image = Objects.requireNonNull(ready.get(group)).image();
        session.add(CopyRoot.of(group.shown(), image.source(), store, image.descriptor()));
    }

    /**
     * Images that the index under the bundle's tag names are most likely there. If that very index is what will be pushed, nothing
     * would be put, and nothing is asked; else another index is going to name them, and the target is asked for each.
     */
    private void complete(CopySession session, Sequel sequel) {
        Fixed fixed = fixed();
        TaggedManifest before = tagged;
        boolean unchanged = before != null
                && sequel.index(fixed).filter(before.manifest()::equals).isPresent();
        for (ImageGroup group : named) {
            if (unchanged) {
                events.end(group, "Nothing to do: the bundle in " + target + " has this image", null);
            } else {
                copy(session, group);
            }
        }
        sequel.add(session, fixed);
    }

    private FoundImage filter(CopySession session, ImageGroup group, FoundImage found) {
        ImageFilter filter = new ImageFilter(session.scope(), context.manifestLimit());
        List<FoundImage> kept = group.uses().stream()
                .map(BundleImage::platforms)
                .distinct()
                .map(platforms -> filter.apply(group.shown(), found, platforms))
                .toList();
        FoundImage first = kept.get(0);
        for (FoundImage other : kept) {
            if (!other.descriptor().digest().equals(first.descriptor().digest())) {
                throw ImageGroup.conflict(
                        group.image(),
                        first.descriptor().digest().toString(),
                        other.descriptor().digest().toString());
            }
        }
        return first;
    }

    private Fixed fixed() {
        Map<String, String> places = new LinkedHashMap<>();
        Map<Integer, BaseImage> invocation = new HashMap<>();
        Map<String, BaseImage> components = new HashMap<>();
        Set<NodeKey> copied = new HashSet<>();
        for (ImageGroup group : groups) {
            Ready image = Objects.requireNonNull(ready.get(group));
            Descriptor descriptor = image.image().descriptor();
            places.put(group.image(), target.withDigest(descriptor.digest()).toString());
            if (!image.nothingToDo()) {
                copied.add(descriptor.key());
            }
            if (!options.autoBundleUpdate() && !image.filtered()) {
                continue;
            }
            for (BundleImage use : group.uses()) {
                BaseImage described = use.base().describedBy(descriptor);
                if (use.component() == null) {
                    invocation.put(use.position(), described);
                } else {
                    components.put(use.component(), described);
                }
            }
        }
        return new Fixed(
                bundle.withImages(invocation, components),
                options.relocationMap().withAll(places),
                copied);
    }
}
