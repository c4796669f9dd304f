/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.archive.ArchiveFile;
import io.github.cnab4j.archive.Spool;
import io.github.cnab4j.store.CallScope;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Where the bytes of a content are. */
sealed interface SavedEntry permits SavedEntry.Member, SavedEntry.Packed, SavedEntry.Made {
    InputStream open(CallScope scope, long offset);

    /** A file of the archive, as it is. */
    record Member(ArchiveFile archive, String name) implements SavedEntry {
        @Override
        public InputStream open(CallScope scope, long offset) {
            return archive.open(scope, name, offset);
        }
    }

    /** A layer that was compressed. */
    record Packed(Spool spool, long start, long size) implements SavedEntry {
        @Override
        public InputStream open(CallScope scope, long offset) {
            return spool.open(start + offset, size - offset);
        }
    }

    /** A manifest that was made. */
    final class Made implements SavedEntry {
        private final byte[] content;

        Made(byte[] content) {
            this.content = content;
        }

        @Override
        public InputStream open(CallScope scope, long offset) {
            return new ByteArrayInputStream(content, (int) offset, content.length - (int) offset);
        }
    }
}
