/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.util.function.LongConsumer;

/** Counts the bytes of a content on its way, those that are sent a second time once. Not safe for use by several threads. */
final class SentBytes implements LongConsumer {
    private final LongConsumer told;
    private long position;
    private long furthest;

    SentBytes(LongConsumer told) {
        this.told = told;
    }

    void startAgain() {
        position = 0;
    }

    @Override
    public void accept(long bytes) {
        position += bytes;
        if (position > furthest) {
            told.accept(position - furthest);
            furthest = position;
        }
    }
}
