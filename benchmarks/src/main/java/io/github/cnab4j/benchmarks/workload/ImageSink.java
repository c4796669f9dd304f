/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.workload;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Takes the content of images: a registry, or a test. Safe for use by several threads. */
public interface ImageSink {
    /**
     * Takes a blob.
     *
     * @param bytes opens the content, whose size is the descriptor's
     */
    void blob(String repository, Content descriptor, Supplier<InputStream> bytes) throws IOException;

    /**
     * Takes a manifest.
     *
     * @param reference the tag it gets, or its digest
     */
    void manifest(String repository, Content descriptor, String reference, byte[] bytes) throws IOException;
}
