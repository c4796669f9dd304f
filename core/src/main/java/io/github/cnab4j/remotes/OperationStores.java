/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.WritableStore;
import java.util.Optional;

/** The stores of one operation: those that all operations share, and archives of its own. Closing leaves the shared ones open. */
final class OperationStores implements Stores {
    private final Stores shared;
    private final Archives archives;

    OperationStores(Stores shared, CallScope scope) {
        this.shared = shared;
        this.archives = new Archives(scope);
    }

    @Override
    public ReadableStore source(Location location) {
        return location instanceof ArchiveLocation archive ? archives.source(archive) : shared.source(location);
    }

    @Override
    public WritableStore target(Location location) {
        return location instanceof ArchiveLocation archive ? archives.target(archive) : shared.target(location);
    }

    @Override
    public Optional<Descriptor> imageIn(CallScope scope, ImageSource.Layout layout, String image) {
        return layout.location() instanceof ArchiveLocation archive
                ? archives.source(archive).findImage(scope, image)
                : shared.imageIn(scope, layout, image);
    }

    @Override
    public Optional<byte[]> member(CallScope scope, ArchiveLocation archive, String name, int limit) {
        return archives.source(archive).member(scope, name, limit);
    }

    @Override
    public void checkAccess(CallScope scope, String host) {
        shared.checkAccess(scope, host);
    }

    /** Completes what was pushed: archives are written only when everything has been. */
    void finish() {
        archives.write();
    }

    @Override
    public void close() {
        archives.close();
    }
}
