/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds on to while nothing is under way.
 *
 * @param heap bytes, after a collection
 * @param threads live ones
 * @param files open descriptors, sockets included; 0 where the system does not tell
 * @param connections open at the registries
 */
record Usage(long heap, long threads, long files, long connections) {
    private static final Path FILES = Path.of("/proc/self/fd");

    static Usage now(long connections) throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return new Usage(
                runtime.totalMemory() - runtime.freeMemory(),
                Thread.getAllStackTraces().size(),
                openFiles(),
                connections);
    }

    private static long openFiles() throws IOException {
        if (!Files.isDirectory(FILES)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(FILES)) {
            return files.count();
        }
    }
}
