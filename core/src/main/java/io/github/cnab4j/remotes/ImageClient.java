/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.store.CallScope;
import java.io.InputStream;
import java.util.Optional;

/**
 * An engine that keeps images on this machine, such as Docker's. It is asked for images that no registry has, and only if
 * {@link FixupOptions#withPushImages} allows it. Implementations are safe for use by several threads.
 */
public interface ImageClient {
    /**
     * Finds an image of the engine.
     *
     * @param image a name, or the digest that is the image's id
     * @return the image's id, or nothing if the engine has no such image
     * @throws StoreException if the engine fails
     */
    Optional<String> inspect(CallScope scope, String image);

    /**
     * Gives an image of the engine another name.
     *
     * @param image a name, or the digest that is the image's id
     * @throws NotFoundException if the engine has no such image
     * @throws StoreException if the engine fails
     */
    void tag(CallScope scope, String image, Reference name);

    /**
     * Has the engine push the image of this name to the name's registry.
     *
     * @param out takes the engine's lines
     * @throws StoreException if the engine or the registry refuses
     */
    void push(CallScope scope, Reference name, Appendable out);

    /**
     * The image as the engine's archive (a tar). The stream must be closed.
     *
     * @throws NotFoundException if the engine has no such image
     * @throws StoreException if the engine fails
     */
    InputStream save(CallScope scope, String image);
}
