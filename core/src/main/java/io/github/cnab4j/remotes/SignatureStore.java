/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
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
        int seen = 0;
        boolean simple = false;
        boolean bundle = false;
        for (Descriptor layer : image().map(ImageManifest::layers).orElse(List.of())) {
            if (layer.mediaType().equals(SimpleSigning.MEDIA_TYPE) && seen < MOST) {
                seen++;
                simple = simple || simple(layer, key, claims);
            }
        }
        for (Descriptor referrer : referrers()) {
            for (Descriptor layer : bundles(referrer)) {
                if (seen < 2 * MOST) {
                    seen++;
                    bundle = bundle || SigstoreBundle.holds(read(layer, SigstoreBundle.LARGEST), subject, claims, key);
                }
            }
        }
        return new Findings(seen, simple, bundle);
    }

    private boolean simple(Descriptor layer, VerificationKey key, Map<String, String> claims) {
        String signature = layer.annotations().getOrDefault(SignatureImage.SIGNATURE, "");
        return layer.size() <= SimpleSigning.LARGEST
                && SimpleSigning.holds(read(layer, SimpleSigning.LARGEST), signature, subject, claims, key);
    }

    private byte[] read(Descriptor layer, int limit) {
        return Verified.readAll(scope, store, layer, limit);
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
                        .filter(referrer -> referrer.artifactType() == null
                                || referrer.artifactType().equals(SigstoreBundle.MEDIA_TYPE.value()))
                        .limit(MOST)
                        .toList();
    }

    private List<Descriptor> bundles(Descriptor referrer) {
        byte[] content = Verified.readAll(scope, store, referrer, manifestLimit);
        return Manifest.parse(referrer.mediaType(), content) instanceof ImageManifest image
                ? image.layers().stream()
                        .filter(layer -> layer.mediaType().equals(SigstoreBundle.MEDIA_TYPE))
                        .filter(layer -> layer.size() <= SigstoreBundle.LARGEST)
                        .toList()
                : List.of();
    }
}
