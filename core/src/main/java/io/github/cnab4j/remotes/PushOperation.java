/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.converter.BundleForm;
import io.github.cnab4j.converter.BundleForms;
import io.github.cnab4j.converter.ManifestOption;
import io.github.cnab4j.converter.Payload;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.NodeKey;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.transfer.CopyReport;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a bundle's index, its config manifest and the bundle itself into the target: one root of a copy, whose other children
 * are the images. When the target refuses the form, the next form takes the root's place in the same copy.
 */
final class PushOperation implements FixupRun.Sequel {
    private static final String LABEL = "bundle";

    private final Context context;
    private final Location target;
    private final WritableStore store;
    private final PushOptions options;
    private volatile @Nullable Attempt attempt;

    /** A form that is being pushed. */
    private record Attempt(Fixed fixed, BundleForms forms, BundleForm form) {
        Attempt with(BundleForm other) {
            return new Attempt(fixed, forms, other);
        }

        /** Of the index's entries those that this copy brings: images that are at the target are not asked for again. */
        List<Descriptor> awaited(Descriptor parent, List<Descriptor> children) {
            if (!parent.key().equals(form.index().descriptor().key())) {
                return children;
            }
            NodeKey config = form.configManifest().descriptor().key();
            return children.stream()
                    .filter(child ->
                            child.key().equals(config) || fixed.copied().contains(child.key()))
                    .toList();
        }
    }

    PushOperation(Context context, Location target, PushOptions options) {
        this.context = context;
        this.target = target;
        this.store = context.stores().target(target);
        this.options = options;
    }

    /** Pushes a bundle whose images are in the target. */
    PushResult push(Bundle bundle, RelocationMap relocationMap) {
        context.warnings().addAll(bundle);
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), event -> {})) {
            add(session, new Fixed(bundle, relocationMap, Set.of()));
            return result(session.await());
        }
    }

    @Override
    public Optional<NodeKey> index(Fixed fixed) {
        return target.digest() == null
                        && target.tag() != null
                        && !context.copyOptions().deep()
                ? Optional.of(prepare(fixed).form().index().descriptor().key())
                : Optional.empty();
    }

    /** Adds the bundle to a copy that brings its images. */
    @Override
    public void add(CopySession session, Fixed fixed) {
        session.add(root(prepare(fixed)));
    }

    private Attempt prepare(Fixed fixed) {
        Attempt prepared = attempt;
        if (prepared == null) {
            BundleForms forms = BundleForms.prepare(fixed.bundle(), fixed.relocationMap(), target, manifestOption());
            prepared = new Attempt(fixed, forms, forms.preferred());
            attempt = prepared;
        }
        return prepared;
    }

    /** What became of it, after the copy. */
    PushResult result(CopyReport report) {
        Attempt last = Objects.requireNonNull(attempt);
        Descriptor index = last.form().index().descriptor();
        if (target.digest() != null && !index.digest().equals(target.digest())) {
            context.warnings()
                    .add(
                            Warning.Kind.TARGET_DIGEST_IGNORED,
                            "the target names the digest " + target.digest() + ", the bundle's is " + index.digest());
        }
        return new PushResult(
                index,
                last.form(),
                last.fixed().bundle(),
                last.fixed().relocationMap(),
                report,
                context.warnings().toList());
    }

    private CopyRoot root(Attempt current) {
        MemoryStore source = new MemoryStore(LABEL);
        for (Payload payload : current.form().payloads()) {
            source.push(
                    context.scope(), payload.descriptor(), ContentSource.ofBytes(payload.content()), PushHints.NONE);
        }
        String tag = target.digest() == null ? target.tag() : null;
        return new CopyRoot(
                LABEL + " " + target,
                source,
                store,
                current.form().index().descriptor(),
                tag == null ? List.of() : List.of(tag),
                (parent, children) -> current.awaited(parent, children),
                (refused, why) -> other(current, refused, why));
    }

    /** The next form, in the same copy: images and config blob that are at the target already are not copied again. */
    private Optional<CopyRoot> other(Attempt refused, Descriptor content, RejectedException why) {
        if (!options.allowFallbacks()) {
            return Optional.empty();
        }
        return refused.forms().after(refused.form(), content, why).map(form -> {
            context.warnings()
                    .add(
                            Warning.Kind.FALLBACK_TAKEN,
                            target + " refused " + refused.form().inWords() + " (" + why.getMessage() + "); pushing "
                                    + form.inWords() + " instead, so the digest differs");
            Attempt next = refused.with(form);
            attempt = next;
            return root(next);
        });
    }

    private ManifestOption manifestOption() {
        ManifestOption all = ManifestOption.NONE;
        for (ManifestOption option : options.manifestOptions()) {
            all = all.then(option);
        }
        return all;
    }
}
