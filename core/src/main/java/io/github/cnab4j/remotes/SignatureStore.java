/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.ImageManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.signature.SignatureImage;
import io.github.cnab4j.signature.SignatureTags;
import io.github.cnab4j.signature.SigstoreBundle;
import io.github.cnab4j.signature.SimpleSigning;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.ResolvedManifest;
import io.github.cnab4j.store.Verified;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The signatures of one manifest, as a store has them: cosign's image under a tag, and sigstore bundles that refer to the manifest.
 * Nothing that a store says is believed but what the key proves.
 */
final class SignatureStore {
    /** Most signatures of either kind that are looked at: whoever can push to a repository can put them there. */
    static final int MOST = 1_000;
    /** Most bytes of either kind that are read: signatures have a few thousand each. */
    private static final long MOST_BYTES = 64L << 20;

    private final CallScope scope;
    private final ReadableStore store;
    private final Digest subject;
    private final int manifestLimit;

    /**
     * What was looked at.
     *
     * @param seen signatures, valid or not
     * @param simple whether one in cosign's image holds
     * @param bundle whether one in a sigstore bundle holds
     */
    record Findings(int seen, boolean simple, boolean bundle) {
        boolean holds() {
            return simple || bundle;
        }
    }

    SignatureStore(CallScope scope, ReadableStore store, Digest subject, int manifestLimit) {
        this.scope = scope;
        this.store = store;
        this.subject = subject;
        this.manifestLimit = manifestLimit;
    }

    /** Looks for signatures by a key, over the manifest and these claims. */
    Findings check(VerificationKey key, Map<String, String> claims) {
        Budget layers = new Budget();
        boolean simple = false;
        for (Descriptor layer : image().map(ImageManifest::layers).orElse(List.of())) {
            if (layer.mediaType().equals(SimpleSigning.MEDIA_TYPE) && layers.seen < MOST) {
                layers.seen++;
                simple = simple || simple(layer, key, claims, layers);
            }
        }
        Budget bundles = new Budget();
        boolean bundle = false;
        for (Descriptor referrer : referrers()) {
            bundle = bundle || bundle(referrer, key, claims, bundles);
        }
        return new Findings(layers.seen + bundles.seen, simple, bundle);
    }

    /** What has been looked at of one kind, and how much may still be read. */
    private static final class Budget {
        private int seen;
        private long bytes = MOST_BYTES;

        boolean allows(Descriptor content, int limit) {
            if (content.size() > limit || content.size() > bytes) {
                return false;
            }
            bytes -= content.size();
            return true;
        }
    }

    private boolean simple(Descriptor layer, VerificationKey key, Map<String, String> claims, Budget budget) {
        String signature = layer.annotations().getOrDefault(SignatureImage.SIGNATURE, "");
        return read(layer, SimpleSigning.LARGEST, budget)
                .filter(payload -> SimpleSigning.holds(payload, signature, subject, claims, key))
                .isPresent();
    }

    private boolean bundle(Descriptor referrer, VerificationKey key, Map<String, String> claims, Budget budget) {
        for (Descriptor layer : bundles(referrer, budget)) {
            if (budget.seen == MOST) {
                return false;
            }
            budget.seen++;
            boolean holds = read(layer, SigstoreBundle.LARGEST, budget)
                    .filter(content -> SigstoreBundle.holds(content, subject, claims, key))
                    .isPresent();
            if (holds) {
                return true;
            }
        }
        return false;
    }

    /**
     * Content that may be a signature; empty if there is none, since what is missing, altered or too large proves nothing, and keeps no
     * other signature from doing so.
     */
    private Optional<byte[]> read(Descriptor content, int limit, Budget budget) {
        if (!budget.allows(content, limit)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Verified.readAll(scope, store, content, limit));
        } catch (NotFoundException | IntegrityException useless) {
            return Optional.empty();
        }
    }

    /** cosign's image of signatures, if there is one. */
    Optional<ImageManifest> image() {
        String tag = SignatureTags.signature(subject);
        ResolvedManifest found;
        try {
            found = store.resolveAndRead(scope, tag, manifestLimit);
        } catch (NotFoundException none) {
            return Optional.empty();
        }
        Manifest manifest = Manifest.parse(found.descriptor().mediaType(), found.content());
        if (manifest instanceof ImageManifest image) {
            return Optional.of(image);
        }
        throw new InvalidInputException(
                ErrorCode.INVALID_MANIFEST,
                store.id() + ":" + tag + " is no image, and under this tag an image of signatures has to be");
    }

    /** Lists do not always tell what kind a referrer is, or tell it without annotations. */
    private List<Descriptor> referrers() {
        return new ReferrerIndex(scope, store, manifestLimit, null)
                .of(subject).stream()
                        .filter(referrer -> referrer.mediaType().isManifest())
                        .filter(referrer -> referrer.artifactType() == null
                                || referrer.artifactType().equals(SigstoreBundle.MEDIA_TYPE.value()))
                        .limit(MOST)
                        .toList();
    }

    private List<Descriptor> bundles(Descriptor referrer, Budget budget) {
        Optional<byte[]> content = read(referrer, manifestLimit, budget);
        try {
            return content.isPresent()
                            && Manifest.parse(referrer.mediaType(), content.get()) instanceof ImageManifest image
                    ? image.layers().stream()
                            .filter(layer -> layer.mediaType().equals(SigstoreBundle.MEDIA_TYPE))
                            .toList()
                    : List.of();
        } catch (InvalidInputException noManifest) {
            return List.of();
        }
    }
}
