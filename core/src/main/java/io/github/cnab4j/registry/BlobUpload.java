/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.registry.endpoint.ContentHead;
import io.github.cnab4j.registry.endpoint.EndpointCaller;
import io.github.cnab4j.registry.endpoint.RepositoryRoute;
import io.github.cnab4j.registry.endpoint.UploadPatch;
import io.github.cnab4j.registry.endpoint.UploadProgress;
import io.github.cnab4j.registry.endpoint.UploadPut;
import io.github.cnab4j.registry.endpoint.UploadSession;
import io.github.cnab4j.registry.endpoint.UploadStart;
import io.github.cnab4j.registry.endpoint.UploadStatus;
import io.github.cnab4j.registry.http.HttpBody;
import io.github.cnab4j.store.CallScope;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of one blob on their way into a repository. Where the registry refuses the shape of a request they go down the ladder
 * of {@link UploadWay}; where a connection breaks they go on from what the registry says that it has, or with another upload. No
 * upload is left open by anything but a connection that will not come again. Not safe for use by several threads.
 */
final class BlobUpload {
    private static final Logger LOG = LoggerFactory.getLogger(BlobUpload.class);
    private static final HttpBody NOTHING = HttpBody.ofBytes(new byte[0]);

    private final RegistryHost host;
    private final EndpointCaller caller;
    private final RepositoryRoute route;
    private final CallScope scope;
    private final Descriptor descriptor;
    private final String digest;
    private final UploadCursor cursor;
    private final UploadFailures failures = new UploadFailures();
    private UploadWay way;
    private boolean learnt;
    /** What is open, at the place that the registry named last; it may be another after each answer. */
    private @Nullable UploadSession session;

    /**
     * An upload that has not begun.
     *
     * @param first the way to try first
     */
    BlobUpload(
            RegistryHost host,
            RepositoryRoute route,
            CallScope scope,
            Descriptor descriptor,
            UploadCursor cursor,
            UploadWay first) {
        this.host = host;
        this.caller = host.connect(scope).caller();
        this.route = route;
        this.scope = scope;
        this.descriptor = descriptor;
        this.digest = descriptor.digest().toString();
        this.cursor = cursor;
        this.way = first;
    }

    /**
     * Sends the blob.
     *
     * @param opened a session that has nothing yet, if there is one
     * @throws StoreException if the source or the registry fails for good; the session was given up then
     */
    void run(@Nullable UploadSession opened) {
        session = opened;
        try {
            // One that is gone costs the registry nothing, and one that is slow keeps no request waiting.
            cursor.prepare(0);
            if (opened == null) {
                session = start();
            }
            OptionalLong offset = OptionalLong.of(0);
            while (offset.isPresent()) {
                offset = step(offset.getAsLong());
            }
        } finally {
            giveUp(session);
        }
        if (learnt) {
            host.uploadWays().put(route.name(), way);
        }
    }

    private UploadSession start() {
        return caller.call(scope, UploadStart.plain(route, descriptor.digest()))
                .orElseThrow(() -> new IllegalStateException("only a mount can end without an upload"));
    }

    private UploadSession session() {
        return Objects.requireNonNull(session, "nothing is open");
    }

    /** Sends what is missing. Empty if the registry has the blob, else how much of it the session has that is open. */
    private OptionalLong step(long offset) {
        try {
            send(offset);
            session = null;
            return OptionalLong.empty();
        } catch (StoreException failed) {
            if (cursor.sourceFailed()) {
                throw failed;
            }
            return afterFailure(offset, failed);
        }
    }

    private OptionalLong afterFailure(long offset, StoreException failed) {
        switch (failures.afterFailure(failed, way, offset > 0)) {
            case ANOTHER_WAY -> {
                way = way.afterRefusal(UploadFailures.status(failed)).orElseThrow(() -> failed);
                learnt = true;
                return fromTheStart();
            }
            case GO_ON -> {
                pause(failed);
                return goOn(offset);
            }
            case START_AGAIN -> {
                pause(failed);
                return startAgain();
            }
            default -> throw failed;
        }
    }

