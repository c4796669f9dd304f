/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.FilteredIndex;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.PreparedCopy.MirroredImage;
import io.github.cnab4j.store.OverlayStore;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.ResolvedManifest;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.transfer.CopyReport;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A copy for which the bundle has to be read: with other platforms, other repositories, or other bundles than a plain one. First
 * everything is found and rewritten, then it is copied, bundle by bundle, what others depend on first. Each is the plain copy of what
 * was prepared; images with repositories of their own come out of the bundle's repository at the target, so that a registry mounts
 * their blobs, and the bundle's tags come last.
 */
final class BundleCopyOperation {
    private static final CopyReport NOTHING = new CopyReport(0, 0, 0, 0, 0, Duration.ZERO);

    private final Context context;
    private final Location source;
    private final Location target;
    private final ArtifactCopyOptions options;

    /** What is known before the first byte moves. */
    private record Plan(PreparedCopy root, List<DependencyFinder.Found> found, List<PreparedCopy> dependencies) {}

    /** What came of one copy. */
    private record Copied(ArtifactCopyResult result, CopyReport report) {}

    BundleCopyOperation(Context context, Location source, Location target, ArtifactCopyOptions options) {
        this.context = context;
        this.source = source;
        this.target = target;
        this.options = options;
    }

    ArtifactCopyResult copy() {
        Plan plan = plan();
        CopyReport report = NOTHING;
        List<CopiedDependency> dependencies = new ArrayList<>();
        for (int i = 0; i < plan.dependencies().size(); i++) {
            DependencyFinder.Found found = plan.found().get(i);
            Copied copied = copy(plan.dependencies().get(i));
            report = report.plus(copied.report());
            dependencies.add(new CopiedDependency(
                    found.bundles(),
                    found.source().pinnedTo(found.pulled().digest()),
                    copied.result().location(),
                    copied.result().descriptor()));
        }
        Copied root = copy(plan.root());
        return root.result().with(plan.root().relocationMap(), dependencies, report.plus(root.report()));
    }

    private Plan plan() {
        try {
            ReadableStore store = context.stores().source(source);
            ResolvedManifest manifest = read(store);
            requireSignatures(store, manifest.descriptor().digest(), source);
            PullOperation.Pulled bundle =
                    PullOperation.isBundle(manifest) ? new PullOperation(context).read(store, manifest, source) : null;
            List<String> tags = options.tags(source, target);
            if (bundle == null) {
                return new Plan(prepareOther(store, manifest.descriptor(), tags), List.of(), List.of());
            }
            Surroundings surroundings = needsSurroundings() ? Surroundings.of(target) : null;
            List<DependencyFinder.Found> found =
                    options.dependencies() ? new DependencyFinder(context, source).find(source, bundle) : List.of();
            List<PreparedCopy> dependencies = new ArrayList<>();
            for (DependencyFinder.Found one : found) {
                requireSignatures(one.pulled().store(), one.pulled().digest(), one.source());
                Location place = requirePresent(surroundings).place(one.reference());
                List<String> itsTags = place.tag() == null ? List.of() : List.of(place.tag());
                dependencies.add(prepare(one.source(), one.pulled(), place, itsTags, surroundings));
            }
            PreparedCopy root = prepare(source, bundle, target, tags, surroundings);
            requireOneContentPerName(root, dependencies);
            openTargets(root, dependencies);
            return new Plan(root, found, dependencies);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (CopyException failed) {
            throw ArtifactCopyOperation.named(source, target, failed, "");
        } catch (CnabException failed) {
            CopyException.Failure only = new CopyException.Failure(source.toString(), failed);
            throw ArtifactCopyOperation.named(
                    source, target, new CopyException(failed.getMessage(), List.of(only)), "");
        }
    }

    private ResolvedManifest read(ReadableStore store) {
        try {
            return Resolving.resolveAndRead(context.scope(), store, source, context.manifestLimit());
        } catch (NotFoundException absent) {
            throw ArtifactCopyOperation.withHint(absent);
        }
    }

    /** Of each bundle that is copied, as its source has it: what is rewritten below is not what was signed. */
    private void requireSignatures(ReadableStore store, Digest digest, Location place) {
        new SignatureCheck(context.scope(), store, digest, place.toString(), context.manifestLimit())
                .require(options.requiredSignatures());
    }

    private boolean needsSurroundings() {
        return options.dependencies() || options.repositoryLayout() == RepositoryLayout.MIRROR;
    }

    private static Surroundings requirePresent(@Nullable Surroundings surroundings) {
        if (surroundings == null) {
            throw new IllegalStateException("nothing is known of what is beside the target");
        }
        return surroundings;
    }

    private PreparedCopy prepareOther(ReadableStore store, Descriptor found, List<String> tags) {
        if (needsSurroundings() || options.relocationMap()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    source + " is no bundle, so it has neither images nor dependencies that could go elsewhere",
                    "Leave out the repository layout, the relocation map and the dependencies.");
        }
        Descriptor copied = found;
        ReadableStore from = store;
        if (found.mediaType().kind() == MediaType.Kind.INDEX) {
            FilteredIndex filtered = new ImageFilter(context.scope(), context.manifestLimit())
                    .filter(source.toString(), store, found, options.platforms());
            copied = filtered.descriptor();
            if (!copied.digest().equals(found.digest())) {
                OverlayStore overlay = new OverlayStore(store);
                overlay.add(found.mediaType(), filtered.content());
                from = overlay;
                context.warnings()
                        .add(
                                Warning.Kind.PLATFORMS_FILTERED,
                                ImageFilter.message(source.toString(), found.digest(), copied.digest()));
            }
        }
        PreparedCopy prepared = new PreparedCopy(source, from, found, copied, null, target, tags, List.of(), null);
        if (Boolean.TRUE.equals(options.referrers())) {
            warnOfReferrers(prepared);
        }
        return prepared;
    }

