/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of a tar file by its headers alone; what lies between them is not read. Knows ustar, pax headers, the long names
 * of GNU tar, and the format before all of these. Stricter than programs that unpack: every checksum has to be right, the end has
 * to be marked, and nothing but files and directories is taken, each under one plain relative name.
 */
final class TarReader {
    /** More names than any registry's repository has manifests and blobs. */
    static final int MOST_ENTRIES = 200_000;

    private static final int BLOCK = TarHeader.BLOCK;
    private static final int MOST_EXTENSION = 64 << 10;
    private static final int MOST_NAME = 1024;
    private static final int MOST_AFTER_END = 1 << 20;

    private final CallScope scope;
    private final String file;
    private final FileChannel channel;
    private final long end;
    private final @Nullable TarLinks links;
    private final Care care;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long position;
    private int count;
    private @Nullable String longName;
    private @Nullable String longLink;
    private PaxRecords pax = PaxRecords.NONE;
    private boolean entryAwaited;
    private String latest = "";

    /** Where a file's content is. */
    record Entry(long offset, long size, @Nullable String comment) {
        Entry(long offset, long size) {
            this(offset, size, null);
        }

        /** The digest of the content, where whoever wrote the archive has put it beside. */
        Optional<Digest> digest() {
            try {
                return comment == null ? Optional.empty() : Optional.of(Digest.parse(comment));
            } catch (InvalidInputException anotherComment) {
                return Optional.empty();
            }
        }
    }

    /** How exactly an archive is looked at. */
    enum Care {
        /** As for whoever wants its content. */
        USUAL,
        /** Also what nobody reads: what fills up blocks is zero, and headers have nothing that means nothing. */
        EVERY_BYTE
    }

    /** What becomes of links: archives of bundles have none, engines write them for layers that an image has twice. */
    enum Links {
        REFUSED,
        FOLLOWED_WITHIN
    }

    /** @param file the archive, for messages */
    TarReader(CallScope scope, String file, FileChannel channel, Links links, Care care) throws IOException {
        this.scope = scope;
        this.care = care;
        this.file = file;
        this.links = links == Links.REFUSED ? null : new TarLinks(file);
        this.channel = channel;
        this.end = channel.size();
    }

    /**
     * The files by their names, in the archive's order.
     *
     * @throws InvalidInputException if it is no tar file, a damaged one, or one that holds what is not taken
     */
    Map<String, Entry> read() throws IOException {
        for (byte[] header = next(); !isZero(header); header = next()) {
            scope.throwIfCancelled();
            if (++count > MOST_ENTRIES) {
                throw ArchiveFailures.beyond(
                        file, "has more than " + MOST_ENTRIES + " entries", "No bundle has so many.");
            }
            TarChecksum checksum = new TarChecksum(header);
            checksum.require(file, position - BLOCK, whereabouts());
            if (care == Care.EVERY_BYTE) {
                checksum.requireUsualForm(file, position - BLOCK, whereabouts());
            }
            take(header);
        }
        if (entryAwaited) {
            throw invalid("ends after the header of an entry's name");
        }
        checkEnd();
        if (links != null) {
            links.addTo(entries);
        }
        return entries;
    }

    private String whereabouts() {
        return latest.isEmpty() ? "" : ", behind " + Excerpt.quoted(latest);
    }

    private byte[] next() throws IOException {
        return content(BLOCK);
    }

