/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.transfer.Task.Rank;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which task is next. */
class ReadyQueueTest {
    private static final Set<String> A = Set.of("a");
    private static final Set<String> B = Set.of("b");
    private static final Set<String> BOTH = Set.of("a", "b");

    private long number;
    private final FakeClock clock = new FakeClock();
    private Lanes lanes = new Lanes(100, clock);
    private ReadyQueue queue = new ReadyQueue(lanes);

    private void width(int width) {
        lanes = new Lanes(width, clock);
        queue = new ReadyQueue(lanes);
    }

    private Task add(Rank rank, long size, Set<String> hosts) {
        Task task = new Task(rank, size, number++, hosts, () -> {});
        queue.add(task);
        return task;
    }

    private @Nullable Task take() {
        return queue.take(task -> true);
    }

    private List<Task> takeAll() {
        List<Task> taken = new ArrayList<>();
        for (Task task = take(); task != null; task = take()) {
            taken.add(task);
        }
        return taken;
    }

    @Test
    void order_isPlanning_discovery_longestBlobs_manifests() {
        Task manifest = add(Rank.PUSH_MANIFEST, 500, A);
        Task small = add(Rank.PUSH_BLOB, 10, A);
        Task large = add(Rank.PUSH_BLOB, Task.LARGE, A);
        Task read = add(Rank.DISCOVER, 0, B);
        Task secondRead = add(Rank.DISCOVER, 0, B);
        Task plan = add(Rank.PLAN, 0, Set.of());

        assertThat(takeAll()).containsExactly(plan, read, secondRead, large, small, manifest);
        assertThat(queue.hasAny(task -> true)).isFalse();
    }

    @Test
    void busyHost_doesNotHoldUpWorkForAnother_butKeepsOnePlaceThereForWhatNeedsBoth() {
        width(2);
        Task first = add(Rank.PUSH_BLOB, 30, A);
        Task second = add(Rank.PUSH_BLOB, 25, A);
        Task both = add(Rank.PUSH_BLOB, 20, BOTH);
        Task other = add(Rank.PUSH_BLOB, 15, B);
        Task last = add(Rank.PUSH_BLOB, 10, B);

        assertThat(takeAll()).containsExactly(first, second, other);
        lanes.end(first);
        assertThat(takeAll()).containsExactly(both);
        lanes.end(other);
        assertThat(takeAll()).containsExactly(last);
    }

    @Test
    void hostThatTakesFewManifests_getsFewOfThem_andEverythingElseAsBefore() {
        width(8);
        lanes.slowDownManifests("a", Duration.ZERO);
        List<Task> manifests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            manifests.add(add(Rank.PUSH_MANIFEST, 1, A));
        }

        assertThat(takeAll()).containsExactlyElementsOf(manifests.subList(0, 4));
        Task blob = add(Rank.PUSH_BLOB, 1, A);
        Task elsewhere = add(Rank.PUSH_MANIFEST, 1, B);
        List<Task> blobs = new ArrayList<>(List.of(blob));
        for (int i = 0; i < 4; i++) {
            blobs.add(add(Rank.PUSH_BLOB, 1, A));
        }
        List<Task> taken = takeAll();
        assertThat(taken).containsAll(blobs.subList(0, 4)).contains(elsewhere).hasSize(5);
        lanes.end(manifests.get(0));
        assertThat(takeAll()).containsExactly(blobs.get(4));
        lanes.end(manifests.get(1));
        lanes.end(blob);
        assertThat(takeAll()).containsExactlyElementsOf(manifests.subList(4, 6));
    }

    @Test
    void pauseThatManifestsWereToldOf_isOneOfTheWholeHost() {
        lanes.slowDownManifests("a", Duration.ofSeconds(1));
        Task blob = add(Rank.PUSH_BLOB, 1, A);

        assertThat(take()).isNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(take()).isSameAs(blob);
    }

    @Test
    void host_hasNeverMoreThanItsWidth() {
        width(3);
        for (int i = 0; i < 5; i++) {
            add(Rank.DISCOVER, 0, A);
        }
        List<Task> taken = takeAll();

        assertThat(taken).hasSize(3);
        lanes.end(taken.get(0));
        assertThat(takeAll()).hasSize(1);
    }

    @Test
    void planStepOfOneHost_countsThereOnly() {
        width(1);
        Task plan = add(Rank.PLAN, 0, A);
        add(Rank.PLAN, 0, A);
        Task elsewhere = add(Rank.DISCOVER, 0, B);

        assertThat(takeAll()).containsExactly(plan, elsewhere);
    }

    @Test
    void planStepOfAnyHost_countsAtEveryHost() {
        width(2);
        Task plan = add(Rank.PLAN, 0, Set.of());
        Task onA = add(Rank.DISCOVER, 0, A);
        Task onB = add(Rank.DISCOVER, 0, B);
        Task secondOnA = add(Rank.DISCOVER, 0, A);

        assertThat(takeAll()).containsExactly(plan, onA, onB);
        add(Rank.PLAN, 0, Set.of());
        assertThat(take()).isNull();
        lanes.end(plan);
        lanes.end(onA);
        lanes.end(onB);
        assertThat(takeAll()).hasSize(2).contains(secondOnA);
    }

    @Test
    void largeBlobs_leaveOneSlotForSmallWork() {
        width(3);
        Task first = add(Rank.PUSH_BLOB, Task.LARGE + 3, A);
        Task second = add(Rank.PUSH_BLOB, Task.LARGE + 2, A);
        add(Rank.PUSH_BLOB, Task.LARGE + 1, A);
        Task small = add(Rank.PUSH_BLOB, 1, A);

        assertThat(takeAll()).containsExactly(first, second, small);
    }

    @Test
    void singleSlot_takesLargeBlobsToo() {
        width(1);
        Task large = add(Rank.PUSH_BLOB, Task.LARGE, A);

        assertThat(takeAll()).containsExactly(large);
    }

    @Test
    void whatIsNotAllowed_stays() {
        Task push = add(Rank.PUSH_BLOB, 1, A);
        Task read = add(Rank.DISCOVER, 0, A);

        assertThat(queue.take(task -> !task.pushes())).isEqualTo(read);
        assertThat(queue.take(task -> !task.pushes())).isNull();
        assertThat(queue.hasAny(task -> !task.pushes())).isFalse();
        assertThat(take()).isEqualTo(push);
    }

    @Test
    void pausedHost_getsNothing_andNoPlaceIsKeptElsewhereForWhatNeedsIt() {
        width(1);
        lanes.slowDown("a", Duration.ofSeconds(10));
        Task onA = add(Rank.DISCOVER, 0, A);
        Task both = add(Rank.PUSH_BLOB, 20, BOTH);
        Task onB = add(Rank.PUSH_BLOB, 10, B);

        assertThat(takeAll()).containsExactly(onB);
        lanes.end(onB);
        assertThat(lanes.untilEndOfPause()).isEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(queue.hasAny(task -> true)).isTrue();

        clock.advance(Duration.ofSeconds(10));
        assertThat(lanes.untilEndOfPause()).isZero();
        assertThat(takeAll()).containsExactly(onA);
        lanes.end(onA);
        assertThat(takeAll()).containsExactly(both);
    }

    @Test
    void soonestEndOfAPause_isWhatIsWaitedFor() {
        lanes.slowDown("a", Duration.ofSeconds(10));
        lanes.slowDown("b", Duration.ofSeconds(3));
        lanes.slowDown("c", Duration.ZERO);

        assertThat(lanes.untilEndOfPause()).isEqualTo(Duration.ofSeconds(3).toNanos());
    }
}
