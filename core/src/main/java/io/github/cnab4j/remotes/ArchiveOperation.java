/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.converter.BundleForms;
import io.github.cnab4j.converter.BundleIndex;
import io.github.cnab4j.converter.ManifestOption;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.layout.ArchiveTarget;
import io.github.cnab4j.layout.ArchiveTarget.NamedImage;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.transfer.CopyReport;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One bundle into one archive. A copy session finds out what belongs to the images, side by side as everywhere; then the archive is
 * written in one pass.
 */
final class ArchiveOperation {
    /** Stands in for the repository of an image whose name is no reference. */
    private static final Repository NAMELESS = new Repository("localhost", "image");

    private final Context context;
    private final Location source;
    private final Path file;

    /** What the archive holds: each image's place by its name in the bundle, and the entries of the layout's index. */
    private record Contents(RelocationMap relocationMap, List<NamedImage> images) {}

    ArchiveOperation(Context context, Location source, Path file) {
        this.context = context;
        this.source = source;
        this.file = file;
    }

    ArchiveResult archive(ArchiveOptions options) {
        long start = System.nanoTime();
        try (ArchiveTarget target = ArchiveTarget.create(file)) {
            PullOperation.Pulled whole = new PullOperation(context).read(source, options.requiredSignatures());
            PullOperation.Pulled pulled = options.platforms().isEmpty()
                    ? whole
                    : new BundlePlatforms(context, options.platforms()).filter(whole, source);
            FixupOperation.requireInvocationImage(pulled.bundle());
            warnOfAnotherIndex(pulled);
            Contents contents = contents(pulled);
            CopyReport report = gather(pulled, contents, target);
            if (options.referrers()) {
                BundlePlatforms.warnOfReferrers(context, source, whole.digest(), pulled.digest());
                CopyReport referrers = new ReferrerCopy(context, source.toString(), pulled.store(), target)
                        .copy(pulled.root().descriptor(), event -> {});
                report = report.plus(referrers);
            }
            Map<String, byte[]> members = new LinkedHashMap<>();
            members.put(ThickBundle.BUNDLE, pulled.content().bytes());
            members.put(ThickBundle.RELOCATION_MAP, contents.relocationMap().canonical());
            long size = target.writeThick(context.scope(), options.compression(), members, contents.images());
            return new ArchiveResult(
                    file,
                    size,
                    pulled.bundle(),
                    contents.relocationMap(),
                    whole.digest(),
                    since(start, report),
                    context.warnings().toList());
        }
    }

    /** A thick bundle holds no index (CNAB 104): publishing makes it anew, in the form that is usual today. */
    private void warnOfAnotherIndex(PullOperation.Pulled pulled) {
        boolean same;
        try {
            BundleForms forms =
                    BundleForms.prepare(pulled.bundle(), pulled.relocation().map(), source, ManifestOption.NONE);
            same = forms.preferred().index().descriptor().digest().equals(pulled.digest());
        } catch (CnabException lacksWhatAnIndexSays) {
            same = false;
        }
        if (!same) {
            context.warnings()
                    .add(
                            Warning.Kind.INDEX_NOT_KEPT,
                            "an archive holds a bundle without its index: published from there, " + source
                                    + " will not have the digest " + pulled.digest()
                                    + "; copied to oci-archive:FILE it keeps it");
        }
    }

    /** Components by name, then invocation images: the order that other tools write. */
    private Contents contents(PullOperation.Pulled pulled) {
        Map<String, BaseImage> components = new TreeMap<>();
        pulled.bundle().images().forEach((name, image) -> components.put(name, image.base()));
        List<BaseImage> images = Stream.concat(
                        components.values().stream(),
                        pulled.bundle().invocationImages().stream().map(image -> image.base()))
                .toList();
        Map<Digest, Descriptor> entries = entries(pulled.index());
        Map<String, String> places = new LinkedHashMap<>();
        List<NamedImage> named = new ArrayList<>();
        for (BaseImage image : images) {
            Digest digest = pulled.relocation()
                    .map()
                    .find(image.image())
                    .map(place -> Location.parse(place).digest())
                    .orElseThrow(() -> missing(image));
            Reference name = name(image, digest);
            places.put(image.image(), new RegistryLocation(name).familiar());
            named.add(new NamedImage(name.toString(), Objects.requireNonNull(entries.get(digest))));
        }
        return new Contents(new RelocationMap(places), named);
    }

    private static Map<Digest, Descriptor> entries(BundleIndex index) {
        Map<Digest, Descriptor> entries = new HashMap<>();
        Stream.concat(index.components().values().stream(), index.invocationImages().stream())
                .forEach(entry -> entries.put(entry.digest(), entry));
        return entries;
    }

    /** Where the image is in its registry; a path of this machine means nothing where the archive goes. */
    private Reference name(BaseImage image, Digest digest) {
        if (source instanceof RegistryLocation registry) {
            return registry.withDigest(digest).reference();
        }
        try {
            return Reference.parse(image.image()).withDigest(digest);
        } catch (InvalidInputException noReference) {
            return new Reference(NAMELESS, null, digest);
        }
    }

    private CopyReport gather(PullOperation.Pulled pulled, Contents contents, ArchiveTarget target) {
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), event -> {})) {
            contents.images()
                    .forEach(image -> session.add(CopyRoot.of(image.name(), pulled.store(), target, image.manifest())));
            return session.await();
        }
    }

    /** The same report, with the time since the start: of archives the writing counts too. */
    static CopyReport since(long startNanos, CopyReport report) {
        return new CopyReport(
                report.uploaded(),
                report.mounted(),
                report.present(),
                report.foreign(),
                report.bytes(),
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private NotFoundException missing(BaseImage image) {
        return new NotFoundException(
                "GET " + source,
                "cannot archive " + source + ": its index has no entry for the image \"" + image.image() + "\"",
                "An archive holds all images of its bundle: push the bundle again, with its images.");
    }
}
