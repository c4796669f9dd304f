/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.docker.EngineImage;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.OverlayStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.ResolvedManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the images of one bundle. The strategies are the Go package's, in its order: by digest on the local engine (an image
 * without a name), where the relocation map sends the name on to, the name itself, the name on the local engine. A name that is
 * in the relocation map is replaced before that, so its origin is never asked.
 */
final class ImageFinder {
    /** Where an image is. */
    sealed interface Finding permits InStore, OnEngine {}

    /** An image that a store has. */
    record InStore(FoundImage image) implements Finding {}

    /**
     * An image that only the local engine has.
     *
     * @param image its name or id there
     * @param found what the engine says of it
     * @param before why it was not found elsewhere
     */
    record OnEngine(String image, EngineImage found, List<CnabException> before) implements Finding {
        OnEngine {
            before = List.copyOf(before);
        }
    }

    /** How much a failure tells; the most telling first. */
    private enum Weight {
        STORE_FAILED,
        NOT_IN_STORE,
        NOT_ON_ENGINE,
        NO_NAME
    }

    private record Failure(Weight weight, CnabException cause) {}

    /** Manifests beyond this are read again when they are copied; in bytes. */
    private static final long MOST_KEPT = 16 << 20;

    private final AtomicLong kept = new AtomicLong();
    private final CallScope scope;
    private final Stores stores;
    private final ReadableStore target;
    private final FixupOptions options;
    private final int manifestLimit;
    private final boolean everythingIsCopied;

    /**
     * A finder.
     *
     * @param everythingIsCopied whether the target is known to be empty, so that every image will be copied
     */
    ImageFinder(Context context, ReadableStore target, FixupOptions options, boolean everythingIsCopied) {
        this.scope = context.scope();
        this.stores = context.stores();
        this.manifestLimit = context.manifestLimit();
        this.everythingIsCopied = everythingIsCopied;
        this.target = target;
        this.options = options;
    }

    /**
     * Finds the image.
     *
     * @throws FixupException if no strategy works
     */
    Finding find(ImageGroup group) {
        String name = nameOf(group);
        List<Failure> failures = new ArrayList<>();
        Optional<Finding> found = Optional.empty();
        String digest = group.uses().get(0).base().contentDigest();
        if (name.isEmpty() && digest != null) {
            found = onEngine(digest, failures);
        }
        Optional<String> next = options.relocationMap().find(name);
        if (found.isEmpty() && next.isPresent() && !next.get().equals(name)) {
            found = inStore(next.get(), failures);
        }
        if (found.isEmpty()) {
            found = inStore(name, failures);
        }
        if (found.isEmpty() && !name.isEmpty()) {
            found = engineName(name).flatMap(image -> onEngine(image, failures));
        }
        return found.orElseThrow(() -> notFound(group, failures));
    }

    /** Where {@link #find} will most likely look. */
    Optional<ReadableStore> place(ImageGroup group) {
        try {
            Location location =
                    options.from() instanceof ImageSource.Layout layout ? layout.location() : location(nameOf(group));
            return Optional.of(stores.source(location));
        } catch (CnabException noPlace) {
            return Optional.empty();
        }
    }

    private String nameOf(ImageGroup group) {
        return options.relocationMap().find(group.image()).orElse(group.image());
    }

    private Location location(String name) {
        return options.from() instanceof ImageSource.Mirror mirror
                ? new RegistryLocation(mirror.locate(Reference.parse(name)))
                : Location.parse(name);
    }

