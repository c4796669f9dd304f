/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * What the caller of a push knows or wants.
 *
 * @param mountFrom stores that hold the blob and may share it, best first; the target itself among them means that it may
 *     hold the blob already
 * @param tags tags for a manifest; empty: by digest alone
 * @param knownMissing whether the caller knows that the target lacks the content, so that the store need not ask
 * @param bytesSent told the number of further bytes sent, as they go; may be called from the pushing thread only
 */
public record PushHints(List<StoreId> mountFrom, List<String> tags, boolean knownMissing, LongConsumer bytesSent) {
    /** Nothing known, nothing wanted. */
    public static final PushHints NONE = new PushHints(List.of(), List.of(), false, sent -> {});

    /** Copies the lists. */
    public PushHints {
        mountFrom = List.copyOf(mountFrom);
        tags = List.copyOf(tags);
    }

    /** The same with these tags. */
    public PushHints withTags(List<String> replacement) {
        return new PushHints(mountFrom, replacement, knownMissing, bytesSent);
    }
}
