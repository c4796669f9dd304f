/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.docker.EngineImage;
import io.github.cnab4j.docker.PushProgress;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.store.CallScope;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An engine that keeps images on this machine, such as Docker's. It is asked for images that no registry has, and only if
 * {@link FixupOptions#withPushImages} allows it. {@link Remotes#imageClient()} is one for {@link DockerEngine}. Implementations are
 * safe for use by several threads.
 */
public interface ImageClient {
    /**
     * Finds an image of the engine.
     *
     * @param image a name, or the digest that is the image's id
     * @return the image, or nothing if the engine has no such image
     * @throws StoreException if the engine fails
     */
    Optional<EngineImage> inspect(CallScope scope, String image);

    /**
     * Gives an image of the engine another name.
     *
     * @param image a name, or the digest that is the image's id
     * @throws NotFoundException if the engine has no such image
     * @throws StoreException if the engine fails
     */
    void tag(CallScope scope, String image, Reference name);

    /**
     * Takes a name away again. It is not the image's last one.
     *
     * @throws NotFoundException if the engine has no such name
     * @throws StoreException if the engine fails
     */
    void untag(CallScope scope, Reference name);

    /**
     * Has the engine push the image of this name to the name's registry.
     *
     * @param listener told what the engine says, in its order, by the calling thread
     * @throws StoreException if the engine or the registry refuses
     */
    void push(CallScope scope, Reference name, Consumer<PushProgress> listener);

    /**
     * The image as the engine's archive (a tar, as {@code docker save} writes it). The stream must be closed; it fails with the
     * library's exceptions.
     *
     * @throws NotFoundException if the engine has no such image
     * @throws StoreException if the engine fails
     */
    InputStream save(CallScope scope, String image);
}
