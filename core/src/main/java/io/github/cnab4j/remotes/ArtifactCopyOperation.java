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
import io.github.cnab4j.oci.Digest;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a manifest and all that it points to. Source and target are asked at once what they have under their names; where
 * all say the same, nothing is left to do. Else one root of a copy session brings the rest.
 */
final class ArtifactCopyOperation {
    /** About what a manifest says of each content that it points to; in bytes. */
    private static final int BYTES_OF_A_CHILD = 256;

    private final Context context;
    private final Location source;
    private final Location target;
    private final List<String> tags;
    private final Map<String, Descriptor> tagged = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered;
    private volatile @Nullable Found found;
    private volatile @Nullable WritableStore place;
    private volatile boolean nothingToDo;
    private Set<Digest> referredTo = Set.of();

    /**
     * What is to be copied.
     *
     * @param store where it is
     * @param descriptor the manifest
     */
    record Found(ReadableStore store, Descriptor descriptor) {}

    /**
     * A copy of what is found under the source's name.
     *
     * @param tags what it is called at the target; none: nothing but its digest
     */
    ArtifactCopyOperation(Context context, Location source, Location target, List<String> tags) {
        this.context = context;
        this.source = source;
        this.target = target;
        this.tags = List.copyOf(tags);
        this.unanswered = new AtomicInteger(1 + (asksForTags() ? tags.size() : 1));
    }

    /** A copy of what has been found. */
    ArtifactCopyOperation(Context context, Location source, Found found, Location target, List<String> tags) {
        this(context, source, target, tags);
        this.found = found;
    }

