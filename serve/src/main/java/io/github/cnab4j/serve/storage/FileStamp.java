/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param key which file it is, where the file system says that
 */
record FileStamp(long size, FileTime modified, @Nullable Object key) {
    /** Of no file. */
    static final FileStamp NONE = new FileStamp(-1, FileTime.fromMillis(0), null);

    static FileStamp of(Path file) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new FileStamp(found.size(), found.lastModifiedTime(), found.fileKey());
        } catch (NoSuchFileException absent) {
            return NONE;
        }
    }
}
