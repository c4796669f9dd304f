/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.contestant;

import java.nio.file.Path;

/**
 * What a contestant is to do.
 *
 * @param bundle the bundle.json whose images are to be moved
 * @param source host and port of the registry that has the images
 * @param sourceRepository a repository there with the whole bundle, its index tagged {@link #TAG}
 * @param target host and port of the registry that takes them; for an archive, a directory with the same content
 * @param repository the repository there; for an archive, the file
 */
public record Assignment(Path bundle, String source, String sourceRepository, String target, String repository) {
    /** The tag of bundle indexes. */
    public static final String TAG = "v1";

    String from() {
        return source + "/" + sourceRepository + ":" + TAG;
    }

    String to() {
        return target + "/" + repository + ":" + TAG;
    }
}
