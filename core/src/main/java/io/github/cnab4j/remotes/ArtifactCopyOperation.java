/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.transfer.CopyEvent;
import io.github.cnab4j.transfer.CopyReport;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import io.github.cnab4j.transfer.Inquiry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a manifest and all that it points to. Source and target are asked at once what they have under their names; where
 * both say the same, nothing is left to do. Else one root of a copy session brings the rest.
 */
final class ArtifactCopyOperation {
    /** About what a manifest says of each content that it points to; in bytes. */
    private static final int BYTES_OF_A_CHILD = 256;

    private final Context context;
    private final Location source;
    private final Location target;
    private final @Nullable String tag;
    private final AtomicInteger unanswered = new AtomicInteger(2);
    private volatile @Nullable Found found;
    private volatile @Nullable Place place;
    private volatile boolean nothingToDo;

    /** What is to be copied. */
    private record Found(ReadableStore store, Descriptor descriptor) {}

    /** Where it goes, and what the target has under the tag, if anything. */
    private record Place(WritableStore store, @Nullable Descriptor tagged) {}

    ArtifactCopyOperation(Context context, Location source, Location target) {
        this.context = context;
        this.source = source.orLatest();
        this.target = target;
        this.tag = target.tag() == null && target.digest() == null ? this.source.tag() : target.tag();
    }

    /**
     * Copies.
     *
     * @param referrers as {@link ArtifactCopyOptions#referrers} has it
     * @param required signatures over the source
     */
    ArtifactCopyResult copy(
            @Nullable Boolean referrers, List<SignatureRequirement> required, Consumer<? super CopyEvent> listener) {
        CopyReport report;
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), listener)) {
            session.plan(source.toString(), () -> {
                found = find(session.scope(), required);
                whenBothAnswered(session);
            });
            session.plan(target.toString(), () -> {
                place = open(session.scope());
                whenBothAnswered(session);
            });
            report = session.await();
        } catch (CopyException failed) {
            throw named(failed);
        }
        Descriptor copied = Objects.requireNonNull(found).descriptor();
        CopyReport copy = nothingToDo ? new CopyReport(0, 0, 1, 0, 0, report.elapsed()) : report;
        if (bringsReferrers(referrers, copied)) {
            copy = sum(copy, copyReferrers(copied, listener));
        }
        Location named = tag == null ? target.repositoryOnly() : target.withTag(tag);
        return new ArtifactCopyResult(
                copied.identity(),
                named.pinnedTo(copied.digest()),
                copy,
                context.warnings().toList());
    }

    private boolean bringsReferrers(@Nullable Boolean wanted, Descriptor copied) {
        return wanted != null
                ? wanted
                : PullOperation.isBundle(context, Objects.requireNonNull(found).store(), copied);
    }

    private CopyReport copyReferrers(Descriptor copied, Consumer<? super CopyEvent> listener) {
        ReadableStore from = Objects.requireNonNull(found).store();
        WritableStore to = Objects.requireNonNull(place).store();
        try {
            return new ReferrerCopy(context, source.toString(), from, to).copy(copied, listener);
        } catch (CopyException failed) {
            throw new CopyException(
                    source + " is at " + target + ", but what refers to it (signatures and the like) is not: "
                            + failed.getMessage(),
                    failed.failures());
        }
    }

    static CopyReport sum(CopyReport one, CopyReport other) {
        return new CopyReport(
                one.uploaded() + other.uploaded(),
                one.mounted() + other.mounted(),
                one.present() + other.present(),
                one.foreign() + other.foreign(),
                one.bytes() + other.bytes(),
                one.elapsed().plus(other.elapsed()));
    }

    private Found find(CallScope scope, List<SignatureRequirement> required) {
        try {
            ReadableStore store = context.stores().source(source);
            Descriptor descriptor = Resolving.resolve(scope, store, source);
            // From here on the digest counts, whatever the tag comes to mean.
            new SignatureCheck(scope, store, descriptor.digest(), source.toString(), context.manifestLimit())
                    .require(required);
            return new Found(store, descriptor);
        } catch (NotFoundException absent) {
            throw new NotFoundException(
                    absent.request(),
                    absent.getMessage(),
                    absent.hint()
                            .orElse(
                                    "Check the source's name and tag; some registries also say this to those who may not read."),
                    absent.repositoryUnknown());
        }
    }

    private Place open(CallScope scope) {
        WritableStore store = context.stores().target(target);
        return new Place(store, tag == null || context.copyOptions().deep() ? null : tagged(scope, store, tag));
    }

    /** A target that will not say what it has may take it all the same: only one that cannot be reached fails here. */
    private @Nullable Descriptor tagged(CallScope scope, WritableStore store, String name) {
        try {
            return store.resolve(scope, name);
        } catch (CancelledException | TransportException failed) {
            throw failed;
        } catch (CnabException nothing) {
            return null;
        }
    }

    private void whenBothAnswered(CopySession session) {
        if (unanswered.decrementAndGet() > 0) {
            return;
        }
        Found from = Objects.requireNonNull(found);
        Place to = Objects.requireNonNull(place);
        requireDigestOfTarget(from.descriptor());
        Descriptor tagged = to.tagged();
        if (tagged != null && tagged.digest().equals(from.descriptor().digest())) {
            nothingToDo = true;
            return;
        }
        int children = (int) Math.min(Integer.MAX_VALUE, from.descriptor().size() / BYTES_OF_A_CHILD);
        session.warmUp(from.store(), children);
        session.warmUp(to.store(), children);
        session.add(CopyRoot.of(source.toString(), from.store(), to.store(), from.descriptor())
                .withTags(tag == null ? List.of() : List.of(tag)));
        boolean inUse = to.store().id().equals(from.store().id());
        if (tag != null && tagged == null && !inUse) {
            // Most likely the manifest is not there either: what the repository is will matter at once.
            session.inquire(target.toString(), to.store(), Inquiry.REPOSITORY, answer -> {});
        }
    }

    private void requireDigestOfTarget(Descriptor copied) {
        if (target.digest() != null && !target.digest().equals(copied.digest())) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "the target names the digest " + target.digest() + ", and " + source + " is " + copied.digest(),
                    "A copy has the digest of its source: leave the target's digest out.");
        }
    }

    /** The same failure, naming both ends. */
    private CopyException named(CopyException failed) {
        List<CnabException> causes =
                failed.failures().stream().map(CopyException.Failure::cause).toList();
        return new CopyException(
                "cannot copy " + source + " to " + target + ": " + ImageFinder.messages(causes), failed.failures());
    }
}
