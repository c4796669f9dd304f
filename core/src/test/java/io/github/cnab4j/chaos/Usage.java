/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What this process holds on to while nothing is under way.
 *
 * @param heap bytes, after a collection
 * @param threads live ones but for those of the registries
 * @param serving threads of the registries, which keep as many as were ever connected at once
 * @param files open descriptors but for the two ends of each connection; 0 where the system does not tell
 * @param connections open at the registries
 */
record Usage(long heap, long threads, long serving, long files, long connections) {
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final String REGISTRYS_THREAD = "http-";

    static Usage now(long connections) throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        long serving = threads.stream()
                .filter(thread -> thread.getName().startsWith(REGISTRYS_THREAD))
                .count();
        return new Usage(
                runtime.totalMemory() - runtime.freeMemory(),
                threads.size() - serving,
                serving,
                Math.max(0, openFiles() - 2 * connections),
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
