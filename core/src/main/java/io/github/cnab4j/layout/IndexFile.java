/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A layout's {@code index.json}: always read anew, since other processes change it; parsed anew only if its bytes differ. */
final class IndexFile {
    private static final String DAMAGED = "The layout is damaged or not one: take it from its source again.";

    private final LayoutDirectory directory;
    private volatile @Nullable Parsed latest;

    private static final class Parsed {
        private final byte[] content;
        private final IndexDocument document;

        Parsed(byte[] content, IndexDocument document) {
            this.content = content;
            this.document = document;
        }
    }

    IndexFile(LayoutDirectory directory) {
        this.directory = directory;
    }

    /** The document as it is; empty if there is no such file. */
    Optional<IndexDocument> read() {
        return directory
                .readSmall(directory.index(), IndexDocument.LIMITS.maxBytes())
                .map(this::parsed);
    }

    /**
     * Changes the document while no other thread or process does. The names of all blobs are on disk before the document that
     * may list them. Nothing is written if the change changes nothing.
     */
    void change(CallScope scope, UnaryOperator<IndexDocument> change) {
        LayoutLock.hold(scope, directory, () -> replace(change));
    }

    /** {@link #change} for whoever holds the lock. */
    void replace(UnaryOperator<IndexDocument> change) throws IOException {
        IndexDocument before = read().orElseThrow(() -> missing(directory));
        IndexDocument after = change.apply(before);
        if (after != before) {
            byte[] content = after.toBytes();
            directory.syncBlobs();
            directory.replaceSmall(directory.index(), content);
            directory.rewriteCopy(content);
            latest = new Parsed(content, after);
        }
    }

    /**
     * The document as a whole check has it: one bit of it altered since this library wrote it is found.
     *
     * @throws FileException if that is so
     */
    IndexDocument readUntouched() {
        byte[] content = directory
                .readSmall(directory.index(), IndexDocument.LIMITS.maxBytes())
                .orElseThrow(() -> missing(directory));
        Optional<byte[]> written = directory.readSmall(directory.indexCopy(), IndexDocument.LIMITS.maxBytes());
        if (written.isPresent() && differInOneBit(content, written.get())) {
            throw new FileException(
                    "index.json of " + directory + " differs in one bit from what was written: one of it and "
                            + directory.root().relativize(directory.indexCopy()) + " is damaged",
                    "Take the layout from its source again. If another program has given an image this name on purpose,"
                            + " remove the second file.",
                    null);
        }
        return parsed(content);
    }

    private static boolean differInOneBit(byte[] one, byte[] other) {
        int bits = one.length == other.length ? 0 : 2;
        for (int i = 0; i < one.length && bits < 2; i++) {
            bits += Integer.bitCount((one[i] ^ other[i]) & 0xff);
        }
        return bits == 1;
    }

    /** Writes the index of a layout without content. */
    void create() throws IOException {
        byte[] content = IndexDocument.empty().toBytes();
        directory.replaceSmall(directory.index(), content);
        directory.rewriteCopy(content);
    }

    static FileException missing(LayoutDirectory directory) {
        return new FileException(directory + " is not an OCI image layout: it has no index.json", DAMAGED, null);
    }

    private IndexDocument parsed(byte[] content) {
        Parsed known = latest;
        if (known != null && Arrays.equals(known.content, content)) {
            return known.document;
        }
        try {
            IndexDocument document = IndexDocument.parse(content);
            latest = new Parsed(content, document);
            return document;
        } catch (InvalidInputException malformed) {
            throw unreadable(malformed);
        }
    }

    private FileException unreadable(CnabException cause) {
        return new FileException(
                "index.json of " + directory + " cannot be used: " + cause.getMessage(),
                cause.hint().orElse(DAMAGED),
                cause);
    }
}
