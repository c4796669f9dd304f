/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.Verified;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One bundle out of one archive: a fixup whose images are in the archive, and the push, as one copy. */
final class PublishOperation {
    private final Context context;
    private final ArchiveLocation archive;
    private final Location target;

    PublishOperation(Context context, Path file, Location target) {
        this.context = context;
        this.archive = new ArchiveLocation(file.toString(), null, null);
        this.target = target;
    }

    PushResult publish(PublishOptions options) {
        ReadableStore store = context.stores().source(archive);
        ThickBundle thick = new ThickBundle(context, archive);
        Bundle bundle = thick.bundle();
        RelocationMap relocationMap = thick.relocationMap();
        FixupOptions fixup = FixupOptions.defaults()
                .withFrom(new ImageSource.Layout(archive))
                .withRelocationMap(relocationMap)
                .withEventCallback(options.eventCallback());
        boolean complete = true;
        Deque<Descriptor> roots = new ArrayDeque<>();
        for (BundleImage use : BundleImage.of(bundle, fixup)) {
            BaseImage image = use.base();
            complete &= image.contentDigest() != null && image.size() != null && image.mediaType() != null;
            Descriptor found = find(use, relocationMap);
            requireDigest(use, found);
            roots.add(found);
        }
        requireWhole(store, roots);
        return new FixupOperation(context, target)
                .fixupAndPush(bundle, fixup.withAutoBundleUpdate(!complete), options.push());
    }

    private Descriptor find(BundleImage use, RelocationMap relocationMap) {
        String image = use.base().image();
        return context.stores()
                .imageIn(
                        context.scope(),
                        new ImageSource.Layout(archive),
                        relocationMap.find(image).orElse(image))
                .orElseThrow(() -> new FixupException(
                        ErrorCode.IMAGE_NOT_FOUND,
                        image,
                        "archive " + archive.file() + " does not hold the " + use.place() + " " + Excerpt.quoted(image),
                        "A thick bundle holds all its images (CNAB 104): make the archive again.",
                        List.of()));
    }

    /** What the bundle says of an image counts for the archive too, whoever made it. */
    private void requireDigest(BundleImage use, Descriptor found) {
        String stated = use.base().contentDigest();
        if (stated != null && !stated.equals(found.digest().toString())) {
            throw new FixupException(
                    ErrorCode.IMAGE_DIFFERS,
                    use.base().image(),
                    use.place() + " " + Excerpt.quoted(use.base().image()) + " is " + stated
                            + " in the bundle, and archive " + archive.file() + " holds " + found.digest(),
                    "The archive is not what its bundle describes: do not trust it.",
                    List.of());
        }
    }

    /** Reads every manifest, and looks for all that they point to: a bundle that lacks a layer is not sent at all. */
    private void requireWhole(ReadableStore store, Deque<Descriptor> left) {
        Set<Digest> seen = new HashSet<>();
        for (Descriptor next = left.poll(); next != null; next = left.poll()) {
            context.scope().throwIfCancelled();
            if (next.isForeign() || !seen.add(next.digest())) {
                continue;
            }
            if (next.mediaType().isManifest()) {
                byte[] content = Verified.readAll(context.scope(), store, next, context.manifestLimit());
                left.addAll(Manifest.parse(next.mediaType(), content).successors());
            } else if (!store.exists(context.scope(), next)) {
                throw new NotFoundException(
                        "GET " + archive + "@" + next.digest(),
                        "archive " + archive.file() + " does not hold " + next.digest() + " with " + next.size()
                                + " bytes, which one of its images needs",
                        "The archive is incomplete: make it again.");
            }
        }
    }
}
