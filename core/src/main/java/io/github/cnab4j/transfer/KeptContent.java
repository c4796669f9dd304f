/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.store.VerifiedContent;
import io.github.cnab4j.transfer.Node.Reading;

/**
 * The content that nodes keep in memory until they are pushed: manifests that wait for what they point to, small blobs that wait
 * for their turn. What finds no room is read when it is pushed. Guarded by the session's lock.
 */
final class KeptContent {
    /** Up to here the time of a push is that of its requests, so that bytes may wait in memory; in bytes. */
    static final int SMALL_BLOB = 256 << 10;

    private static final long MOST_BYTES = 16 << 20;

    private final Room manifests = new Room();
    private final Room blobs = new Room();

    /** Bytes of one kind. */
    private static final class Room {
        private long taken;

        boolean take(long bytes) {
            if (taken + bytes > MOST_BYTES) {
                return false;
            }
            taken += bytes;
            return true;
        }

        void release(long bytes) {
            taken -= bytes;
        }
    }

    /** Takes room for a blob that is to be read; false if it is too large or there is none. */
    boolean takeRoom(Node blob) {
        long size = blob.descriptor().size();
        return size <= SMALL_BLOB && blobs.take(size);
    }

    /** Gives back the room of a blob that could not be read. */
    void giveBack(Node blob) {
        blobs.release(blob.descriptor().size());
    }

    /** Keeps what was read, a manifest only if there is room for it. */
    void keep(Node node, VerifiedContent content) {
        if (!node.manifest() || manifests.take(node.descriptor().size())) {
            node.setContent(content);
        }
    }

    /** Lets go of a node's content. */
    void drop(Node node) {
        if (node.content() != null) {
            (node.manifest() ? manifests : blobs).release(node.descriptor().size());
            node.setContent(null);
        }
        if (node.reading() == Reading.READ) {
            node.setReading(Reading.NOT_BEGUN);
        }
    }
}
