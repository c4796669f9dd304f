/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.converter.BundleIndex;
import io.github.cnab4j.converter.Relocation;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.OverlayStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.ResolvedManifest;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.store.VerifiedContent;
import java.util.List;

/** Reads a bundle: its index, then its config manifest, then the bundle, each verified before the next is asked for. */
final class PullOperation {
    private final Context context;

    PullOperation(Context context) {
        this.context = context;
    }

    /**
     * A bundle and where everything of it is.
     *
     * @param root the index's bytes as the store has them
     * @param index what they say
     * @param configManifest the config manifest's bytes
     * @param content the bundle's bytes
     */
    record Pulled(
            ReadableStore store,
            ResolvedManifest root,
            BundleIndex index,
            VerifiedContent configManifest,
            VerifiedContent content,
            Bundle bundle,
            Relocation relocation) {
        /** The index's digest. */
        Digest digest() {
            return root.descriptor().digest();
        }

        /** The store, which is not asked again for what was read. */
        ReadableStore withWhatWasRead(CallScope scope) {
            OverlayStore overlay = new OverlayStore(store);
            overlay.push(scope, root.descriptor(), ContentSource.ofBytes(root.content()), PushHints.NONE);
            overlay.push(scope, configManifest.descriptor(), configManifest, PushHints.NONE);
            overlay.push(scope, content.descriptor(), content, PushHints.NONE);
            return overlay;
        }
    }

    PullResult pull(Location location, PullOptions options) {
        Pulled pulled = read(location, options.requiredSignatures());
        return new PullResult(
                pulled.bundle(),
                pulled.relocation().map(),
                pulled.digest(),
                context.warnings().toList());
    }

    /** Whether a manifest is the index of a bundle. */
    static boolean isBundle(Context context, ReadableStore store, Descriptor manifest) {
        if (manifest.mediaType().kind() != MediaType.Kind.INDEX) {
            return false;
        }
        byte[] content = Verified.readAll(context.scope(), store, manifest, context.manifestLimit());
        return isBundle(new ResolvedManifest(manifest, content));
    }

    /** Whether a manifest that was read is the index of a bundle. */
    static boolean isBundle(ResolvedManifest manifest) {
        if (manifest.descriptor().mediaType().kind() != MediaType.Kind.INDEX) {
            return false;
        }
        try {
            BundleIndex.parse(manifest.descriptor().mediaType(), manifest.content());
            return true;
        } catch (InvalidInputException anotherIndex) {
            return false;
        }
    }

    Pulled read(Location location, List<SignatureRequirement> required) {
        return read(context.stores().source(location), location, required);
    }

    /** Reads a bundle whose index is signed as required. */
    Pulled read(ReadableStore store, Location location, List<SignatureRequirement> required) {
        ResolvedManifest root = Resolving.resolveAndRead(context.scope(), store, location, context.manifestLimit());
        new SignatureCheck(
                        context.scope(),
                        store,
                        root.descriptor().digest(),
                        location.toString(),
                        context.manifestLimit())
                .require(required);
        return read(store, root, location);
    }

    /** Reads the bundle whose index was read. */
    Pulled read(ReadableStore store, ResolvedManifest root, Location location) {
        try {
            return readBelow(store, root, location);
        } catch (InvalidInputException unreadable) {
            throw new InvalidInputException(
                    unreadable.code(),
                    "cannot pull " + location + ": " + unreadable.getMessage(),
                    unreadable.hint().orElse(null),
                    unreadable);
        }
    }

    private Pulled readBelow(ReadableStore store, ResolvedManifest root, Location location) {
        CallScope scope = context.scope();
        BundleIndex index = BundleIndex.parse(root.descriptor().mediaType(), root.content());
        VerifiedContent manifest = Verified.read(scope, store, index.config(), context.manifestLimit());
        Descriptor config = BundleIndex.bundleOf(index.config(), manifest.bytes());
        VerifiedContent content = Verified.read(scope, store, config, JsonLimits.BUNDLE.maxBytes());
        Bundle bundle = Bundle.parse(content.bytes());
        Relocation relocation = index.relocation(bundle, location);
        warn(index, bundle, relocation);
        return new Pulled(store, root, index, manifest, content, bundle, relocation);
    }

    private void warn(BundleIndex index, Bundle bundle, Relocation relocation) {
        Warnings warnings = context.warnings();
        index.warnings().forEach(text -> warnings.add(Warning.Kind.INDEX_UNUSUAL, text));
        relocation.surplus().forEach(text -> warnings.add(Warning.Kind.INDEX_UNUSUAL, text));
        relocation.missing().forEach(text -> warnings.add(Warning.Kind.IMAGE_WITHOUT_DESCRIPTOR, text));
        warnings.addAll(bundle);
    }
}
