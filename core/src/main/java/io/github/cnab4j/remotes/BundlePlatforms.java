/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.converter.BundleIndex;
import io.github.cnab4j.converter.Payload;
import io.github.cnab4j.converter.RewrittenBundle;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.FilteredIndex;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.oci.Platform;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.OverlayStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.ResolvedManifest;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.store.VerifiedContent;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A bundle whose multi-platform images lose the platforms that are not wanted. Their indexes become others, and with them the bundle
 * and its own index: all of that is laid over the store that the bundle is in, so that what copies from there finds it, and nothing
 * names what is not there. Nothing is sent.
 */
final class BundlePlatforms {
    private final Context context;
    private final List<Platform> wanted;

    BundlePlatforms(Context context, List<Platform> wanted) {
        this.context = context;
        this.wanted = wanted;
    }

    /**
     * The bundle with the wanted platforms only; the same bundle if no image loses any.
     *
     * @param location where it was read
     * @throws io.github.cnab4j.error.CopyException if images have no such platform, all of which are named
     * @throws FixupException if the bundle says something else of an image that is to be rewritten than its index
     */
    PullOperation.Pulled filter(PullOperation.Pulled pulled, Location location) {
        Map<Digest, FilteredIndex> filtered = filterIndexes(pulled);
        filtered.entrySet()
                .removeIf(image -> image.getValue().descriptor().digest().equals(image.getKey()));
        return filtered.isEmpty() ? pulled : rewritten(pulled, filtered, location);
    }

    /** Warns that what refers to a manifest stays behind, if another one is copied in its place. */
    static void warnOfReferrers(Context context, Location source, Digest found, Digest copied) {
        if (!found.equals(copied)) {
            context.warnings()
                    .add(
                            Warning.Kind.REFERRERS_LEFT,
                            "what refers to " + source + " (" + found
                                    + ") or to an image that lost platforms, such as a signature, is not copied: it is about another digest");
        }
    }

    private Map<Digest, FilteredIndex> filterIndexes(PullOperation.Pulled pulled) {
        Map<Digest, String> names = new HashMap<>();
        pulled.relocation().map().entries().forEach((image, place) -> names.putIfAbsent(digest(place), image));
        Map<Digest, Descriptor> indexes = new LinkedHashMap<>();
        Stream.concat(pulled.index().invocationImages().stream(), pulled.index().components().values().stream())
                .filter(entry -> entry.mediaType().kind() == MediaType.Kind.INDEX)
                .forEach(entry -> indexes.put(entry.digest(), entry.identity()));
        Map<Digest, FilteredIndex> filtered = new ConcurrentHashMap<>();
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), event -> {})) {
            ImageFilter filter = new ImageFilter(session.scope(), context.manifestLimit());
            indexes.forEach((digest, index) -> {
                String image = names.getOrDefault(digest, digest.toString());
                session.plan(
                        image,
                        Set.of(pulled.store().id()),
                        () -> filtered.put(digest, filter.filter(image, pulled.store(), index, wanted)));
            });
            session.await();
        }
        return filtered;
    }

    private PullOperation.Pulled rewritten(
            PullOperation.Pulled pulled, Map<Digest, FilteredIndex> filtered, Location location) {
        Bundle bundle = describedAnew(pulled, filtered);
        Map<Digest, Descriptor> images = new HashMap<>();
        filtered.forEach((digest, index) -> images.put(digest, index.descriptor()));
        RewrittenBundle rewritten = RewrittenBundle.of(
                Manifest.parse(
                        pulled.root().descriptor().mediaType(), pulled.root().content()),
                Manifest.parse(
                        pulled.index().config().mediaType(),
                        pulled.configManifest().bytes()),
                pulled.index().config(),
                pulled.content().descriptor(),
                bundle,
                images);
        OverlayStore overlay = new OverlayStore(pulled.store());
        filtered.values().forEach(index -> put(overlay, index.descriptor(), index.content()));
        for (Payload payload : rewritten.payloads()) {
            put(overlay, payload.descriptor(), payload.content());
        }
        Descriptor root = rewritten.index().descriptor();
        BundleIndex index =
                BundleIndex.parse(root.mediaType(), rewritten.index().content());
        return new PullOperation.Pulled(
                overlay,
                new ResolvedManifest(root, rewritten.index().content()),
                index,
                read(overlay, rewritten.configManifest().descriptor(), context.manifestLimit()),
                read(overlay, rewritten.bundle().descriptor(), JsonLimits.BUNDLE.maxBytes()),
                bundle,
                index.relocation(bundle, location));
    }

    /** What the bundle says of an image is compared with what was found, before it is told what was made of it. */
    private Bundle describedAnew(PullOperation.Pulled pulled, Map<Digest, FilteredIndex> filtered) {
        Map<Integer, BaseImage> invocationImages = new HashMap<>();
        Map<String, BaseImage> components = new HashMap<>();
        for (BundleImage use : BundleImage.of(pulled.bundle(), FixupOptions.defaults())) {
            Optional<Digest> found =
                    pulled.relocation().map().find(use.base().image()).map(BundlePlatforms::digest);
            FilteredIndex index = found.map(filtered::get).orElse(null);
            if (index == null) {
                continue;
            }
            ImageCheck.requireNoOther(use, found.get());
            context.warnings()
                    .add(
                            Warning.Kind.PLATFORMS_FILTERED,
                            ImageFilter.message(
                                    use.base().image(),
                                    found.get(),
                                    index.descriptor().digest()));
            BaseImage described = use.base().describedBy(index.descriptor());
            if (use.component() == null) {
                invocationImages.put(use.position(), described);
            } else {
                components.put(use.component(), described);
            }
        }
        return pulled.bundle().withImages(invocationImages, components);
    }

    private static Digest digest(String place) {
        Digest digest = Location.parse(place).digest();
        if (digest == null) {
            throw new IllegalStateException("the index of a bundle gives every image a digest: " + place);
        }
        return digest;
    }

    private void put(OverlayStore overlay, Descriptor descriptor, byte[] content) {
        overlay.push(context.scope(), descriptor, ContentSource.ofBytes(content), PushHints.NONE);
    }

    private VerifiedContent read(OverlayStore overlay, Descriptor descriptor, int limit) {
        return Verified.read(context.scope(), overlay, descriptor, limit);
    }
}