    /** The next bytes, and the padding behind them. */
    private byte[] content(int length) throws IOException {
        if (length + TarHeader.padding(length) > end - position) {
            throw cut();
        }
        byte[] bytes = new byte[length];
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            if (channel.read(rest, position + rest.position()) < 0) {
                throw cut();
            }
        }
        position += length;
        skipPadding("a pax header or long name", length);
        return bytes;
    }

    private void skipPadding(String what, long size) throws IOException {
        int padding = TarHeader.padding(size);
        if (care == Care.EVERY_BYTE && padding > 0) {
            ByteBuffer bytes = ByteBuffer.allocate(padding);
            while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {}
            if (bytes.hasRemaining() || !isZero(bytes.array())) {
                throw invalid("is damaged: what fills up the last block of " + what + " at byte " + position
                        + " of the tar file is not zero");
            }
        }
        position += padding;
    }

    private void take(byte[] header) throws IOException {
        byte type = header[TarField.TYPE];
        long size = TarNumber.of(header, TarField.SIZE);
        if (size < 0) {
            throw invalid("has an entry whose size cannot be read");
        }
        entryAwaited = type == 'x' || type == 'L' || type == 'K';
        switch (type) {
            case 'x' -> pax = known(pax.and(records(size)));
            case 'g' -> records(size).requireHarmless(file);
            case 'L' -> longName = text(extension(size));
            case 'K' -> longLink = text(extension(size));
            default -> entry(header, type, pax.size() == null ? size : pax.size());
        }
    }

    private PaxRecords known(PaxRecords records) {
        if (care == Care.EVERY_BYTE && records.unknown() != null) {
            throw invalid("has a pax header with " + Excerpt.quoted(records.unknown()) + ", which means nothing");
        }
        return records;
    }

    private PaxRecords records(long size) throws IOException {
        return PaxRecords.parse(file, extension(size));
    }

    private byte[] extension(long size) throws IOException {
        if (size > MOST_EXTENSION) {
            throw ArchiveFailures.beyond(
                    file, "has a name or header of " + size + " bytes", "No bundle has one so long.");
        }
        return content((int) size);
    }

    private void entry(byte[] header, byte type, long size) throws IOException {
        String raw = rawName(header);
        if (links != null && TarLinks.isLink(type)) {
            link(header, type, raw, size);
            return;
        }
        boolean directory = type == TarHeader.DIRECTORY || (type == 0 && raw.endsWith("/"));
        if (!directory && type != TarHeader.FILE && type != 0 && type != '7') {
            throw invalid(
                    "holds " + kind(type) + ", " + Excerpt.quoted(raw) + ": only files and directories are taken");
        }
        String name = EntryName.of(file, raw);
        if (directory && size != 0) {
            throw invalid("has a directory with content, " + Excerpt.quoted(raw));
        }
        if (size + TarHeader.padding(size) > end - position || size > end) {
            throw cut();
        }
        if (!directory && (entries.put(name, new Entry(position, size, pax.comment())) != null || isLink(name))) {
            throw twice(name);
        }
        position += size;
        latest = name;
        skipPadding(Excerpt.quoted(name), size);
        forgetExtensions();
    }

    private void link(byte[] header, byte type, String raw, long size) {
        String name = EntryName.of(file, raw);
        String target = pax.linkPath() != null ? pax.linkPath() : longLink;
        if (size != 0) {
            throw invalid("has a link with content, " + Excerpt.quoted(raw));
        }
        boolean added = Objects.requireNonNull(links)
                .add(type, name, bounded(target == null ? field(header, TarField.LINK_NAME) : target));
        if (!added || entries.containsKey(name)) {
            throw twice(name);
        }
        forgetExtensions();
    }

    private boolean isLink(String name) {
        return links != null && links.has(name);
    }

    private void forgetExtensions() {
        longName = null;
        longLink = null;
        pax = PaxRecords.NONE;
    }

    private String rawName(byte[] header) {
        String given = pax.path() != null ? pax.path() : longName;
        if (given == null) {
            String name = field(header, TarField.NAME);
            boolean posix = new String(header, TarField.MAGIC.offset(), 6, ISO_8859_1).equals("ustar\0");
            String prefix = posix ? field(header, TarField.PREFIX) : "";
            given = prefix.isEmpty() ? name : prefix + "/" + name;
        }
        return bounded(given);
    }

    private String bounded(String given) {
        if (given.length() > MOST_NAME) {
            throw ArchiveFailures.beyond(
                    file, "has a name of " + given.length() + " characters", "No bundle has one so long.");
        }
        return given;
    }

    private String field(byte[] header, TarField field) {
        return text(Arrays.copyOfRange(header, field.offset(), field.end()));
    }

    /** Text up to its first zero byte. */
    private String text(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw invalid("has a name that is not UTF-8");
        }
    }

    /** After the first zero block: a second one, and at most some more. */
    private void checkEnd() throws IOException {
        if (end - position > MOST_AFTER_END) {
            throw invalid("has content after its end");
        }
        if (!isZero(next()) || !isZero(content((int) (end - position)))) {
            throw invalid("has content after its end");
        }
    }

    private static boolean isZero(byte[] bytes) {
        for (byte value : bytes) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private static String kind(byte type) {
        return switch (type) {
            case '1' -> "a hard link";
            case '2' -> "a symbolic link";
            case '3', '4' -> "a device";
            case '6' -> "a pipe";
            case 'S' -> "a sparse file";
            default -> "an entry of the type " + Excerpt.quoted(String.valueOf((char) (type & 0xff)));
        };
    }

    private InvalidInputException twice(String name) {
        return invalid("has two entries named " + Excerpt.quoted(name));
    }

    private InvalidInputException cut() {
        return invalid("is cut off: it has " + end + " bytes, and goes on after that");
    }

    private InvalidInputException invalid(String what) {
        return ArchiveFailures.invalid(file, what);
    }
}
