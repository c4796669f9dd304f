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
import java.util.Optional;
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

    /** A session and how much of the blob it has. */
    private record Standing(UploadSession session, long offset) {}

    /**
     * Sends the blob.
     *
     * @param opened a session that has nothing yet, if there is one
     * @throws StoreException if the source or the registry fails for good; the session was given up then
     */
    void run(@Nullable UploadSession opened) {
        Optional<Standing> standing = Optional.of(begin(opened));
        while (standing.isPresent()) {
            standing = step(standing.get());
        }
        if (learnt) {
            host.uploadWays().put(route.name(), way);
        }
    }

    /** The source comes first: one that is gone costs the registry nothing, and one that is slow keeps no request waiting. */
    private Standing begin(@Nullable UploadSession opened) {
        try {
            cursor.prepare(0);
            return new Standing(opened == null ? start() : opened, 0);
        } catch (RuntimeException failed) {
            if (opened != null) {
                giveUp(opened);
            }
            throw failed;
        }
    }

    private UploadSession start() {
        return caller.call(scope, UploadStart.plain(route, descriptor.digest()))
                .orElseThrow(() -> new IllegalStateException("only a mount can end without an upload"));
    }

    /** Sends what is missing. Empty if the registry has the blob, else what to go on with. */
    private Optional<Standing> step(Standing standing) {
        UploadSession session = standing.session();
        boolean over = false;
        try {
            send(standing);
            over = true;
            return Optional.empty();
        } catch (StoreException failed) {
            if (cursor.sourceFailed()) {
                throw failed;
            }
            Optional<Standing> next = afterFailure(standing, failed);
            over = next.isPresent() && next.get().offset() > 0;
            return next;
        } finally {
            if (!over) {
                giveUp(session);
            }
        }
    }

    private Optional<Standing> afterFailure(Standing standing, StoreException failed) {
        switch (failures.afterFailure(failed, way, standing.offset() > 0)) {
            case ANOTHER_WAY -> {
                way = way.afterRefusal(UploadFailures.status(failed)).orElseThrow(() -> failed);
                learnt = true;
                return Optional.of(new Standing(start(), 0));
            }
            case GO_ON -> {
                pause(failed);
                return goOn(standing);
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
    private Optional<Standing> goOn(Standing broken) {
        UploadProgress progress;
        try {
            progress = caller.call(scope, new UploadStatus(route, broken.session()));
        } catch (NotFoundException | RejectedException unknown) {
            return startAgain();
        }
        long received = progress.received().orElse(0);
        if (received <= 1 || received > cursor.sent()) {
            return startAgain();
        }
        failures.gained(received - broken.offset());
        LOG.debug("{}@{}: going on at byte {}", route.shown(), digest, received);
        return Optional.of(new Standing(progress.session(), received));
    }

    /** When all was sent, an answer may be the only thing that was lost. */
    private Optional<Standing> startAgain() {
        boolean complete = cursor.sent() == descriptor.size();
        return complete && present() ? Optional.empty() : Optional.of(new Standing(start(), 0));
    }

    private void send(Standing standing) {
        UploadSession session = standing.session();
        long offset = standing.offset();
        cursor.prepare(offset);
        switch (way.kind()) {
            case WHOLE -> {
                if (offset == 0) {
                    finish(session, cursor.part(0, descriptor.size()));
                } else {
                    finish(stream(session, offset), NOTHING);
                }
            }
            case STREAM -> finish(stream(session, offset), NOTHING);
            case CHUNKS -> finish(chunks(session, offset), NOTHING);
        }
    }

    /** All the rest with one request; only one that goes on says where it belongs, since some registries refuse the field. */
    private UploadSession stream(UploadSession session, long offset) {
        if (offset == descriptor.size() && offset > 0) {
            return session;
        }
        HttpBody rest = cursor.part(offset, descriptor.size() - offset);
        return caller.call(scope, new UploadPatch(route, session, digest, rest, offset, offset > 0))
                .session();
    }

    private UploadSession chunks(UploadSession opened, long from) {
        UploadSession session = opened;
        long chunk = Math.max(way.chunk(), opened.smallestChunk());
        long offset = from;
        while (offset < descriptor.size()) {
            long length = Math.min(chunk, descriptor.size() - offset);
            HttpBody part = cursor.part(offset, length);
            UploadProgress progress = caller.call(scope, new UploadPatch(route, session, digest, part, offset, true));
            offset += length;
            // Off by one is a registry that counts bytes where it should name the last; less is a part that was lost.
            if (progress.received().orElse(offset) < offset) {
                throw new TransportException(
                        ErrorCode.PROTOCOL_ERROR,
                        "PATCH " + route.shown(),
                        "cannot upload " + digest + " to " + route.shown() + " in parts: of " + offset
                                + " bytes sent the registry has "
                                + progress.received().getAsLong(),
                        "The registry does not keep the parts of an upload; push without a chunk size.",
                        null);
            }
            session = progress.session();
        }
        return session;
    }

    private void finish(UploadSession session, HttpBody rest) {
        boolean created = caller.call(scope, new UploadPut(route, session, digest, rest));
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

    private void giveUp(UploadSession session) {
        new UploadEnd(caller, route, session).run();
    }
}