    private Optional<Finding> inStore(String name, List<Failure> failures) {
        try {
            return Optional.of(new InStore(locate(name)));
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (NotFoundException absent) {
            failures.add(new Failure(Weight.NOT_IN_STORE, absent));
        } catch (CnabException failed) {
            boolean noName = failed.code() == ErrorCode.INVALID_REFERENCE || failed.code() == ErrorCode.INVALID_DIGEST;
            failures.add(new Failure(noName ? Weight.NO_NAME : Weight.STORE_FAILED, failed));
        }
        return Optional.empty();
    }

    private FoundImage locate(String name) {
        if (options.from() instanceof ImageSource.Layout layout) {
            ReadableStore store = stores.source(layout.location());
            Descriptor descriptor = stores.imageIn(scope, layout, name)
                    .orElseThrow(() -> new NotFoundException(
                            "find " + name + " in " + layout.location(),
                            "the layout " + layout.location() + " has no image named " + Excerpt.quoted(name),
                            null));
            return new FoundImage(store, descriptor, isTarget(store));
        }
        Location location = location(name);
        ReadableStore store = stores.source(location);
        if (everythingIsCopied) {
            return read(store, location);
        }
        return new FoundImage(store, Resolving.resolve(scope, store, location), isTarget(store));
    }

    /** Finds and reads it with one request, where what is found will have to be read. */
    private FoundImage read(ReadableStore store, Location location) {
        ResolvedManifest manifest = Resolving.resolveAndRead(scope, store, location, manifestLimit);
        if (kept.addAndGet(manifest.descriptor().size()) > MOST_KEPT) {
            return new FoundImage(store, manifest.descriptor(), isTarget(store));
        }
        OverlayStore source = new OverlayStore(store);
        source.push(scope, manifest.descriptor(), ContentSource.ofBytes(manifest.content()), PushHints.NONE);
        return new FoundImage(source, manifest.descriptor(), isTarget(store));
    }

    private boolean isTarget(ReadableStore store) {
        return store.id().equals(target.id());
    }

    /** What the engine may know the image by; nothing if the name says that it is in a file. */
    private static Optional<String> engineName(String name) {
        try {
            return Location.parse(name) instanceof RegistryLocation registry
                    ? Optional.of(registry.reference().familiarString())
                    : Optional.empty();
        } catch (InvalidInputException noName) {
            return Optional.of(name);
        }
    }

    private Optional<Finding> onEngine(String image, List<Failure> failures) {
        FixupOptions.LocalImages local = options.localImages();
        if (local == null) {
            return Optional.empty();
        }
        try {
            Optional<EngineImage> present = local.client().inspect(scope, image);
            if (present.isPresent()) {
                return Optional.of(new OnEngine(
                        image,
                        present.get(),
                        failures.stream().map(Failure::cause).toList()));
            }
            failures.add(new Failure(
                    Weight.NOT_ON_ENGINE,
                    new NotFoundException(
                            "inspect " + image, "the local engine has no image " + Excerpt.quoted(image), null)));
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (CnabException failed) {
            failures.add(new Failure(Weight.NOT_ON_ENGINE, failed));
        }
        return Optional.empty();
    }

    private static FixupException notFound(ImageGroup group, List<Failure> failures) {
        List<CnabException> causes = failures.stream()
                .sorted(Comparator.comparing(Failure::weight))
                .map(Failure::cause)
                .toList();
        CnabException telling = causes.get(0);
        return new FixupException(
                imageCode(telling),
                group.image(),
                "cannot find image " + Excerpt.quoted(group.shown()) + ": " + messages(causes),
                telling.hint().orElse(hint(telling)),
                causes);
    }

    /** The code of a failed image whose most telling cause this is. */
    static ErrorCode imageCode(CnabException telling) {
        return telling.code() == ErrorCode.NOT_FOUND ? ErrorCode.IMAGE_NOT_FOUND : telling.code();
    }

    /** What was said, each text once. */
    static String messages(List<CnabException> causes) {
        return causes.stream().map(CnabException::getMessage).distinct().collect(Collectors.joining("; "));
    }

    private static @Nullable String hint(CnabException telling) {
        return telling.code() == ErrorCode.NOT_FOUND
                ? "Check the name; an image that is elsewhere is found through a relocation map (--use-relocation-map FILE) or in a place that has it (--from STORE)."
                : null;
    }
}
