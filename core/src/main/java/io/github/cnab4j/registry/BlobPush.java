/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.registry.endpoint.ContentHead;
import io.github.cnab4j.registry.endpoint.EndpointCaller;
import io.github.cnab4j.registry.endpoint.RepositoryRoute;
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
 * where the mount is not to be had.
 */
final class BlobPush {
    /** Up to here a body may be sent in vain to find out whether the registry takes it; in bytes. */
    private static final int SMALL = 128 << 10;

    private final RegistryHost host;
    private final EndpointCaller caller;
    private final RepositoryRoute route;
    private final StoreId target;
    private final CallScope scope;
    private final Descriptor descriptor;

    BlobPush(RegistryHost host, RepositoryRoute route, StoreId target, CallScope scope, Descriptor descriptor) {
        this.host = host;
        this.caller = host.connect(scope).caller();
        this.route = route;
        this.target = target;
        this.scope = scope;
        this.descriptor = descriptor;
    }

    PushOutcome run(ContentSource content, PushHints hints, long chunkSize) {
        UploadWay way = firstWay(chunkSize);
        String from = mountFrom(hints);
        boolean itself = route.name().equals(from);
        boolean small = descriptor.size() <= SMALL && way.kind() == UploadWay.Kind.WHOLE;
        boolean inOne = small
                && hints.knownMissing()
                && (from == null || itself)
                && host.singlePost().claim();
        UploadSession session = null;
        if (from != null && !inOne) {
            Start mount = mount(from);
            if (mount.done()) {
                // Mounted from itself: it was there.
                return itself ? PushOutcome.ALREADY_PRESENT : PushOutcome.MOUNTED;
            }
            session = mount.session();
        }
        if (!hints.knownMissing() && present(session)) {
            return PushOutcome.ALREADY_PRESENT;
        }
        try (UploadCursor cursor = new UploadCursor(scope, content, descriptor, hints.bytesSent())) {
            BlobUpload upload = new BlobUpload(host, route, scope, descriptor, cursor, way);
            if (!inOne) {
                upload.run(session);
            } else {
                uploadInOne(cursor, upload);
            }
        }
        return PushOutcome.UPLOADED;
    }

    /** The repository to mount from, the best that is not known to be refused. */
    private @Nullable String mountFrom(PushHints hints) {
        for (StoreId place : hints.mountFrom()) {
            String repository = place.repository();
            if (target.sharesBlobsWith(place)
                    && host.refusedMounts().get(mountKey(repository)).isEmpty()) {
                return repository;
            }
        }
        return null;
    }

    /** Looks for the blob; unless it has to be sent, a session that was opened by the way is of no use. */
    private boolean present(@Nullable UploadSession opened) {
        boolean needed = false;
        try {
            needed = !caller.call(scope, new ContentHead(route, descriptor, true));
            return !needed;
        } finally {
            if (!needed && opened != null) {
                new UploadEnd(caller, route, opened).run();
            }
        }
    }

    /** What a request that may do it all came to: done, or an upload to go on with, or neither. */
    private record Start(boolean done, @Nullable UploadSession session) {
        static final Start REFUSED = new Start(false, null);

        static Start of(Optional<UploadSession> session) {
            return new Start(session.isEmpty(), session.orElse(null));
        }
    }

    private Start mount(String from) {
        try {
            return Start.of(caller.call(scope, UploadStart.mounting(route, descriptor.digest(), from)));
        } catch (TransportException broken) {
            throw broken;
        } catch (StoreException refused) {
            if (SinglePost.isBusy(refused)) {
                throw refused;
            }
            // Registries refuse mounts with any status, or the token for them; none of that speaks against an upload.
            host.refusedMounts().put(mountKey(from), true);
            return Start.REFUSED;
        }
    }

    /** The blob with the request that opens its upload; if the registry takes only the request, what it opened goes on. */
    private void uploadInOne(UploadCursor cursor, BlobUpload upload) {
        Start start = postWhole(cursor);
        if (start.done()) {
            return;
        }
        try {
            upload.run(start.session());
        } catch (RejectedException refused) {
            // The registry may have taken the body for a part of the upload.
            if (start.session() == null) {
                throw refused;
            }
            upload.run(null);
        }
    }

    private Start postWhole(UploadCursor cursor) {
        SinglePost way = host.singlePost();
        try {
            cursor.prepare(0);
            HttpBody whole = cursor.part(0, descriptor.size());
            Start start = Start.of(caller.call(scope, UploadStart.whole(route, descriptor.digest(), whole)));
            way.learn(start.done());
            return start;
        } catch (StoreException refused) {
            way.learn(refused, cursor.sourceFailed());
            // Whatever was wrong with an unusual request, the usual one will tell if it was not its form.
            if (cursor.sourceFailed() || SinglePost.isBusy(refused)) {
                throw refused;
            }
            return Start.REFUSED;
        } finally {
            way.end();
        }
    }

    private String mountKey(String from) {
        return from + ">" + route.name();
    }

    private UploadWay firstWay(long chunkSize) {
        boolean wanted = chunkSize > 0 && descriptor.size() > chunkSize;
        return host.uploadWays().get(route.name()).orElse(wanted ? UploadWay.wishedChunks(chunkSize) : UploadWay.WHOLE);
    }
}
