/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import io.github.cnab4j.archive.TarReader.Care;
import io.github.cnab4j.archive.TarReader.Links;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An archive that is there, read with random access. Its compression is found by its first bytes. A plain tar file is read in
 * place. A compressed one is decompressed once, into a {@link Spool} that goes when this is closed, since its parts can be reached
 * in no other way; it is checked to its end by that. Names are without {@code ./} at their beginning.
 *
 * <p>Opening reads every header, and refuses an archive that is cut off or damaged there, holds links, devices, names that lead
 * elsewhere or two entries of one name, or decompresses to more than a bundle can. Contents are not verified: whoever reads them does
 * that. Safe for use by several threads.
 */
public final class ArchiveFile implements AutoCloseable {
    private static final int BUFFER = 256 << 10;

    private final String file;
    private final FileChannel channel;
    private final @Nullable Spool spool;
    private final Map<String, TarReader.Entry> entries;

    private ArchiveFile(String file, FileChannel channel, @Nullable Spool spool, Map<String, TarReader.Entry> entries) {
        this.file = file;
        this.channel = channel;
        this.spool = spool;
        this.entries = entries;
    }

    /**
     * Opens an archive.
     *
     * @throws NotFoundException if there is no such file
     * @throws InvalidInputException if it is no archive, or one that is refused
     * @throws FileException if it cannot be read, or there is no room for what it decompresses to
     */
    public static ArchiveFile open(CallScope scope, Path file) {
        return open(scope, file, Links.REFUSED, Care.USUAL);
    }

    /**
     * Opens an archive whose every byte matters: beside what {@link #open} refuses, bits that no reader looks at have to be as programs
     * write them. An archive of {@link ArchiveWriter} is read to its end for that, and what its comments say of its small files has to
     * hold. Contents that a digest names are still those of whoever reads them.
     *
     * @throws NotFoundException if there is no such file
     * @throws InvalidInputException if it is no archive, or one that is refused, or a bit of it was altered
     * @throws FileException if it cannot be read, or there is no room for what it decompresses to
     */
    public static ArchiveFile openStrictly(CallScope scope, Path file) {
        ArchiveFile archive = open(scope, file, Links.REFUSED, Care.EVERY_BYTE);
        boolean sound = false;
        try {
            archive.requireDigests(scope);
            sound = true;
            return archive;
        } finally {
            if (!sound) {
                archive.close();
            }
        }
    }

    /** Whether the small files have their digests with them, as {@link ArchiveWriter} writes it. */
    public boolean isSelfDescribing() {
        return entries.values().stream().anyMatch(entry -> entry.digest().isPresent());
    }

    /** Whether a file has its digest with it. */
    public boolean isSelfDescribing(String name) {
        TarReader.Entry entry = entries.get(name);
        return entry != null && entry.digest().isPresent();
    }

