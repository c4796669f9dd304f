/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.archive.ArchiveWriter;
import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a layout into an archive: what names and describes the content comes before it, so that a reader of the stream knows early
 * what there will be.
 */
final class ArchiveLayout {
    private final CallScope scope;
    private final String root;
    private final byte[] index;
    private final List<StagedContent.Staged> contents;

    ArchiveLayout(CallScope scope, String root, byte[] index, StagedContent staged) {
        this.scope = scope;
        this.root = root;
        this.index = index;
        this.contents = staged.inOrder();
    }

    long write(Path file, Compression compression, Map<String, byte[]> members) {
        try (ArchiveWriter writer = ArchiveWriter.create(scope, file, compression)) {
            members.forEach(writer::add);
            writer.add(root + "oci-layout", LayoutCreation.HEADER.getBytes(UTF_8));
            writer.add(root + "index.json", index);
            try (ReadAhead ahead = new ReadAhead(scope, contents)) {
                for (StagedContent.Staged content : contents) {
                    add(writer, content.descriptor(), ahead);
                }
            }
            return writer.commit();
        }
    }

    private void add(ArchiveWriter writer, Descriptor descriptor, ReadAhead ahead) {
        try (InputStream in = ahead.next()) {
            writer.add(LayoutNames.blob(root, descriptor.digest()), descriptor.size(), in);
        } catch (IOException neverThrown) {
            throw new IllegalStateException(neverThrown);
        }
    }
}
