/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.layout.WholeLayout.Inventory;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** Looks at everything in a layout's directory. */
final class LayoutInspection {
    /** More files than any registry's repository has manifests and blobs. */
    private static final int MOST_FILES = 1_000_000;

    private static final int MOST_DEPTH = 8;

    private final LayoutDirectory directory;
    private final IndexFile index;

    LayoutInspection(LayoutDirectory directory, IndexFile index) {
        this.directory = directory;
        this.index = index;
    }

    Inventory inventory(CallScope scope) {
        Walk walk;
        try {
            walk = new Walk(scope, directory.root().toRealPath());
            Files.walkFileTree(walk.root, Set.of(), MOST_DEPTH, walk);
        } catch (IOException failed) {
            throw FileFailures.reading(directory, "read the directory", failed);
        }
        IndexDocument document = index.readUntouched();
        try {
            return walk.found.build(document);
        } catch (InvalidInputException unusable) {
            throw new FileException(
                    "index.json of " + directory + " cannot be used: " + unusable.getMessage(),
                    "The layout is damaged: take it from its source again.",
                    unusable);
        }
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final CallScope scope;
        private final Path root;
        private final InventoryBuilder found = new InventoryBuilder();
        private int files;

        Walk(CallScope scope, Path root) {
            this.scope = scope;
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            boolean own = root.relativize(path).equals(directory.root().relativize(directory.own()));
            return own ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            scope.throwIfCancelled();
            String name = root.relativize(path).toString().replace('\\', '/');
            if (++files > MOST_FILES) {
                throw new FileException(directory + " has more than " + MOST_FILES + " files", null, null);
            }
            if (!attributes.isRegularFile()) {
                throw new FileException(
                        Excerpt.quoted(name) + " of " + directory + " is no regular file",
                        "Links and devices have no place in a layout: take it from its source again.",
                        null);
            }
            if (!name.equals("oci-layout") && !name.equals("index.json")) {
                found.add(name, attributes.size());
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
