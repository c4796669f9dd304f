/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Dependency;
import io.github.cnab4j.bundle.VersionRanges;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.reference.LayoutLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bundles that a bundle depends on, and those that they depend on (CNAB dependencies specification, 500). All of one depth are
 * looked for at once; nothing is sent. Bundles that depend on each other are found once.
 */
final class DependencyFinder {
    private static final int DEEPEST = 16;
    private static final int MOST = 256;
    private static final int SHOWN_TAGS = 10;
    private static final String PORTERS_EXTENSION = "org.getporter.dependencies@v2";

    private final Context context;
    private final @Nullable Surroundings beside;
    private final Map<Location, Node> nodes = new LinkedHashMap<>();

    /**
     * A finder.
     *
     * @param source where the first bundle is. What a bundle in a layout depends on may lie beside it, where a copy puts it; only if
     *     there is no such layout, its registry is asked
     */
    DependencyFinder(Context context, Location source) {
        this.context = context;
        this.beside = source instanceof LayoutLocation ? Surroundings.of(source) : null;
    }

    /**
     * A bundle that was found.
     *
     * @param bundles its reference, as those that need it write it
     * @param reference its repository's own name, with its tag if it has one
     * @param source where it was found, by this tag or by its digest
     * @param pulled what was read
     */
    record Found(Set<String> bundles, Reference reference, Location source, PullOperation.Pulled pulled) {}

    private record Wanted(Node by, Dependency dependency) {}

    /** A bundle and those that it depends on. */
    private static final class Node {
        private final Location source;
        private final PullOperation.Pulled pulled;
        private final @Nullable Found found;
        private final List<Node> needs = new ArrayList<>();

        /** @param found null for the bundle whose dependencies are looked for */
        Node(Location source, PullOperation.Pulled pulled, @Nullable Found found) {
            this.source = source;
            this.pulled = pulled;
            this.found = found;
        }

        void isNeededBy(Node other, String reference) {
            other.needs.add(this);
            if (found != null) {
                found.bundles().add(reference);
            }
        }
    }

    /**
     * Everything that a bundle depends on; what others depend on comes before them.
     *
     * @throws CopyException if a bundle is not found or no bundle, all of which are named
     * @throws InvalidInputException if there are too many, or what a bundle says of them cannot be read
     */
    List<Found> find(Location source, PullOperation.Pulled root) {
        Node start = new Node(source, root, null);
        nodes.put(source.pinnedTo(root.digest()), start);
        List<Wanted> level = wanted(start);
        for (int depth = 1; !level.isEmpty(); depth++) {
            if (depth > DEEPEST) {
                throw limit("the dependencies of " + source + " are nested more than " + DEEPEST + " deep");
            }
            level = next(source, level);
        }
        List<Found> ordered = new ArrayList<>();
        order(start, new HashSet<>(), ordered);
        return ordered;
    }

    private List<Wanted> next(Location source, List<Wanted> level) {
        Map<Wanted, Found> found = look(level);
        List<Wanted> next = new ArrayList<>();
        for (Wanted wanted : level) {
            Found one = found.get(wanted);
            if (one == null) {
                throw new IllegalStateException("a dependency was neither found nor missed: " + wanted.dependency());
            }
            Location key = one.source().pinnedTo(one.pulled().digest());
            Node known = nodes.get(key);
            if (known == null) {
                known = new Node(one.source(), one.pulled(), one);
                nodes.put(key, known);
                if (nodes.size() > MOST) {
                    throw limit(source + " depends on more than " + MOST + " bundles");
                }
                next.addAll(wanted(known));
            }
            known.isNeededBy(wanted.by(), wanted.dependency().bundle());
        }
        return next;
    }

