/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import java.util.List;

/** An image or an index with everything below it. */
public sealed interface Generated permits GeneratedImage, GeneratedIndex {
    /** Its manifest. */
    Content manifest();

    /** All blobs below it, configs and layers, each once. */
    List<Content> blobs();

    /** All manifests below it and its own, each once, children before parents. */
    List<Content> manifests();

    /** The digest of its manifest. */
    default String digest() {
        return manifest().digest();
    }

    /** The media type of its manifest. */
    default String mediaType() {
        return manifest().mediaType();
    }

    /** The size of its manifest in bytes. */
    default long size() {
        return manifest().size();
    }
}
