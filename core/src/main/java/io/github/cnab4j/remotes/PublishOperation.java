/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.converter.Payload;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.OverlayStore;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.transfer.CopyReport;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
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
                .withInvocationImagePlatforms(options.platforms())
                .withComponentImagePlatforms(options.platforms())
                .withEventCallback(options.eventCallback());
        Map<BundleImage, Descriptor> images = new LinkedHashMap<>();
        for (BundleImage use : BundleImage.of(bundle, fixup)) {
            images.put(use, thick.image(use, relocationMap));
        }
        requireWhole(store, new ArrayDeque<>(images.values()));
        PushOptions push = options.push();
        if (!options.requiredSignatures().isEmpty()) {
            Digest index = ThickBundle.index(bundle, images);
            new SignatureCheck(context.scope(), store, index, archive.toString(), context.manifestLimit())
                    .require(options.requiredSignatures());
            push = push.withAllowFallbacks(false);
        }
        PushResult pushed = new FixupOperation(context, target)
                .fixupAndPush(bundle, fixup.withAutoBundleUpdate(!ThickBundle.isComplete(images.keySet())), push);
        if (!options.referrers()) {
            return pushed;
        }
        Digest copied = pushed.descriptor().digest();
        Digest whole = options.platforms().isEmpty() ? copied : ThickBundle.index(bundle, images);
        if (whole.equals(copied)) {
            return withReferrers(store, pushed);
        }
        BundlePlatforms.warnOfReferrers(context, archive, whole, copied);
        return with(pushed, pushed.report());
    }

    /** The index itself is no part of the archive; what refers to it is. */
    private PushResult withReferrers(ReadableStore store, PushResult pushed) {
        OverlayStore source = new OverlayStore(store);
        Payload index = pushed.form().index();
        Payload config = pushed.form().configManifest();
        source.add(index.descriptor().mediaType(), index.content());
        source.add(config.descriptor().mediaType(), config.content());
        CopyReport report;
        try {
            report = new ReferrerCopy(
                            context,
                            archive.toString(),
                            source,
                            context.stores().target(target))
                    .copy(index.descriptor(), event -> {});
        } catch (CopyException failed) {
            throw new CopyException(
                    archive + " is at " + target + ", but what refers to it (signatures and the like) is not: "
                            + failed.getMessage(),
                    failed.failures());
        }
        return with(pushed, pushed.report().plus(report));
    }

    private PushResult with(PushResult pushed, CopyReport report) {
        return new PushResult(
                pushed.descriptor(),
                pushed.form(),
                pushed.bundle(),
                pushed.relocationMap(),
                report,
                context.warnings().toList());
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