    private Map<Wanted, Found> look(List<Wanted> level) {
        Map<Wanted, Found> found = new ConcurrentHashMap<>();
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), event -> {})) {
            Context inner = context.within(session.scope());
            for (Wanted wanted : level) {
                String what = "dependency " + Excerpt.quoted(wanted.dependency().key()) + " of " + wanted.by().source
                        + ", " + wanted.dependency().bundle();
                session.plan(what, () -> found.put(wanted, find(inner, wanted.dependency(), what)));
            }
            session.await();
        }
        return found;
    }

    private Found find(Context inner, Dependency dependency, String what) {
        try {
            Reference reference = Reference.parse(dependency.bundle());
            Location location = choose(inner.scope(), dependency, reference);
            ReadableStore store = inner.stores().source(location);
            PullOperation.Pulled pulled = new PullOperation(inner)
                    .read(
                            store,
                            Resolving.resolveAndRead(inner.scope(), store, location, inner.manifestLimit()),
                            location);
            return new Found(
                    new TreeSet<>(), new Reference(reference.repository(), location.tag(), null), location, pulled);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (CnabException failed) {
            throw new CopyException(
                    what + ": " + failed.getMessage(), List.of(new CopyException.Failure(what, failed)));
        }
    }

    private Location choose(CallScope scope, Dependency dependency, Reference reference) {
        Location place = beside(reference).orElseGet(() -> new RegistryLocation(reference.repositoryOnly()));
        if (reference.digest() != null) {
            Location tagged = reference.tag() == null ? place : place.withTag(reference.tag());
            return tagged.pinnedTo(reference.digest());
        }
        if (dependency.ranges().isEmpty() && reference.tag() != null) {
            return place.withTag(reference.tag());
        }
        VersionRanges ranges = VersionRanges.of(dependency.ranges(), dependency.prereleases());
        List<String> tags = context.stores().source(place).tags(scope);
        Optional<String> highest = ranges.highest(tags);
        if (highest.isEmpty() && !dependency.ranges().isEmpty()) {
            throw noVersion(place, dependency, tags);
        }
        return highest.map(place::withTag).orElseGet(place::orLatest);
    }

    private Optional<Location> beside(Reference reference) {
        if (beside == null) {
            return Optional.empty();
        }
        Location place = beside.place(reference.repositoryOnly());
        try {
            context.stores().source(place);
            return Optional.of(place);
        } catch (NotFoundException notThere) {
            return Optional.empty();
        }
    }

    private List<Wanted> wanted(Node node) {
        if (node.pulled
                .bundle()
                .json()
                .object("custom")
                .filter(custom -> custom.has(PORTERS_EXTENSION))
                .isPresent()) {
            context.warnings()
                    .add(
                            Warning.Kind.DEPENDENCIES_NOT_FOLLOWED,
                            node.source + " says in " + PORTERS_EXTENSION
                                    + ", an extension of Porter, what it depends on; only " + Dependency.EXTENSION
                                    + " is followed");
        }
        return Dependency.of(node.pulled.bundle()).stream()
                .map(dependency -> new Wanted(node, dependency))
                .toList();
    }

    private static void order(Node node, Set<Node> seen, List<Found> ordered) {
        if (seen.add(node)) {
            node.needs.forEach(need -> order(need, seen, ordered));
            if (node.found != null) {
                ordered.add(node.found);
            }
        }
    }

    private static NotFoundException noVersion(Location place, Dependency dependency, List<String> tags) {
        String shown = tags.isEmpty()
                ? "It has no tags."
                : "Its tags are: "
                        + String.join(", ", tags.stream().limit(SHOWN_TAGS).toList())
                        + (tags.size() > SHOWN_TAGS ? ", …" : "");
        return new NotFoundException(
                "GET " + place + " tags",
                "no tag of " + place + " is a version that " + String.join(" || ", dependency.ranges()) + " allows"
                        + (dependency.prereleases() ? "" : ", pre-releases left out"),
                shown);
    }

    private static InvalidInputException limit(String what) {
        return new InvalidInputException(ErrorCode.LIMIT_EXCEEDED, what);
    }
}
