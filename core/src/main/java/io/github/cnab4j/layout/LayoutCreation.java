/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Whether a directory is a layout, and what makes it one. */
final class LayoutCreation {
    static final String VERSION = "1.0.0";
    static final String HEADER = "{\"imageLayoutVersion\":\"" + VERSION + "\"}";
    private static final String NAME_A_LAYOUT =
            "Name a layout; to write, also an empty directory or one that does not exist yet.";
    private static final int DEEPEST = 16;
    private static final int MAX_HEADER = 64 << 10;

    private final LayoutDirectory directory;
    private final IndexFile index;
    private final BlobFiles blobs;
    private final boolean besideOthers;
    private volatile boolean ensured;

    LayoutCreation(LayoutDirectory directory, IndexFile index, BlobFiles blobs) {
        this(directory, index, blobs, false);
    }

    private LayoutCreation(LayoutDirectory directory, IndexFile index, BlobFiles blobs, boolean besideOthers) {
        this.besideOthers = besideOthers;
        this.directory = directory;
        this.index = index;
        this.blobs = blobs;
    }

    /** Of a layout that may be made where directories are already: those of other layouts. */
    static LayoutCreation besideOthers(LayoutDirectory directory, IndexFile index, BlobFiles blobs) {
        return new LayoutCreation(directory, index, blobs, true);
    }

    /**
     * Looks what is there.
     *
     * @return true for a layout; false if nothing is there, or an empty directory, or what a killed creation left
     * @throws FileException if something else is there
     */
    boolean check() {
        Optional<byte[]> header = Optional.empty();
        if (exists()) {
            header = directory.readSmall(directory.header(), MAX_HEADER);
        }
        if (header.isPresent()) {
            checkVersion(header.get());
            if (index.read().isEmpty()) {
                throw IndexFile.missing(directory);
            }
            return true;
        }
        checkFree();
        return false;
    }

    /**
     * Fails unless there is a layout.
     *
     * @throws NotFoundException if there is no such directory
     * @throws FileException if there is something else
     */
    void require() {
        if (!exists()) {
            throw absent("GET", directory);
        }
        if (!check()) {
            throw noHeader();
        }
    }

    static NotFoundException absent(String verb, LayoutDirectory directory) {
        return new NotFoundException(verb + " " + directory, "there is no OCI image layout " + directory, null, true);
    }

    /** Makes the directory a layout that can be written to, once. */
    void ensure(CallScope scope) {
        if (ensured) {
            return;
        }
        try {
            if (!exists()) {
                Files.createDirectories(directory.root());
            }
            directory.makeDirectory(directory.own());
        } catch (IOException failed) {
            throw FileFailures.writing(directory, "create files", failed);
        }
        LayoutLock.hold(scope, directory, this::complete);
        ensured = true;
    }

    private void complete() throws IOException {
        boolean isLayout = check();
        directory.makeDirectory(directory.blobs());
        if (!isLayout) {
            if (index.read().isEmpty()) {
                index.create();
            }
            directory.replaceSmall(directory.header(), HEADER.getBytes(UTF_8));
        }
        blobs.removeAbandoned();
    }

    private boolean exists() {
        if (!Files.exists(directory.root())) {
            return false;
        }
        if (!Files.isDirectory(directory.root())) {
            throw new FileException(
                    directory + " is not an OCI image layout: it is not a directory", NAME_A_LAYOUT, null);
        }
        return true;
    }

    private void checkVersion(byte[] header) {
        String version;
        try {
            version = version(header);
        } catch (InvalidInputException malformed) {
            throw new FileException(
                    "oci-layout of " + directory + " cannot be used: " + malformed.getMessage(),
                    NAME_A_LAYOUT,
                    malformed);
        }
        if (!version.equals(VERSION)) {
            throw new FileException(
                    directory + " is an OCI image layout of version " + Excerpt.quoted(version)
                            + ", says its file oci-layout; only " + VERSION + " can be used",
                    "Have the tool that wrote it write version " + VERSION + ".",
                    null);
        }
    }

    /**
     * The version that the content of {@code oci-layout} names; empty if it names none.
     *
     * @throws InvalidInputException if it is not JSON
     */
    static String version(byte[] header) {
        return JsonReader.readObject(header, JsonLimits.MANIFEST)
                .string("imageLayoutVersion")
                .orElse("");
    }

    /** A directory of something else is not turned into a layout; one that other layouts lie in may be. */
    private void checkFree() {
        if (!exists()) {
            return;
        }
        try {
            if (!holdsLayoutsAlone(directory, 0)) {
                throw noHeader();
            }
        } catch (IOException failed) {
            throw FileFailures.reading(directory, "read the directory", failed);
        }
    }

    private boolean holdsLayoutsAlone(LayoutDirectory outer, int depth) throws IOException {
        Set<Path> remains = Set.of(outer.own(), outer.index(), outer.blobs());
        for (Path child : outer.children(outer.root())) {
            if (!remains.contains(child) && !mayBeLayout(child, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Also one that is being made: several copies may run at once. */
    private boolean mayBeLayout(Path child, int depth) throws IOException {
        if (depth > DEEPEST || !Files.isDirectory(child, NOFOLLOW_LINKS)) {
            return false;
        }
        LayoutDirectory inner = new LayoutDirectory(child);
        return besideOthers || Files.isRegularFile(inner.header()) || holdsLayoutsAlone(inner, depth);
    }

    private FileException noHeader() {
        return new FileException(
                directory + " is not an OCI image layout: it has no file oci-layout", NAME_A_LAYOUT, null);
    }
}