    private void requireDigests(CallScope scope) {
        entries.forEach((name, entry) -> entry.digest().ifPresent(digest -> {
            MessageDigest hash = digest.newHash();
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = open(scope, name, 0)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    hash.update(buffer, 0, n);
                }
            } catch (IOException failed) {
                throw ArchiveFailures.reading(file, failed);
            }
            require(name, digest, Digest.of(digest.algorithm(), hash.digest()));
        }));
    }

    private void require(String name, Digest stated, Digest actual) {
        if (!stated.equals(actual)) {
            throw ArchiveFailures.invalid(
                    file, "is damaged: " + name + " is " + actual + ", and was written as " + stated);
        }
    }

    /**
     * Opens an archive of images as engines save them: links to files of the same archive count as files. Else as {@link #open}.
     */
    public static ArchiveFile openSaved(CallScope scope, Path file) {
        return open(scope, file, Links.FOLLOWED_WITHIN, Care.USUAL);
    }

    /**
     * Takes an archive of images, as engines save them, from a stream: into a {@link Spool} that goes when this is closed. Links to
     * files of the same archive count as files. What the stream throws passes through.
     *
     * @param name what the archive is called in messages
     * @param plain a tar file without compression
     * @param limit the most bytes that are taken
     * @throws InvalidInputException if it is no archive, one that is refused, or larger
     * @throws FileException if there is no room for it
     */
    public static ArchiveFile receive(CallScope scope, String name, InputStream plain, long limit) {
        Spool spool = Spool.create();
        boolean opened = false;
        try {
            fill(scope, name, plain, spool, limit);
            ArchiveFile archive = spooled(scope, name, spool, Links.FOLLOWED_WITHIN, Care.USUAL);
            opened = true;
            return archive;
        } catch (IOException failed) {
            throw ArchiveFailures.reading(name, failed);
        } finally {
            if (!opened) {
                spool.close();
            }
        }
    }

    private static void fill(CallScope scope, String name, InputStream in, Spool spool, long limit) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            scope.throwIfCancelled();
            size += n;
            if (size > limit) {
                throw ArchiveFailures.beyond(
                        name,
                        "has more than " + limit + " bytes",
                        "It says that it has fewer: it is damaged or hostile.");
            }
            spool.append(buffer, 0, n);
        }
    }

    private static ArchiveFile open(CallScope scope, Path file, Links links, Care care) {
        scope.throwIfCancelled();
        String name = file.toString();
        if (!Files.exists(file)) {
            throw new NotFoundException("GET " + file, "there is no archive " + file, null, true);
        }
        if (!Files.isRegularFile(file)) {
            throw new FileException(file + " is not an archive: it is no regular file", "Name a tar file.", null);
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            boolean opened = false;
            try {
                Optional<Spool> spool = Decompression.of(scope, name, channel, care);
                ArchiveFile archive = spool.isPresent()
                        ? owned(scope, name, channel, spool.get(), links, care)
                        : new ArchiveFile(name, channel, null, new TarReader(scope, name, channel, links, care).read());
                opened = spool.isEmpty();
                return archive;
            } finally {
                if (!opened) {
                    channel.close();
                }
            }
        } catch (IOException failed) {
            throw ArchiveFailures.reading(name, failed);
        }
    }

    private static ArchiveFile owned(
            CallScope scope, String name, FileChannel compressed, Spool spool, Links links, Care care)
            throws IOException {
        boolean opened = false;
        try {
            ArchiveFile archive = spooled(scope, name, spool, links, care);
            if (care == Care.EVERY_BYTE) {
                requireSeal(scope, archive, compressed);
            }
            opened = true;
            return archive;
        } finally {
            if (!opened) {
                spool.close();
            }
        }
    }

    private static void requireSeal(CallScope scope, ArchiveFile archive, FileChannel compressed) throws IOException {
        Compression.Kind kind = Decompression.kind(archive.file, compressed);
        if (archive.isSelfDescribing() && !Seal.holds(scope, compressed, kind)) {
            throw ArchiveFailures.invalid(
                    archive.file,
                    "is damaged: what it holds comes out right, but the bytes of its compression (" + kind
                            + ") are not those that were written");
        }
    }

    private static ArchiveFile spooled(CallScope scope, String name, Spool spool, Links links, Care care)
            throws IOException {
        FileChannel tar = spool.channel();
        return new ArchiveFile(name, tar, spool, new TarReader(scope, name, tar, links, care).read());
    }

    /** What the archive is called in messages: its path as it was given, if it is a file. */
    public String name() {
        return file;
    }

    /** The names of all files, in the archive's order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /** The size of a file in bytes; empty if there is none of this name. */
    public OptionalLong size(String name) {
        TarReader.Entry entry = entries.get(name);
        return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.size());
    }

    /**
     * A file's bytes from {@code offset} on, as they are. Reading fails with {@link CnabException}s only.
     *
     * @throws IllegalArgumentException if there is no such file, or it has fewer bytes
     */
    public InputStream open(CallScope scope, String name, long offset) {
        TarReader.Entry entry = entries.get(name);
        if (entry == null || offset < 0 || offset > entry.size()) {
            throw new IllegalArgumentException("byte " + offset + " of " + name + " in " + file);
        }
        return new Section(channel, file, scope::throwIfCancelled, entry.offset() + offset, entry.size() - offset);
    }

    /**
     * The whole of a small file; empty if there is none of this name.
     *
     * @param limit the most bytes that are taken
     * @throws InvalidInputException if it is larger, or is not what its comment says
     */
    public Optional<byte[]> readSmall(CallScope scope, String name, int limit) {
        TarReader.Entry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.size() > limit) {
            throw ArchiveFailures.beyond(
                    file,
                    "has " + entry.size() + " bytes in " + name + ", the limit is " + limit,
                    "No bundle has so many.");
        }
        try (InputStream in = open(scope, name, 0)) {
            byte[] content = in.readNBytes((int) entry.size());
            if (content.length < entry.size()) {
                throw new IOException("the file became shorter while it was read");
            }
            entry.digest()
                    .ifPresent(digest -> require(
                            name,
                            digest,
                            Digest.of(digest.algorithm(), digest.newHash().digest(content))));
            return Optional.of(content);
        } catch (IOException failed) {
            throw ArchiveFailures.reading(file, failed);
        }
    }

    /** Lets go of the file, and of what was decompressed. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw ArchiveFailures.reading(file, failed);
        }
        if (spool != null) {
            spool.close();
        }
    }
}