    private void pause(StoreException failed) {
        if (!host.backoff().again(scope, failures.inVain())) {
            throw failed;
        }
        LOG.debug("{}: trying again: {}", route.shown(), failed.getMessage());
    }

    /** From what the registry has. A number that it cannot have is not believed; none and one look the same. */
    private OptionalLong goOn(long before) {
        UploadProgress progress;
        try {
            progress = caller.call(scope, new UploadStatus(route, session()));
        } catch (NotFoundException | RejectedException unknown) {
            if (SinglePost.isBusy(unknown)) {
                throw unknown;
            }
            return startAgain();
        }
        long received = progress.received().orElse(0);
        if (received <= 1 || received > cursor.sent()) {
            return startAgain();
        }
        failures.gained(received - before);
        LOG.debug("{}@{}: going on at byte {}", route.shown(), digest, received);
        session = progress.session();
        return OptionalLong.of(received);
    }

    /** When all was sent, an answer may be the only thing that was lost. */
    private OptionalLong startAgain() {
        boolean complete = cursor.sent() == descriptor.size();
        return complete && present() ? OptionalLong.empty() : fromTheStart();
    }

    private OptionalLong fromTheStart() {
        UploadSession fresh = start();
        giveUp(session);
        session = fresh;
        return OptionalLong.of(0);
    }

    private void send(long offset) {
        cursor.prepare(offset);
        switch (way.kind()) {
            case WHOLE -> {
                if (offset == 0) {
                    finish(cursor.part(0, descriptor.size()));
                } else {
                    stream(offset);
                    finish(NOTHING);
                }
            }
            case STREAM -> {
                stream(offset);
                finish(NOTHING);
            }
            case CHUNKS -> {
                chunks(offset);
                finish(NOTHING);
            }
        }
    }

    /** All the rest with one request; only one that goes on says where it belongs, since some registries refuse the field. */
    private void stream(long offset) {
        if (offset < descriptor.size() || offset == 0) {
            patch(offset, descriptor.size() - offset, offset > 0);
        }
    }

    private void chunks(long from) {
        long chunk = Math.max(way.chunk(), session().smallestChunk());
        long offset = from;
        while (offset < descriptor.size()) {
            long length = Math.min(chunk, descriptor.size() - offset);
            OptionalLong received = patch(offset, length, true);
            offset += length;
            // Off by one is a registry that counts bytes where it should name the last; less is a part that was lost.
            if (received.orElse(offset) < offset) {
                throw new TransportException(
                        ErrorCode.PROTOCOL_ERROR,
                        "PATCH " + route.shown(),
                        "cannot upload " + digest + " to " + route.shown() + " in parts: of " + offset
                                + " bytes sent the registry has " + received.getAsLong(),
                        "The registry does not keep the parts of an upload; push without a chunk size.",
                        null);
            }
        }
    }

    /** Sends a part; gives how much the registry says that it has. */
    private OptionalLong patch(long offset, long length, boolean ranged) {
        HttpBody part = cursor.part(offset, length);
        UploadProgress progress = caller.call(scope, new UploadPatch(route, session(), digest, part, offset, ranged));
        session = progress.session();
        return progress.received();
    }

    private void finish(HttpBody rest) {
        boolean created = caller.call(scope, new UploadPut(route, session(), digest, rest));
        if (!created && !present()) {
            throw new TransportException(
                    ErrorCode.PROTOCOL_ERROR,
                    "PUT " + route.shown(),
                    "cannot upload " + digest + " to " + route.shown()
                            + ": the registry took the bytes and does not have the blob",
                    null,
                    null);
        }
    }

    private boolean present() {
        return caller.call(scope, new ContentHead(route, descriptor, true));
    }

    private void giveUp(@Nullable UploadSession open) {
        if (open != null) {
            new UploadEnd(caller, route, open).run();
        }
    }
}
