/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.Upload;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The uploads of all repositories: files beside the layouts, one for each, in a directory for each repository. They outlive the
 * process, and another one may go on with them. Thread-safe.
 */
final class UploadFolder {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path folder;
    private final StorageOptions options;
    private final Map<String, FileUpload> uploads = new ConcurrentHashMap<>();

    UploadFolder(Path folder, StorageOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /** What has ended, and how many bytes it had. */
    record Expired(int uploads, long bytes) {}

    Upload begin(LayoutRepository repository, Digest.Algorithm expected) throws IOException {
        Path own = folder(repository.name());
        Files.createDirectories(own);
        String id = UUID.randomUUID().toString();
        Path file = own.resolve(fileName(id, expected));
        Files.createFile(file);
        FileUpload upload = new FileUpload(id, file, expected, repository, options, this::ended);
        uploads.put(id, upload);
        return upload;
    }

    Optional<Upload> find(LayoutRepository repository, String id) throws IOException {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            Path file = folder(repository.name()).resolve(fileName(id, algorithm));
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                FileUpload upload = uploads.computeIfAbsent(
                        id, absent -> new FileUpload(id, file, algorithm, repository, options, this::ended));
                return upload.isAt(file) ? Optional.of(upload) : Optional.empty();
            }
        }
        uploads.remove(id);
        return Optional.empty();
    }

    /** How many uploads this process is engaged in. */
    int open() {
        return uploads.size();
    }

    private void ended(FileUpload upload) {
        uploads.remove(upload.id());
    }

    /** A slash cannot be in a file's name, and a plus not in a repository's. */
    private Path folder(RepositoryName name) {
        return folder.resolve(name.value().replace('/', '+'));
    }

    private static String fileName(String id, Digest.Algorithm algorithm) {
        return id + "." + algorithm.id();
    }

    /**
     * Ends the uploads that nobody has written to for a long time.
     *
     * @param dryRun to count them only
     */
    Expired expire(boolean dryRun) throws IOException {
        Instant limit = options.clock().instant().minus(options.uploadExpiry());
        int count = 0;
        long bytes = 0;
        for (Path own : children(folder)) {
            for (Path file : children(own)) {
                FileStamp stamp = FileStamp.of(file);
                if (stamp.size() >= 0 && stamp.modified().toInstant().isBefore(limit)) {
                    count++;
                    bytes += stamp.size();
                    if (!dryRun) {
                        Files.deleteIfExists(file);
                        uploads.remove(file.getFileName().toString().replaceFirst("\\..*", ""));
                    }
                }
            }
        }
        return new Expired(count, bytes);
    }

    private static List<Path> children(Path parent) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
                children.forEach(found::add);
            } catch (NoSuchFileException justRemoved) {
                return found;
            }
        }
        return found;
    }
}
