/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.StoreId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image of an engine as a store: saved when it is first needed, once. The engine is not asked before. Safe for use by several
 * threads.
 */
public final class EngineStore implements ReadableStore {
    private final DockerEngine engine;
    private final String image;
    private @Nullable SavedImageStore saved;
    private boolean closed;

    /** @param image a name, or the digest that is the image's id */
    public EngineStore(DockerEngine engine, String image) {
        this.engine = engine;
        this.image = image;
    }

    @Override
    public StoreId id() {
        return SavedImageStore.id(image);
    }

    private synchronized SavedImageStore saved(CallScope scope) {
        if (closed) {
            throw new IllegalStateException("the store was closed");
        }
        if (saved == null) {
            saved = save(scope, engine, image);
        }
        return saved;
    }

    private static SavedImageStore save(CallScope scope, DockerEngine engine, String image) {
        EngineImage found = engine.inspect(scope, image)
                .orElseThrow(() -> new NotFoundException(
                        "GET images/" + image + "/json",
                        "the local engine has no image " + image,
                        "See docker image ls; DOCKER_HOST or the Docker context says which engine is asked."));
        try (InputStream archive = engine.save(scope, image)) {
            return SavedImageStore.read(scope, image, archive, found.archiveLimit());
        } catch (IOException neverThrown) {
            throw new UncheckedIOException(neverThrown);
        }
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        return saved(scope).resolve(scope, tagOrDigest);
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        return saved(scope).exists(scope, descriptor);
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        return saved(scope).fetch(scope, descriptor, offset);
    }

    @Override
    public List<String> tags(CallScope scope) {
        return saved(scope).tags(scope);
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.LOCAL;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (saved != null) {
            saved.close();
        }
    }
}
