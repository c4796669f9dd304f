/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.layout.LayoutStore;
import io.github.cnab4j.layout.WholeLayout;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.LayoutLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.RegistryClient;
import io.github.cnab4j.registry.RegistryStore;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.WritableStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Registries by one client, and layouts on this machine. */
final class DefaultStores implements Stores {
    private final RegistryClient registries;
    private final Map<Path, LayoutStore> layouts = new ConcurrentHashMap<>();

    DefaultStores(RegistryClient registries) {
        this.registries = registries;
    }

    @Override
    public ReadableStore source(Location location) {
        return open(location, LayoutStore::open, registries::store);
    }

    @Override
    public WritableStore target(Location location) {
        return open(location, LayoutStore::openOrCreate, registries::target);
    }

    @Override
    public WholeLayout whole(Location location) {
        return location instanceof LayoutLocation layout
                ? layout(layout, LayoutStore::open)
                : Stores.super.whole(location);
    }

    @Override
    public Optional<Descriptor> imageIn(CallScope scope, ImageSource.Layout layout, String image) {
        return layout((LayoutLocation) layout.location(), LayoutStore::open).findImage(scope, image);
    }

    @Override
    public void checkAccess(CallScope scope, String host) {
        registries.checkAccess(scope, host);
    }

    @Override
    public void close() {
        try {
            layouts.values().forEach(LayoutStore::close);
        } finally {
            registries.close();
        }
    }

    private WritableStore open(
            Location location,
            Function<Path, LayoutStore> directories,
            Function<Repository, RegistryStore> repositories) {
        return location instanceof LayoutLocation layout
                ? layout(layout, directories)
                : repositories.apply(((RegistryLocation) location).reference().repository());
    }

    private LayoutStore layout(LayoutLocation location, Function<Path, LayoutStore> opener) {
        return layouts.computeIfAbsent(path(location).toAbsolutePath().normalize(), opener);
    }

    private static Path path(LayoutLocation location) {
        try {
            return Path.of(location.directory());
        } catch (InvalidPathException invalid) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REFERENCE,
                    "the directory of " + location + " cannot be one on this system: " + invalid.getReason());
        }
    }
}
