/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.ResolvedManifest;

/** From a location to the descriptor of what is there. */
final class Resolving {
    private Resolving() {}

    /** Asks the store for the location's digest if it has one, else for its tag, {@code latest} if it has none. */
    static Descriptor resolve(CallScope scope, ReadableStore store, Location location) {
        Descriptor found = store.resolve(scope, tagOrDigest(location));
        requirePinned(location, found);
        return found;
    }

    /** The same, and reads it. */
    static ResolvedManifest resolveAndRead(CallScope scope, ReadableStore store, Location location, int limit) {
        ResolvedManifest found = store.resolveAndRead(scope, tagOrDigest(location), limit);
        requirePinned(location, found.descriptor());
        return found;
    }

    private static String tagOrDigest(Location location) {
        Digest pinned = location.digest();
        return pinned == null ? String.valueOf(location.orLatest().tag()) : pinned.toString();
    }

    private static void requirePinned(Location location, Descriptor found) {
        Digest pinned = location.digest();
        if (pinned != null && !found.digest().equals(pinned)) {
            throw new IntegrityException(
                    "resolve " + location, "asked for " + location + ", was given " + found.digest());
        }
    }
}
