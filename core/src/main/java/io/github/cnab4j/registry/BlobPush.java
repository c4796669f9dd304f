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
import io.github.cnab4j.registry.endpoint.UploadCancel;
import io.github.cnab4j.registry.endpoint.UploadPatch;
import io.github.cnab4j.registry.endpoint.UploadPut;
import io.github.cnab4j.registry.endpoint.UploadSession;
import io.github.cnab4j.registry.endpoint.UploadStart;
import io.github.cnab4j.registry.http.HttpBody;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One blob on its way into a repository: looked for, mounted, or uploaded. The request that asks for a mount opens the upload
 * where the mount is not to be had; the upload goes down the ladder of {@link UploadWay} where the registry refuses its shape.
 */
final class BlobPush {
    private static final HttpBody NOTHING = HttpBody.ofBytes(new byte[0]);

    private final RegistryHost host;
    private final EndpointCaller caller;
    private final RepositoryRoute route;
    private final StoreId target;
    private final CallScope scope;
    private final Descriptor descriptor;
    private final String digest;

    BlobPush(RegistryHost host, RepositoryRoute route, StoreId target, CallScope scope, Descriptor descriptor) {
        this.host = host;
        this.caller = host.connect(scope).caller();
        this.route = route;
        this.target = target;
        this.scope = scope;
        this.descriptor = descriptor;
        this.digest = descriptor.digest().toString();
    }

    PushOutcome run(ContentSource content, PushHints hints, long chunkSize) {
        if (!hints.knownMissing() && present()) {
            return PushOutcome.ALREADY_PRESENT;
        }
        Optional<String> from = hints.mountFrom().stream()
                .filter(target::sharesBlobsWith)
                .map(StoreId::repository)
                .filter(repository ->
                        host.refusedMounts().get(mountKey(repository)).isEmpty())
                .findFirst();
        UploadSession session = null;
        if (from.isPresent()) {
            Mount mount = mount(from.get());
            if (mount.done()) {
                // Mounted from itself: it was there.
                return from.get().equals(route.name()) ? PushOutcome.ALREADY_PRESENT : PushOutcome.MOUNTED;
            }
            session = mount.session();
        }
        try (UploadCursor cursor = new UploadCursor(scope, content, descriptor, hints.bytesSent())) {
            cursor.checkIfEmpty();
            upload(session, cursor, firstWay(chunkSize));
        }
        return PushOutcome.UPLOADED;
    }

    private boolean present() {
        return caller.call(scope, new ContentHead(route, descriptor, true));
    }

    /** What asking for a mount came to: done, or an upload to go on with, or neither. */
    private record Mount(boolean done, @Nullable UploadSession session) {}

    private Mount mount(String from) {
        try {
            Optional<UploadSession> session =
                    caller.call(scope, UploadStart.mounting(route, descriptor.digest(), from));
            return new Mount(session.isEmpty(), session.orElse(null));
        } catch (TransportException broken) {
            throw broken;
        } catch (StoreException refused) {
            // Registries refuse mounts with any status, or the token for them; none of that speaks against an upload.
            host.refusedMounts().put(mountKey(from), true);
            return new Mount(false, null);
        }
    }

    private String mountKey(String from) {
        return from + ">" + route.name();
    }

    private UploadWay firstWay(long chunkSize) {
        boolean wanted = chunkSize > 0 && descriptor.size() > chunkSize;
        return host.uploadWays().get(route.name()).orElse(wanted ? UploadWay.chunks(chunkSize) : UploadWay.WHOLE);
    }

    private void upload(@Nullable UploadSession opened, UploadCursor cursor, UploadWay first) {
        UploadSession session = opened;
        UploadWay way = first;
        while (true) {
            UploadSession current = session == null ? start() : session;
            session = null;
            try {
                send(current, cursor, way);
                if (!way.equals(first)) {
                    host.uploadWays().put(route.name(), way);
                }
                return;
            } catch (NotFoundException | RejectedException refused) {
                cancel(current);
                int status = refused instanceof RejectedException rejected ? rejected.status() : 404;
                way = way.afterRefusal(status).orElseThrow(() -> refused);
            } catch (RuntimeException failed) {
                if (!(failed instanceof TransportException) || cursor.sourceFailed()) {
                    cancel(current);
                }
                throw failed;
            }
        }
    }

    private UploadSession start() {
        return caller.call(scope, UploadStart.plain(route, descriptor.digest()))
                .orElseThrow(() -> new IllegalStateException("only a mount can end without an upload"));
    }

    private void send(UploadSession session, UploadCursor cursor, UploadWay way) {
        switch (way.kind()) {
            case WHOLE -> finish(session, cursor.part(0, descriptor.size()));
            case STREAM -> finish(stream(session, cursor), NOTHING);
            case CHUNKS -> finish(chunks(session, cursor, Math.max(way.chunk(), session.smallestChunk())), NOTHING);
        }
    }

    private UploadSession stream(UploadSession session, UploadCursor cursor) {
        HttpBody all = cursor.part(0, descriptor.size());
        UploadPatch.Progress progress = caller.call(scope, new UploadPatch(route, session, digest, all, 0, false));
        return progress.session();
    }

    private UploadSession chunks(UploadSession opened, UploadCursor cursor, long chunk) {
        UploadSession session = opened;
        long offset = 0;
        while (offset < descriptor.size()) {
            long length = Math.min(chunk, descriptor.size() - offset);
            UploadPatch.Progress progress = caller.call(
                    scope, new UploadPatch(route, session, digest, cursor.part(offset, length), offset, true));
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

    /** Best effort: the registry times the upload out anyway. */
    private void cancel(UploadSession session) {
        try {
            caller.call(CallScope.unbounded(), new UploadCancel(route, session));
        } catch (StoreException ignored) {
            // What failed before is what matters.
        }
    }
}
