/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the local engine push an image into the target repository. The engine can push by tag only; it is given a tag of our own,
 * never the bundle's: a bundle that is published there stays what it is until the new one takes its place.
 */
final class LocalPush {
    private static final int SUFFIX_LENGTH = 12;

    private final CallScope scope;
    private final Location target;
    private final ReadableStore store;
    private final FixupOptions.LocalImages local;

    LocalPush(CallScope scope, Location target, ReadableStore store, FixupOptions.LocalImages local) {
        this.scope = scope;
        this.target = target;
        this.store = store;
        this.local = local;
    }

    /**
     * Pushes.
     *
     * @param image the image on the engine
     * @param group the image in the bundle, for messages
     * @throws FixupException if the engine cannot push it, or it is not in the target afterwards
     */
    FoundImage push(ImageFinder.OnEngine image, ImageGroup group) {
        try {
            Reference name = name(image.image());
            local.client().tag(scope, image.image(), name);
            local.client().push(scope, name, local.out());
            return new FoundImage(store, Resolving.resolve(scope, store, new RegistryLocation(name)), true);
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

    /** One name for one image, so that running again does not leave another tag behind. */
    private Reference name(String image) {
        if (!(target.repositoryOnly() instanceof RegistryLocation registry)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "the local engine can push to registries only, not to " + target,
                    "Push the image to a registry first.");
        }
        String id = Digest.sha256(image.getBytes(StandardCharsets.UTF_8)).hex();
        return registry.reference().withTag("cnab-image-" + id.substring(0, SUFFIX_LENGTH));
    }
}
