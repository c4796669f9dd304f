/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.ImageManifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.signature.SignatureImage;
import io.github.cnab4j.signature.SignatureReferrer;
import io.github.cnab4j.signature.SignatureTags;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.signature.SigstoreBundle;
import io.github.cnab4j.signature.SimpleSigning;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One signature over one manifest, put in both forms that cosign has known: a layer more of its image of signatures, and a sigstore
 * bundle that refers to the manifest. What is there already, by the same key and with the same claims, is not put again.
 */
final class SignOperation {
    /** How often the image of signatures is put again that somebody else has put meanwhile. */
    private static final int MOST_PUTS = 5;

    private final Context context;
    private final Location location;
    private final SigningKey key;
    private final Map<String, String> claims;
    private final MemoryStore made = new MemoryStore("signature");
    private final Set<Descriptor> own = new HashSet<>();

    /** What was signed, and the signature over it. */
    private static final class Signed {
        private final Descriptor layer;
        private final byte[] payload;
        private final String signature;

        Signed(Descriptor layer, byte[] payload, String signature) {
            this.layer = layer;
            this.payload = payload;
            this.signature = signature;
        }

        /** Others sign the same payload: the signature tells one layer from the other. */
        boolean isIn(@Nullable ImageManifest image) {
            return image != null
                    && image.layers().stream()
                            .anyMatch(other -> other.digest().equals(layer.digest())
                                    && signature.equals(other.annotations().get(SignatureImage.SIGNATURE)));
        }
    }

    SignOperation(Context context, Location location, SigningKey key, SignOptions options) {
        this.context = context;
        this.location = location;
        this.key = key;
        this.claims = options.claims();
    }

    SignResult sign() {
        WritableStore store = context.stores().target(location);
        Descriptor subject = Resolving.resolve(context.scope(), store, location);
        SignatureStore signatures =
                new SignatureStore(context.scope(), store, subject.digest(), context.manifestLimit());
        SignatureStore.Findings present = signatures.check(key.verificationKey(), claims);
        if (!present.simple() || !present.bundle()) {
            put(store, subject, signatures, present);
        }
        return new SignResult(
                subject.identity(),
                location.repositoryOnly().pinnedTo(subject.digest()),
                !present.simple() || !present.bundle());
    }

    private void put(
            WritableStore store, Descriptor subject, SignatureStore signatures, SignatureStore.Findings present) {
        Descriptor referrer = null;
        Signed signed = present.simple() ? null : signed(subject);
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), event -> {})) {
            if (signed != null) {
                session.add(imageRoot(store, subject, signatures, signed));
            }
            if (!present.bundle()) {
                referrer = referrer(subject);
                session.add(root(store, referrer));
            }
            session.await();
        }
        if (signed != null) {
            seeThatItStays(store, subject, signatures, signed);
        }
        if (referrer != null) {
            Descriptor entry = referrer;
            new ReferrerIndex(context.scope(), store, context.manifestLimit(), null)
                    .add(store, subject.digest(), Set.of(entry.digest()), () -> List.of(entry));
        }
    }

    /**
     * No registry compares before it puts. Who signs at the same time may have put the image without our layer: then it is put again, with
     * all that is there by then. Whether ours has taken away theirs is theirs to find, in the same way.
     */
    private void seeThatItStays(WritableStore store, Descriptor subject, SignatureStore signatures, Signed signed) {
        for (int puts = 1; !signed.isIn(signatures.image().orElse(null)); puts++) {
            if (puts == MOST_PUTS) {
                throw new RejectedException(
                        409,
                        List.of(),
                        "PUT " + SignatureTags.signature(subject.digest()),
                        location + " was signed by others as often as by us, and our signature is not among theirs in "
                                + SignatureTags.signature(subject.digest()),
                        "Run again when nobody else signs it.");
            }
            try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), event -> {})) {
                session.add(imageRoot(store, subject, signatures, signed));
                session.await();
            }
        }
    }

    private CopyRoot imageRoot(WritableStore store, Descriptor subject, SignatureStore signatures, Signed signed) {
        Descriptor image = image(signed, signatures.image().orElse(null));
        return root(store, image).withTags(List.of(SignatureTags.signature(subject.digest())));
    }

    /** Layers of other signatures are at the target. */
    private CopyRoot root(WritableStore store, Descriptor manifest) {
        return CopyRoot.of("the signature of " + location, made, store, manifest)
                .withFilter((parent, children) -> children.stream()
                        .filter(child -> own.contains(child.identity()))
                        .toList());
    }

    private Signed signed(Descriptor subject) {
        byte[] payload = SimpleSigning.payload(subject.digest(), repository(), claims);
        return new Signed(
                keep(SimpleSigning.MEDIA_TYPE, payload),
                payload,
                Base64.getEncoder().encodeToString(key.sign(payload)));
    }

    private Descriptor image(Signed signed, @Nullable ImageManifest present) {
        SignatureImage image = SignatureImage.with(present, signed.payload, signed.signature);
        keep(MediaType.OCI_CONFIG, image.config());
        return keep(MediaType.OCI_MANIFEST, image.manifest());
    }

    private Descriptor referrer(Descriptor subject) {
        byte[] bundle = SigstoreBundle.sign(subject.digest(), claims, key);
        byte[] manifest = SignatureReferrer.manifest(subject, bundle, Instant.now());
        keep(SigstoreBundle.MEDIA_TYPE, bundle);
        keep(SignatureReferrer.config().mediaType(), SignatureReferrer.configuration());
        keep(MediaType.OCI_MANIFEST, manifest);
        return ReferrerIndex.entry(MediaType.OCI_MANIFEST, manifest);
    }

    private Descriptor keep(MediaType type, byte[] content) {
        Descriptor descriptor = Descriptor.of(type, content);
        made.push(context.scope(), descriptor, scope -> new ByteArrayInputStream(content), PushHints.NONE);
        own.add(descriptor);
        return descriptor;
    }

    /** The repository in full; that of Docker Hub by the name under which cosign knows it. */
    private String repository() {
        if (location instanceof RegistryLocation registry) {
            String domain = registry.reference().repository().domain();
            return (domain.equals("docker.io") ? "index.docker.io" : domain) + "/"
                    + registry.reference().repository().path();
        }
        return location.repositoryOnly().toString();
    }
}
