/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.layout.LayoutStore;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.LayoutLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.registry.RegistryClient;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.WritableStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Registries by one client, and layouts on this machine, as directories or in archives. */
final class DefaultStores implements Stores {
    private final RegistryClient registries;
    private final Archives archives;
    private final Map<Path, LayoutStore> layouts = new ConcurrentHashMap<>();

    DefaultStores(RegistryClient registries, Archives archives) {
        this.registries = registries;
        this.archives = archives;
    }

    @Override
    public ReadableStore source(Location location) {
        if (location instanceof ArchiveLocation archive) {
            return archives.source(path(archive.file(), archive));
        }
        if (location instanceof LayoutLocation layout) {
            return layouts.computeIfAbsent(path(layout.directory(), layout), LayoutStore::open);
        }
        return registries.store(((RegistryLocation) location).reference().repository());
    }

    @Override
    public WritableStore target(Location location) {
        if (location instanceof ArchiveLocation archive) {
            return archives.target(path(archive.file(), archive));
        }
        if (location instanceof LayoutLocation layout) {
            return layouts.computeIfAbsent(path(layout.directory(), layout), LayoutStore::openOrCreate);
        }
        return registries.target(((RegistryLocation) location).reference().repository());
    }

    @Override
    public void checkAccess(CallScope scope, String host) {
        registries.checkAccess(scope, host);
    }

    @Override
    public void finish(CallScope scope, Location target) {
        if (target instanceof ArchiveLocation archive) {
            archives.write(scope, path(archive.file(), archive));
        }
    }

    @Override
    public void release(Location target) {
        if (target instanceof ArchiveLocation archive) {
            archives.release(path(archive.file(), archive));
        }
    }

    @Override
    public Optional<byte[]> member(CallScope scope, ArchiveLocation archive, String name, int limit) {
        return archives.source(path(archive.file(), archive)).member(scope, name, limit);
    }

    @Override
    public Optional<Descriptor> imageIn(CallScope scope, ImageSource.Layout layout, String image) {
        if (layout.location() instanceof ArchiveLocation archive) {
            return archives.source(path(archive.file(), archive)).findImage(scope, image);
        }
        return ((LayoutStore) source(layout.location())).findImage(scope, image);
    }

    @Override
    public void close() {
        try {
            archives.close();
        } finally {
            try {
                layouts.values().forEach(LayoutStore::close);
            } finally {
                registries.close();
            }
        }
    }

    private static Path path(String text, Location location) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException invalid) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REFERENCE,
                    "the path of " + location + " cannot be one on this system: " + invalid.getReason());
        }
    }
}
