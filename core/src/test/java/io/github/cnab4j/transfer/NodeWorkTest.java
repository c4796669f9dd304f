/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.transfer.CopyEvent.Result;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What becomes of content that is damaged on its way. */
class NodeWorkTest {
    private static final TestContent LAYER = TestContent.random(1, 100_000);

    private final MemoryStore target = new MemoryStore("target");
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();

    /** The layer, with one bit flipped the first so many times. */
    private ContentSource damaged(int times) {
        return scope -> {
            byte[] bytes = LAYER.bytes().clone();
            if (opened.incrementAndGet() <= times) {
                bytes[99_000] ^= 1;
            }
            return new ByteArrayInputStream(bytes);
        };
    }

    private Result push(ContentSource content) {
        NodeWork work = new NodeWork(CallScope.unbounded(), CallScope.unbounded(), 1 << 20);
        NodeWork.Push push = new NodeWork.Push(target, LAYER.descriptor(), content, null, List.of(), List.of(), true);
        return work.push(push, sent::addAndGet).result();
    }

    @Test
    void damageOnTheWay_isReadOnceMore_andCountedOnce() {
        assertThat(push(damaged(1))).isEqualTo(Result.UPLOADED);

        assertThat(opened).hasValue(2);
        assertThat(sent).hasValue(LAYER.descriptor().size());
        assertThat(target.exists(CallScope.unbounded(), LAYER.descriptor())).isTrue();
    }

    @Test
    void lastingDamage_isAFailureAfterTheSecondReading() {
        assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> push(damaged(9)));

        assertThat(opened).hasValue(2);
        assertThat(target.exists(CallScope.unbounded(), LAYER.descriptor())).isFalse();
    }
}
