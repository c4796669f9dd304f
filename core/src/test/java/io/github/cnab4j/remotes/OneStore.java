/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.WritableStore;
import java.util.Optional;

/** One store, whatever the location. */
record OneStore(WritableStore store) implements Stores {
    @Override
    public ReadableStore source(Location location) {
        return store;
    }

    @Override
    public WritableStore target(Location location) {
        return store;
    }

    @Override
    public Optional<Descriptor> imageIn(CallScope scope, ImageSource.Layout layout, String image) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
