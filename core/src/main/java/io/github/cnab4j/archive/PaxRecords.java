/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a pax header (POSIX.1-2001, "pax Header Block") says that matters here.
 *
 * @param path the entry's name, if it is here
 * @param size the entry's size, if it is here
 * @param linkPath where the entry leads as a link, if it is here
 * @param comment what whoever wrote the archive says of the entry, if it is here
 * @param unknown the first keyword that is neither one of POSIX nor one of a vendor, if there is one
 */
record PaxRecords(
        @Nullable String path,
        @Nullable Long size,
        @Nullable String linkPath,
        @Nullable String comment,
        @Nullable String unknown) {
    static final PaxRecords NONE = new PaxRecords(null, null, null, null, null);

    private static final int MOST_DIGITS = 18;
    private static final Set<String> HARMLESS =
            Set.of("atime", "charset", "ctime", "gid", "gname", "hdrcharset", "mtime", "uid", "uname");
    private static final Pattern VENDOR = Pattern.compile("[A-Z][A-Z0-9]*\\..+");

    static PaxRecords parse(String file, byte[] content) {
        PaxRecords records = NONE;
        int at = 0;
        while (at < content.length) {
            int blank = at;
            while (blank < content.length && content[blank] >= '0' && content[blank] <= '9') {
                blank++;
            }
            int length = blank == content.length || content[blank] != ' ' ? 0 : number(content, at, blank);
            int next = at + length;
            if (length <= blank - at + 1 || next > content.length || content[next - 1] != '\n') {
                throw malformed(file);
            }
            records = records.with(file, text(file, content, blank + 1, next - 1));
            at = next;
        }
        return records;
    }

    /** These and others of the same entry. */
    PaxRecords and(PaxRecords more) {
        return new PaxRecords(
                more.path == null ? path : more.path,
                more.size == null ? size : more.size,
                more.linkPath == null ? linkPath : more.linkPath,
                more.comment == null ? comment : more.comment,
                unknown == null ? more.unknown : unknown);
    }

    /** A header for all entries must not rename or resize them. */
    void requireHarmless(String file) {
        if (path != null || size != null || linkPath != null) {
            throw ArchiveFailures.invalid(file, "gives all its entries one name or size");
        }
    }

    private PaxRecords with(String file, String record) {
        int equals = record.indexOf('=');
        if (equals <= 0) {
            throw malformed(file);
        }
        String value = record.substring(equals + 1);
        String key = record.substring(0, equals);
        if (key.startsWith("GNU.sparse.")) {
            throw ArchiveFailures.invalid(file, "holds a sparse file: only plain files and directories are taken");
        }
        return switch (key) {
            case "path" -> new PaxRecords(value, size, linkPath, comment, unknown);
            case "size" -> new PaxRecords(path, size(file, value), linkPath, comment, unknown);
            case "linkpath" -> new PaxRecords(path, size, value, comment, unknown);
            case "comment" -> new PaxRecords(path, size, linkPath, value, unknown);
            default ->
                HARMLESS.contains(key) || VENDOR.matcher(key).matches() || unknown != null
                        ? this
                        : new PaxRecords(path, size, linkPath, comment, key);
        };
    }

    private static long size(String file, String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed(file);
        }
        return Long.parseLong(digits);
    }

    private static int number(byte[] content, int from, int to) {
        long value = 0;
        for (int i = from; i < to && value <= Integer.MAX_VALUE; i++) {
            value = value * 10 + content[i] - '0';
        }
        return value > content.length ? 0 : (int) value;
    }

    private static String text(String file, byte[] content, int from, int to) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(content, from, to - from))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw malformed(file);
        }
    }

    private static RuntimeException malformed(String file) {
        return ArchiveFailures.invalid(file, "has a pax header that cannot be read");
    }
}
