/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.layout.WholeLayout;
import io.github.cnab4j.layout.WholeLayout.Inventory;
import io.github.cnab4j.layout.WholeLayout.Root;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.signature.SignatureTags;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.transfer.CopyReport;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a layout as a whole: its documents, everything that its roots lead to, everything else that it holds, and in a thick bundle that
 * its files and its images belong together.
 */
final class VerifyLayoutOperation {
    private static final int MOST_WARNINGS = 10;

    private final Context context;
    private final Location location;
    private final VerifyOptions options;

    VerifyLayoutOperation(Context context, Location location, VerifyOptions options) {
        this.context = context;
        this.location = location.repositoryOnly();
        this.options = options;
    }

    LayoutVerifyResult verify() {
        WholeLayout layout = context.stores().whole(location);
        Inventory inventory = layout.inventory(context.scope());
        Set<Digest> signed = location instanceof ArchiveLocation archive ? thickBundle(archive) : Set.of();
        VerificationKey key = options.key();
        if (key != null) {
            (signed.isEmpty() ? contentOf(inventory) : signed)
                    .forEach(subject -> new SignatureCheck(
                                    context.scope(), layout, subject, location.toString(), context.manifestLimit())
                            .requireAny(List.of(key), options.claims()));
        }
        Map<Digest, Descriptor> roots = new LinkedHashMap<>();
        inventory.roots().forEach(root -> roots.putIfAbsent(root.manifest().digest(), root.manifest()));
        CopyReport report = options.content() ? read(layout, inventory, roots) : VerifyOperation.NOTHING_READ;
        return new LayoutVerifyResult(
                location,
                List.copyOf(roots.values()),
                report.uploaded(),
                report.bytes(),
                key != null,
                context.warnings().toList());
    }

    /**
     * Files and images of a thick bundle.
     *
     * @return the digest of the bundle's index; empty if the archive is one of images alone
     */
    private Set<Digest> thickBundle(ArchiveLocation archive) {
        ThickBundle thick = new ThickBundle(context, archive);
        if (!thick.isThere()) {
            return Set.of();
        }
        Bundle bundle = thick.bundle();
        FixupOperation.requireInvocationImage(bundle);
        RelocationMap map = thick.relocationMap();
        Map<BundleImage, Descriptor> images = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (BundleImage use : BundleImage.of(bundle, FixupOptions.defaults())) {
            names.add(use.base().image());
            images.put(use, thick.image(use, map));
        }
        map.entries().forEach((image, place) -> {
            if (!names.contains(image)) {
                odd(ThickBundle.RELOCATION_MAP + " names " + Excerpt.quoted(image)
                        + ", which is no image of the bundle");
            } else if (thick.inLayout(place).isEmpty()) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_ARCHIVE,
                        "archive " + archive.file() + " does not hold " + Excerpt.quoted(place) + ", which "
                                + ThickBundle.RELOCATION_MAP + " names");
            }
        });
        return Set.of(ThickBundle.index(bundle, images));
    }

    /** Roots that are no signatures, attestations or lists of these. */
    private static Set<Digest> contentOf(Inventory inventory) {
        Set<String> tags = new HashSet<>();
        inventory.blobs().forEach(blob -> {
            tags.addAll(SignatureTags.cosign(blob.digest()));
            tags.add(SignatureTags.referrers(blob.digest()));
        });
        Set<Digest> content = new LinkedHashSet<>();
        for (Root root : inventory.roots()) {
            if (root.name() == null || !tags.contains(root.name())) {
                content.add(root.manifest().digest());
            }
        }
        return content;
    }

    private CopyReport read(WholeLayout layout, Inventory inventory, Map<Digest, Descriptor> roots) {
        DiscardingStore reader = new DiscardingStore();
        CopyReport reached = read(layout, reader, roots.values());
        roots.values().stream()
                .filter(root -> PullOperation.isBundle(context, layout, root))
                .forEach(
                        root -> new PullOperation(context).read(layout, location.withDigest(root.digest()), List.of()));
        List<Descriptor> others = inventory.blobs().stream()
                .filter(blob -> !reader.hasSeen(blob.digest()))
                .toList();
        CopyReport rest = read(layout, reader, others);
        warn(inventory.oddities());
        warn(others.stream()
                .map(blob -> "nothing leads to " + blob.digest() + ", of " + blob.size() + " bytes")
                .toList());
        return reached.plus(rest);
    }

    private CopyReport read(WholeLayout layout, DiscardingStore reader, Iterable<Descriptor> contents) {
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), options.listener())) {
            contents.forEach(content -> session.add(CopyRoot.of(location.toString(), layout, reader, content)));
            return session.await();
        }
    }

    private void warn(List<String> what) {
        what.stream().limit(MOST_WARNINGS).forEach(this::odd);
        if (what.size() > MOST_WARNINGS) {
            odd("and " + (what.size() - MOST_WARNINGS) + " more of this kind");
        }
    }

    private void odd(String what) {
        context.warnings().add(Warning.Kind.LAYOUT_UNUSUAL, location + ": " + what);
    }
}
