/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.store.WritableStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A store that reads what is pushed to it, so that its digest and size are checked, and keeps nothing: a copy to it is a check of the
 * source.
 */
final class DiscardingStore implements WritableStore {
    private static final int BUFFER = 128 << 10;
    private static final StoreId ID = new StoreId("check", "", "check");

    private final Set<Digest> seen = ConcurrentHashMap.newKeySet();

    @Override
    public StoreId id() {
        return ID;
    }

    @Override
    public PushOutcome push(CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints) {
        try (InputStream in = Verified.checking(content.open(scope), descriptor, "the source")) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                scope.throwIfCancelled();
                hints.bytesSent().accept(n);
            }
            seen.add(descriptor.digest());
            return PushOutcome.UPLOADED;
        } catch (IOException broken) {
            throw new TransportException(
                    ErrorCode.UNREACHABLE,
                    "read " + descriptor.digest(),
                    "reading " + descriptor.digest() + " failed: " + broken.getMessage(),
                    null,
                    broken);
        }
    }

    /** Whether content of this digest was read, and is what the digest says. */
    boolean hasSeen(Digest digest) {
        return seen.contains(digest);
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        return false;
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        throw absent(tagOrDigest);
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        throw absent(descriptor.digest().toString());
    }

    @Override
    public List<String> tags(CallScope scope) {
        return List.of();
    }

    @Override
    public void tag(CallScope scope, Descriptor manifest, String tag) {
        throw absent(manifest.digest().toString());
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.LOCAL;
    }

    @Override
    public void close() {}

    private static NotFoundException absent(String what) {
        return new NotFoundException("GET " + what, what + " was not kept", null, true);
    }
}
