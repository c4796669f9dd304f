/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.layout.WholeLayout;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.EngineLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.WritableStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stores of one operation: those that all operations share, and archives and images of an engine of its own. Closing leaves the shared ones open. */
final class OperationStores implements Stores {
    private final Stores shared;
    private final Archives archives;
    private final EngineImages engineImages;

    OperationStores(Stores shared, CallScope scope, @Nullable DockerEngine engine) {
        this.shared = shared;
        this.archives = new Archives(scope);
        this.engineImages = new EngineImages(engine);
    }

    @Override
    public ReadableStore source(Location location) {
        if (location instanceof EngineLocation image) {
            return engineImages.source(image);
        }
        return location instanceof ArchiveLocation archive ? archives.source(archive) : shared.source(location);
    }

    @Override
    public WritableStore target(Location location) {
        if (location instanceof EngineLocation) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    location + " cannot be a target: images of an engine are only read",
                    "Copy to oci-archive:FILE, and load that into the engine.");
        }
        return location instanceof ArchiveLocation archive ? archives.target(archive) : shared.target(location);
    }

    /** An archive is opened strictly, unless this operation has opened it before. */
    @Override
    public WholeLayout whole(Location location) {
        return location instanceof ArchiveLocation archive ? archives.whole(archive) : shared.whole(location);
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

    /** Closes this store, too, when the operation ends. */
    void keep(ReadableStore store) {
        engineImages.keep(store);
    }

    /** Completes what was pushed: archives are written only when everything has been. */
    void finish() {
        archives.write();
    }

    @Override
    public void close() {
        try {
            archives.close();
        } finally {
            engineImages.close();
        }
    }
}
