/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.NodeKey;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.ResolvedManifest;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.store.VerifiedContent;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.transfer.CopyEvent.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of nodes, one method each, each an {@linkplain CallScope#operation() operation}. Values in, values out: workers
 * run it without the session's lock.
 */
final class NodeWork {
    private static final int LARGE_MANIFEST = 256 << 10;

    private final ReentrantLock largeManifests = new ReentrantLock();
    private final CallScope scope;
    private final CallScope manifestPuts;
    private final int manifestLimit;

    /**
     * Work within a session.
     *
     * @param manifestPuts the scope in which manifests are put
     * @param manifestLimit most bytes of a manifest
     */
    NodeWork(CallScope scope, CallScope manifestPuts, int manifestLimit) {
        this.scope = scope;
        this.manifestPuts = manifestPuts;
        this.manifestLimit = manifestLimit;
    }

    /** Verified bytes and what they point to. */
    record Read(VerifiedContent content, List<Descriptor> successors) {}

    /** A connection that cannot be opened is left to the request that needs it. */
    void warmUp(ReadableStore store) {
        try {
            store.warmUp(scope);
        } catch (CnabException notNow) {
            // Stopped, or not to be reached: whoever comes next finds out.
        }
    }

    /** A registry that cannot say whether it knows the repository is asked for each content. */
    boolean repositoryUnknown(WritableStore target) {
        try {
            return target.repositoryUnknown(scope.operation());
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (CnabException cannotSay) {
            return false;
        }
    }

    /** Whether the target has it; null if it will not say. */
    @Nullable
    Boolean existsIfKnown(WritableStore target, Descriptor descriptor) {
        try {
            return exists(target, descriptor);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (CnabException cannotSay) {
            return null;
        }
    }

    /** Reads what a tag of the target leads to; null if there is nothing, or nothing of use. */
    @Nullable
    TaggedManifest tagged(WritableStore target, String tag) {
        try {
            ResolvedManifest found = target.resolveAndRead(scope.operation(), tag, manifestLimit);
            Set<NodeKey> names = new HashSet<>();
            successors(found.descriptor(), found.content()).stream()
                    .map(Descriptor::key)
                    .filter(NodeKey::manifest)
                    .forEach(names::add);
            return new TaggedManifest(tag, found.descriptor().key(), names);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (CnabException nothing) {
            return null;
        }
    }

    boolean exists(WritableStore target, Descriptor descriptor) {
        return target.exists(scope.operation(), descriptor);
    }

    /** A blob that is small enough to be kept. */
    Read readBlob(ReadableStore origin, Descriptor blob) {
        return new Read(Verified.read(scope.operation(), origin, blob, KeptContent.SMALL_BLOB), List.of());
    }

    Read read(ReadableStore origin, Descriptor manifest) {
        VerifiedContent content = Verified.read(scope.operation(), origin, manifest, manifestLimit);
        try {
            return new Read(content, successors(manifest, content.bytes()));
        } catch (InvalidInputException invalid) {
            throw new InvalidInputException(
                    invalid.code(),
                    origin.id() + "@" + manifest.digest() + ": " + invalid.getMessage(),
                    invalid.hint().orElse(null),
                    invalid);
        }
    }

    /** A document takes many times its length while it is read, so that large ones are read one after another. */
    private List<Descriptor> successors(Descriptor manifest, byte[] content) {
        boolean large = manifest.size() > LARGE_MANIFEST;
        if (large) {
            largeManifests.lock();
        }
        try {
            return Manifest.parse(manifest.mediaType(), content).successors();
        } finally {
            if (large) {
                largeManifests.unlock();
            }
        }
    }

    /**
     * What a push needs to know, taken from its node while the lock was held.
     *
     * @param source where the content comes from; null if it is in memory
     */
    record Push(
            WritableStore target,
            Descriptor descriptor,
            ContentSource content,
            @Nullable WatchedStore source,
            List<StoreId> mountFrom,
            List<String> tags,
            boolean knownMissing) {
        static Push of(Node node, List<StoreId> mountable) {
            WritableStore target = node.target().store();
            VerifiedContent kept = node.content();
            WatchedStore source = kept == null ? new WatchedStore(node.origin()) : null;
            ContentSource content =
                    source == null ? Objects.requireNonNull(kept) : ContentSource.of(source, node.descriptor());
            boolean unknownRepository = node.target().unknownRepository();
            return new Push(
                    target,
                    node.descriptor(),
                    content,
                    source,
                    node.manifest() ? List.of() : places(node, mountable, unknownRepository),
                    List.copyOf(node.tagsToPut()),
                    node.manifest() || node.presence() == Node.Presence.ABSENT);
        }

        /** Whether the push failed because of its source: it could not be read, or what came was not the content. */
        boolean lackedSource(CnabException why) {
            return source != null && (source.failed() || why instanceof IntegrityException);
        }

        /**
         * A repository that the registry does not know may yet hold blobs of a copy that was cut off: mounting a blob from the
         * repository to itself finds out, and costs nothing, since it begins the upload that is needed otherwise.
         */
        private static List<StoreId> places(Node node, List<StoreId> mountable, boolean unknownRepository) {
            WritableStore target = node.target().store();
            if (node.forced() || !target.capabilities().mounts()) {
                return List.of();
            }
            List<StoreId> places = new ArrayList<>(mountable);
            if (unknownRepository) {
                places.add(target.id());
            }
            return places;
        }
    }

    /**
     * What became of a push.
     *
     * @param tags those that it put
     */
    record Pushed(Result result, List<String> tags) {}

    /** Content that turns out to be damaged is read once more from the start: it may have been altered on the way. */
    Pushed push(Push push, LongConsumer bytesSent) {
        CallScope operation = (push.descriptor().key().manifest() ? manifestPuts : scope).operation();
        SentBytes sent = new SentBytes(bytesSent);
        PushOutcome outcome;
        try {
            outcome = push(operation, push, sent);
        } catch (IntegrityException damaged) {
            if (operation.retryBudget().take() == 0) {
                throw damaged;
            }
            sent.startAgain();
            outcome = push(operation, push, sent);
        }
        Result result = switch (outcome) {
            case UPLOADED -> Result.UPLOADED;
            case MOUNTED -> Result.MOUNTED;
            case ALREADY_PRESENT -> Result.PRESENT;
        };
        return new Pushed(result, push.tags());
    }

    private static PushOutcome push(CallScope operation, Push push, LongConsumer bytesSent) {
        PushHints hints = new PushHints(push.mountFrom(), push.tags(), push.knownMissing(), bytesSent);
        return push.target().push(operation, push.descriptor(), push.content(), hints);
    }
}
