/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.signature.SignatureTags;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.transfer.CopyEvent;
import io.github.cnab4j.transfer.CopyReport;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings along what refers to the manifests of a copy: signatures, attestations, bills of materials, and whatever else names one of
 * them as its subject or hangs on one of cosign's tags; and what refers to these in turn. The manifests themselves are at the target
 * by then, since some registries take no referrer without its subject.
 */
final class ReferrerCopy {
    /** Most manifests that are looked at: a source may have lists without end. */
    private static final int MOST = 100_000;

    private final Context context;
    private final String label;
    private final ReadableStore source;
    private final WritableStore target;
    private final Set<Digest> seen = ConcurrentHashMap.newKeySet();
    private final Set<Digest> referredTo = ConcurrentHashMap.newKeySet();
    private final Map<Digest, Queue<Descriptor>> found = new ConcurrentHashMap<>();

    /**
     * A copy of referrers.
     *
     * @param label the name of a failure
     */
    ReferrerCopy(Context context, String label, ReadableStore source, WritableStore target) {
        this.context = context;
        this.label = label;
        this.source = source;
        this.target = target;
    }

    /** Copies what refers to a manifest and to the manifests below it. */
    CopyReport copy(Descriptor root, Consumer<? super CopyEvent> listener) {
        Set<String> tags = tags();
        CopyReport report;
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), listener)) {
            visit(session, new ReferrerIndex(session.scope(), source, context.manifestLimit(), tags), root);
            report = session.await();
        }
        list();
        return report;
    }

    /** The manifests that something refers to, after the copy. */
    Set<Digest> referredTo() {
        return Set.copyOf(referredTo);
    }

    /** The tags of the source, which spare a request for each that is not there; null if it will not list them. */
    private @Nullable Set<String> tags() {
        try {
            return new HashSet<>(source.tags(context.scope()));
        } catch (CancelledException | TransportException failed) {
            throw failed;
        } catch (CnabException refused) {
            return null;
        }
    }

    private void visit(CopySession session, ReferrerIndex index, Descriptor manifest) {
        if (!manifest.mediaType().isManifest() || !seen.add(manifest.digest())) {
            return;
        }
        if (seen.size() > MOST) {
            throw new InvalidInputException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "more than " + MOST + " manifests are below " + label + " or refer to it");
        }
        session.plan(label, Set.of(source.id()), () -> {
            for (Descriptor referrer : index.of(manifest.digest())) {
                if (referrer.mediaType().isManifest() && isThere(session.scope(), referrer)) {
                    referredTo.add(manifest.digest());
                    found.computeIfAbsent(manifest.digest(), subject -> new ConcurrentLinkedQueue<>())
                            .add(referrer);
                    add(session, index, referrer, List.of());
                }
            }
            for (String tag : SignatureTags.cosign(manifest.digest())) {
                Descriptor tagged = index.mayHave(tag) ? tagged(session.scope(), tag) : null;
                if (tagged != null) {
                    referredTo.add(manifest.digest());
                    add(session, index, tagged, List.of(tag));
                }
            }
            // Last: what one question told of the store spares those of the children.
            children(session.scope(), manifest).forEach(child -> visit(session, index, child));
        });
    }

    private List<Descriptor> children(CallScope scope, Descriptor manifest) {
        if (manifest.mediaType().kind() != MediaType.Kind.INDEX) {
            return List.of();
        }
        byte[] content = Verified.readAll(scope, source, manifest, context.manifestLimit());
        return Manifest.parse(manifest.mediaType(), content) instanceof IndexManifest index
                ? index.manifests()
                : List.of();
    }

    private void add(CopySession session, ReferrerIndex index, Descriptor manifest, List<String> tags) {
        session.add(CopyRoot.of(label, source, target, manifest.identity()).withTags(tags));
        visit(session, index, manifest);
    }

    /** Indexes of referrers outlive what they name: nobody keeps them in order when it is deleted. */
    private boolean isThere(CallScope scope, Descriptor referrer) {
        if (source.exists(scope, referrer)) {
            return true;
        }
        context.warnings()
                .add(
                        Warning.Kind.REFERRER_MISSING,
                        source.id() + " lists " + referrer.digest() + " as a referrer and does not have it");
        return false;
    }

    private @Nullable Descriptor tagged(CallScope scope, String tag) {
        try {
            return source.resolve(scope, tag);
        } catch (NotFoundException absent) {
            return null;
        }
    }

    /** Where the target keeps no lists of its own, its indexes are completed. */
    private void list() {
        if (found.isEmpty()) {
            return;
        }
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), event -> {})) {
            found.forEach((subject, referrers) -> session.plan(label, Set.of(target.id()), () -> {
                CallScope scope = session.scope();
                new ReferrerIndex(scope, target, context.manifestLimit(), null)
                        .add(
                                target,
                                subject,
                                referrers.stream().map(Descriptor::digest).collect(Collectors.toUnmodifiableSet()),
                                () -> referrers.stream()
                                        .sorted(Comparator.comparing(
                                                referrer -> referrer.digest().toString()))
                                        .map(referrer -> entry(scope, referrer))
                                        .toList());
            }));
            session.await();
        }
    }

    private Descriptor entry(CallScope scope, Descriptor referrer) {
        byte[] content = Verified.readAll(scope, source, referrer, context.manifestLimit());
        return ReferrerIndex.entry(referrer.mediaType(), content);
    }
}
