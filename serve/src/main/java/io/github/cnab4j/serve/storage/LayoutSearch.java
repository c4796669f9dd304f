/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.storage.RepositoryName;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Finds the layouts below a directory; links are not followed, and what is inside a layout is not looked at. */
final class LayoutSearch extends SimpleFileVisitor<Path> {
    /** A name of 255 characters has no more parts. */
    private static final int DEEPEST = 128;

    private final Path root;
    private final List<RepositoryName> found = new ArrayList<>();

    private LayoutSearch(Path root) {
        this.root = root;
    }

    static List<RepositoryName> below(Path root) throws IOException {
        LayoutSearch search = new LayoutSearch(root);
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEEPEST, search);
        return search.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        if (directory.equals(root)) {
            return FileVisitResult.CONTINUE;
        }
        var name = RepositoryPaths.name(root.relativize(directory));
        if (name.isEmpty()) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (Files.isRegularFile(directory.resolve("oci-layout"))) {
            found.add(name.get());
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
        return FileVisitResult.CONTINUE;
    }
}