    private PreparedCopy prepare(
            Location from,
            PullOperation.Pulled bundle,
            Location to,
            List<String> tags,
            @Nullable Surroundings surroundings) {
        PullOperation.Pulled copied = options.platforms().isEmpty()
                ? bundle
                : new BundlePlatforms(context, options.platforms()).filter(bundle, from);
        boolean mirror = options.repositoryLayout() == RepositoryLayout.MIRROR;
        MirrorPlan images = mirror ? new MirrorPlan(requirePresent(surroundings), to).with(copied) : null;
        PreparedCopy prepared = new PreparedCopy(
                from,
                copied.withWhatWasRead(context.scope()),
                bundle.root().descriptor(),
                copied.root().descriptor(),
                copied,
                to,
                tags,
                images == null ? List.of() : images.images(),
                images == null ? copied.index().relocation(copied.bundle(), to).map() : images.relocationMap());
        if (bringsReferrers()) {
            warnOfReferrers(prepared);
        }
        return prepared;
    }

    private void warnOfReferrers(PreparedCopy copy) {
        BundlePlatforms.warnOfReferrers(
                context, copy.source(), copy.found().digest(), copy.descriptor().digest());
    }

    private boolean bringsReferrers() {
        return !Boolean.FALSE.equals(options.referrers());
    }

    /** What is no place to write to is to be known before anything moves. */
    private void openTargets(PreparedCopy root, List<PreparedCopy> dependencies) {
        Stream.concat(Stream.of(root), dependencies.stream())
                .flatMap(copy -> Stream.concat(
                        Stream.of(copy.target()), copy.images().stream().map(MirroredImage::place)))
                .map(Location::repositoryOnly)
                .distinct()
                .forEach(context.stores()::target);
    }

    /** Names of other registries lose their hosts, so that two of them may come to one. */
    private static void requireOneContentPerName(PreparedCopy root, List<PreparedCopy> dependencies) {
        List<PreparedCopy> all = new ArrayList<>(dependencies);
        all.add(root);
        Map<Location, Digest> contents = new HashMap<>();
        Map<Location, String> owners = new HashMap<>();
        for (PreparedCopy copy : all) {
            for (String tag : copy.tags()) {
                claim(
                        contents,
                        owners,
                        copy.target().withTag(tag),
                        copy.descriptor().digest(),
                        copy.source().toString());
            }
            copy.images().stream()
                    .filter(image -> image.place().tag() != null)
                    .forEach(image -> claim(
                            contents, owners, image.place(), image.descriptor().digest(), image.image()));
        }
    }

    private static void claim(
            Map<Location, Digest> contents, Map<Location, String> owners, Location name, Digest digest, String owner) {
        Digest other = contents.putIfAbsent(name, digest);
        String first = owners.putIfAbsent(name, owner);
        if (other != null && !other.equals(digest)) {
            throw new InvalidInputException(
                    ErrorCode.IMAGE_CONFLICT,
                    "two contents would be named " + name + ": that of " + first + ", " + other + ", and that of "
                            + owner + ", " + digest,
                    "At the target names have lost the hosts they had; copy these to different prefixes.");
        }
    }

    private Copied copy(PreparedCopy copy) {
        ArtifactCopyOperation.Found found = new ArtifactCopyOperation.Found(copy.store(), copy.descriptor());
        CopyReport report = NOTHING;
        if (!copy.images().isEmpty()) {
            report = new ArtifactCopyOperation(context, copy.source(), found, copy.target(), List.of())
                    .copy(false, List.of(), options.listener())
                    .report();
            report = report.plus(mirror(copy));
        }
        ArtifactCopyOperation last =
                new ArtifactCopyOperation(context, copy.source(), found, copy.target(), copy.tags());
        Boolean referrers = copy.bundle() == null ? options.referrers() : Boolean.valueOf(bringsReferrers());
        ArtifactCopyResult result = last.copy(referrers, List.of(), options.listener());
        report = report.plus(result.report());
        Set<Digest> others = new HashSet<>(last.referredTo());
        others.remove(copy.descriptor().digest());
        if (!others.isEmpty()) {
            report = report.plus(mirrorReferrers(copy));
        }
        return new Copied(result, report);
    }

    private CopyReport mirror(PreparedCopy copy) {
        WritableStore bundles = context.stores().target(copy.target());
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), options.listener())) {
            for (MirroredImage image : copy.images()) {
                String tag = image.place().tag();
                session.add(
                        CopyRoot.of(image.image(), bundles, context.stores().target(image.place()), image.descriptor())
                                .withTags(tag == null ? List.of() : List.of(tag)));
            }
            return session.await();
        } catch (CopyException failed) {
            throw ArtifactCopyOperation.named(copy.source(), copy.target(), failed, "");
        }
    }

    /** Signatures of an image are looked for in the image's repository. */
    private CopyReport mirrorReferrers(PreparedCopy copy) {
        CopyReport report = NOTHING;
        for (MirroredImage image : copy.images()) {
            report = report.plus(new ReferrerCopy(
                            context,
                            image.image(),
                            copy.store(),
                            context.stores().target(image.place()))
                    .copy(image.descriptor(), options.listener()));
        }
        return report;
    }
}
