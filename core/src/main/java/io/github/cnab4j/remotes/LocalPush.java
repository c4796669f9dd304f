/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.docker.EngineImage;
import io.github.cnab4j.docker.PushProgress;
import io.github.cnab4j.docker.SavedImageStore;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings an image of the local engine into the target. Where the target is a registry the engine pushes: it knows under which
 * digests the image's layers came, and a registry that has them gets them by name. The engine can push by tag only; it is given a
 * tag of our own, never the bundle's, and that is taken away again whatever happens. Where the engine cannot push, the image is
 * saved and becomes a source like any other: to a target that is no registry, and of an image without a name of its own, which would
 * be deleted with the tag. See ADR 0016.
 */
final class LocalPush {
    private static final int SUFFIX_LENGTH = 12;

    private final Context context;
    private final Location target;
    private final ReadableStore store;
    private final FixupOptions.LocalImages local;
    private final Consumer<String> progress;

    /** @param progress told what the engine says */
    LocalPush(
            Context context,
            Location target,
            ReadableStore store,
            FixupOptions.LocalImages local,
            Consumer<String> progress) {
        this.context = context;
        this.target = target;
        this.store = store;
        this.local = local;
        this.progress = progress;
    }

    /**
     * Pushes the image, or saves it to be copied.
     *
     * @param image the image on the engine
     * @param group the image in the bundle, for messages
     * @throws FixupException if the engine fails, or the image is not in the target afterwards
     */
    FoundImage push(ImageFinder.OnEngine image, ImageGroup group) {
        try {
            if (target.repositoryOnly() instanceof RegistryLocation registry) {
                Reference name = name(registry.reference(), image.image());
                if (hasNameBesides(name, image.found())) {
                    return byEngine(image.image(), name);
                }
            }
            return saved(image);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (CnabException failed) {
            List<CnabException> causes = new ArrayList<>(List.of(failed));
            causes.addAll(image.before());
            throw new FixupException(
                    ImageFinder.imageCode(failed),
                    group.image(),
                    "cannot push image " + Excerpt.quoted(group.shown()) + " from the local engine: "
                            + ImageFinder.messages(causes),
                    failed.hint().orElse(null),
                    causes);
        }
    }

    /** One name for one image, so that running again does not leave another tag behind in the registry. */
    private static Reference name(Reference repository, String image) {
        String id = Digest.sha256(image.getBytes(StandardCharsets.UTF_8)).hex();
        return repository.withTag("cnab-image-" + id.substring(0, SUFFIX_LENGTH));
    }

    /**
     * Whether the engine keeps the image when a name is taken away. Digests of the same repository go with its last tag, so they do
     * not count.
     */
    private static boolean hasNameBesides(Reference temporary, EngineImage image) {
        return image.names().stream().anyMatch(text -> {
            try {
                Reference name = Reference.parse(text);
                return !name.repository().equals(temporary.repository())
                        || (name.tag() != null && !name.tag().equals(temporary.tag()));
            } catch (InvalidInputException noName) {
                return false;
            }
        });
    }

    private FoundImage byEngine(String image, Reference name) {
        try {
            pushAs(image, name);
        } finally {
            untag(name);
        }
        CallScope scope = context.scope();
        return new FoundImage(store, Resolving.resolve(scope, store, new RegistryLocation(name)), true);
    }

    private void pushAs(String image, Reference name) {
        CallScope scope = context.scope();
        local.client().tag(scope, image, name);
        try {
            local.client().push(scope, name, this::tell);
        } catch (CnabException failed) {
            // Another push of the same image may have taken the tag away before the engine looked at it.
            if (scope.cancelled()
                    || local.client().inspect(scope, name.toString()).isPresent()) {
                throw failed;
            }
            local.client().tag(scope, image, name);
            local.client().push(scope, name, this::tell);
        }
    }

    /** Also when the work was stopped: that is the last thing to be done. */
    private void untag(Reference name) {
        try {
            local.client().untag(CallScope.bestEffort(), name);
        } catch (NotFoundException gone) {
            // As wanted.
        } catch (CnabException failed) {
            context.warnings()
                    .add(
                            Warning.Kind.ENGINE_TAG_LEFT,
                            "the local engine keeps the name " + name + ": " + failed.getMessage());
        }
    }

    private void tell(PushProgress said) {
        progress.accept(said.toString());
        if (!said.isTransient()) {
            try {
                local.out().append(said.toString()).append('\n');
            } catch (IOException failed) {
                throw new FileException("what the local engine says cannot be written", null, failed);
            }
        }
    }

    private FoundImage saved(ImageFinder.OnEngine image) {
        CallScope scope = context.scope();
        try (InputStream archive = local.client().save(scope, image.image())) {
            SavedImageStore saved = SavedImageStore.read(
                    scope, image.image(), archive, image.found().archiveLimit());
            context.stores().keep(saved);
            return new FoundImage(saved, saved.root(), false);
        } catch (IOException atItsEnd) {
            throw new FileException("what the local engine saved cannot be closed", null, atItsEnd);
        }
    }
}
