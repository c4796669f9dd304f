/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;

/** From a location to the descriptor of what is there. */
final class Resolving {
    private Resolving() {}

    /** Asks the store for the location's digest if it has one, else for its tag, {@code latest} if it has none. */
    static Descriptor resolve(CallScope scope, ReadableStore store, Location location) {
        Digest pinned = location.digest();
        if (pinned == null) {
            return store.resolve(scope, String.valueOf(location.orLatest().tag()));
        }
        Descriptor found = store.resolve(scope, pinned.toString());
        if (!found.digest().equals(pinned)) {
            throw new IntegrityException(
                    "resolve " + location, "asked for " + location + ", was given " + found.digest());
        }
        return found;
    }
}