    /** What a copy is called: by the target's tag and the others that are asked for, else as the source. */
    static List<String> tags(Location source, Location target, List<String> others) {
        Set<String> tags = new LinkedHashSet<>();
        if (target.tag() != null) {
            tags.add(target.tag());
        }
        tags.addAll(others);
        if (tags.isEmpty() && target.digest() == null && source.tag() != null) {
            tags.add(source.tag());
        }
        return List.copyOf(tags);
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
                if (found == null) {
                    found = find(session.scope(), required);
                }
                whenAllAnswered(session);
            });
            session.plan(target.toString(), () -> askTarget(session));
            report = session.await();
        } catch (CopyException failed) {
            throw named(failed);
        }
        Descriptor copied = Objects.requireNonNull(found).descriptor();
        CopyReport copy = nothingToDo ? new CopyReport(0, 0, 1, 0, 0, report.elapsed()) : report;
        if (bringsReferrers(referrers, copied)) {
            copy = copy.plus(copyReferrers(copied, listener));
        }
        Location named = tags.isEmpty() ? target.repositoryOnly() : target.withTag(tags.get(0));
        return new ArtifactCopyResult(
                copied.identity(),
                named.pinnedTo(copied.digest()),
                tags,
                null,
                List.of(),
                copy,
                context.warnings().toList());
    }

    /** What something refers to, as the copy of referrers has found. */
    Set<Digest> referredTo() {
        return referredTo;
    }

    private boolean bringsReferrers(@Nullable Boolean wanted, Descriptor copied) {
        return wanted != null
                ? wanted
                : PullOperation.isBundle(context, Objects.requireNonNull(found).store(), copied);
    }

    private CopyReport copyReferrers(Descriptor copied, Consumer<? super CopyEvent> listener) {
        ReadableStore from = Objects.requireNonNull(found).store();
        WritableStore to = Objects.requireNonNull(place);
        try {
            ReferrerCopy referrers = new ReferrerCopy(context, source.toString(), from, to);
            CopyReport report = referrers.copy(copied, listener);
            referredTo = referrers.referredTo();
            return report;
        } catch (CopyException failed) {
            throw new CopyException(
                    source + " is at " + target + ", but what refers to it (signatures and the like) is not: "
                            + failed.getMessage(),
                    failed.failures());
        }
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
            throw withHint(absent);
        }
    }

    /** The same, saying what may be the reason. */
    static NotFoundException withHint(NotFoundException absent) {
        return new NotFoundException(
                absent.request(),
                absent.getMessage(),
                absent.hint()
                        .orElse(
                                "Check the source's name and tag; some registries also say this to those who may not read."),
                absent.repositoryUnknown());
    }

    /** A deep copy looks into everything, whatever the tags lead to. */
    private boolean asksForTags() {
        return !tags.isEmpty() && !context.copyOptions().deep();
    }

    private void askTarget(CopySession session) {
        WritableStore store = context.stores().target(target);
        place = store;
        if (!asksForTags()) {
            whenAllAnswered(session);
            return;
        }
        tags.stream()
                .skip(1)
                .forEach(tag ->
                        session.plan(target.toString(), Set.of(store.id()), () -> askForTag(session, store, tag)));
        askForTag(session, store, tags.get(0));
    }

    private void askForTag(CopySession session, WritableStore store, String tag) {
        Descriptor present = tagged(session.scope(), store, tag);
        if (present != null) {
            tagged.put(tag, present);
        }
        whenAllAnswered(session);
    }

    /** A target that will not say what it has may take it all the same: only one that cannot be reached fails here. */
    private static @Nullable Descriptor tagged(CallScope scope, WritableStore store, String name) {
        try {
            return store.resolve(scope, name);
        } catch (CancelledException | TransportException failed) {
            throw failed;
        } catch (CnabException nothing) {
            return null;
        }
    }

    private void whenAllAnswered(CopySession session) {
        if (unanswered.decrementAndGet() > 0) {
            return;
        }
        Found from = Objects.requireNonNull(found);
        WritableStore to = Objects.requireNonNull(place);
        Descriptor copied = from.descriptor();
        requireDigestOfTarget(copied);
        List<String> toPut =
                tags.stream().filter(tag -> !leadsTo(tagged.get(tag), copied)).toList();
        if (toPut.isEmpty() && !tags.isEmpty()) {
            nothingToDo = true;
            return;
        }
        int children = (int) Math.min(Integer.MAX_VALUE, copied.size() / BYTES_OF_A_CHILD);
        session.warmUp(from.store(), children);
        session.warmUp(to, children);
        session.add(CopyRoot.of(source.toString(), from.store(), to, copied).withTags(toPut));
        boolean inUse = to.id().equals(from.store().id());
        if (!tags.isEmpty() && tagged.isEmpty() && !inUse) {
            // Most likely the manifest is not there either: what the repository is will matter at once.
            session.inquire(target.toString(), to, Inquiry.REPOSITORY, answer -> {});
        }
    }

    private static boolean leadsTo(@Nullable Descriptor present, Descriptor copied) {
        return present != null && present.digest().equals(copied.digest());
    }

    private void requireDigestOfTarget(Descriptor copied) {
        if (target.digest() != null && !target.digest().equals(copied.digest())) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "the target names the digest " + target.digest() + ", and " + source + " is " + copied.digest(),
                    "A copy has the digest of its source: leave the target's digest out.");
        }
    }

    private CopyException named(CopyException failed) {
        return named(source, target, failed, ofTags(failed));
    }

    /** The same failure, naming both ends. */
    static CopyException named(Location source, Location target, CopyException failed, String more) {
        List<CnabException> causes =
                failed.failures().stream().map(CopyException.Failure::cause).toList();
        return new CopyException(
                "cannot copy " + source + " to " + target + ": " + ImageFinder.messages(causes) + more,
                failed.failures());
    }

    /** Which of several tags have the copy and which have not, as far as the target says. */
    private String ofTags(CopyException failed) {
        Found from = found;
        WritableStore to = place;
        if (tags.size() < 2 || from == null || to == null || failed.code() == ErrorCode.UNREACHABLE) {
            return "";
        }
        List<String> put = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try {
            for (String tag : tags) {
                (leadsTo(tagged(context.scope(), to, tag), from.descriptor()) ? put : missing).add(tag);
            }
        } catch (CnabException cannotSay) {
            return "";
        }
        return put.isEmpty()
                ? "; none of the tags was put"
                : "; put: " + String.join(", ", put) + "; not put: " + String.join(", ", missing);
    }
}
