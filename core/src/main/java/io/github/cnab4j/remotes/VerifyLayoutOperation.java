/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.UnsignedException;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks a layout as a whole: its documents, everything that its roots lead to, everything else that it holds, and in a thick bundle that
 * its files and its images belong together.
 */
final class VerifyLayoutOperation {
    private static final int MOST_WARNINGS = 10;

    private final Context context;
    private final Location location;
    private final VerifyOptions options;

    /**
     * A thick bundle by its digests.
     *
     * @param index what it has where it is published
     * @param images what that index lists
     */
    private record Thick(Digest index, Set<Digest> images) {}

    VerifyLayoutOperation(Context context, Location location, VerifyOptions options) {
        this.context = context;
        this.location = location.repositoryOnly();
        this.options = options;
    }

    LayoutVerifyResult verify() {
        WholeLayout layout = context.stores().whole(location);
        Inventory inventory = layout.inventory(context.scope());
        Optional<Thick> thick = location instanceof ArchiveLocation archive ? thickBundle(archive) : Optional.empty();
        VerificationKey key = options.key();
        if (key != null) {
            requireSignatures(key, layout, toBeSigned(layout, inventory, thick));
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

    private void requireSignatures(VerificationKey key, WholeLayout layout, Set<Digest> subjects) {
        if (subjects.isEmpty()) {
            throw new UnsignedException(
                    location + " is not signed as demanded: it holds nothing that could be",
                    "Check that it is whole: neither a bundle nor an image is listed there.");
        }
        for (Digest subject : subjects) {
            new SignatureCheck(context.scope(), layout, subject, location.toString(), context.manifestLimit())
                    .requireAny(List.of(key), options.claims());
        }
    }

    /**
     * Files and images of a thick bundle.
     *
     * @return empty if the archive is one of images alone
     */
    private Optional<Thick> thickBundle(ArchiveLocation archive) {
        ThickBundle thick = new ThickBundle(context, archive);
        if (!thick.isThere()) {
            return Optional.empty();
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
        return Optional.of(new Thick(
                ThickBundle.index(bundle, images),
                images.values().stream().map(Descriptor::digest).collect(Collectors.toSet())));
    }

    /**
     * A thick bundle's index, and every root that it does not cover and that is no signature, attestation or list of these. A bundle
     * is none, whatever it is called.
     */
    private Set<Digest> toBeSigned(WholeLayout layout, Inventory inventory, Optional<Thick> thick) {
        Set<Digest> signed = new LinkedHashSet<>();
        thick.ifPresent(bundle -> signed.add(bundle.index()));
        Set<String> tags = new HashSet<>();
        Stream.concat(signed.stream(), inventory.blobs().stream().map(Descriptor::digest))
                .forEach(digest -> {
                    tags.addAll(SignatureTags.cosign(digest));
                    tags.add(SignatureTags.referrers(digest));
                });
        for (Root root : inventory.roots()) {
            Descriptor manifest = root.manifest();
            boolean covered = thick.filter(bundle -> bundle.images().contains(manifest.digest()))
                    .isPresent();
            boolean companion = root.name() != null
                    && tags.contains(root.name())
                    && !PullOperation.isBundle(context, layout, manifest);
            if (!covered && !companion) {
                signed.add(manifest.digest());
            }
        }
        return signed;
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
