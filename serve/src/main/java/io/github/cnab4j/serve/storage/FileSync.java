/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Waits until names are on disk. */
final class FileSync {
    private FileSync() {}

    /** The content of a file. */
    static void file(Path path, boolean durable) throws IOException {
        if (durable) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    /** The names in one directory. Windows has no such call and needs none. */
    static void directory(Path path, boolean durable) throws IOException {
        if (durable && File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** The name of a directory, and those of all above it up to the root of a registry. */
    static void upTo(Path registry, Path directory, boolean durable) throws IOException {
        for (@Nullable Path at = directory; at != null && at.startsWith(registry); at = at.getParent()) {
            directory(at, durable);
        }
    }
}
