/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory of manifests that wait for what they point to. What does not fit is read again when it is pushed. Guarded by
 * the session's lock.
 */
final class ContentBudget {
    private static final long MOST_BYTES = 16 << 20;

    private long kept;

    /** The content, or null if there is no room for it. */
    byte @Nullable [] keep(byte[] content) {
        if (kept + content.length > MOST_BYTES) {
            return null;
        }
        kept += content.length;
        return content;
    }

    void release(byte @Nullable [] content) {
        if (content != null) {
            kept -= content.length;
        }
    }
}
