/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One layout, several stores: of one process and of several, some of which are killed. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LayoutProcessesTest {
    private static final CallScope SCOPE = CallScope.unbounded();

    @TempDir
    Path directory;

    private Path layout;

    @BeforeEach
    void nameLayout() {
        layout = directory.resolve("layout");
    }

    /** Reads the image of a tag to its last byte. */
    private static void assertWhole(LayoutStore store, String tag) {
        TestContent layer = LayoutWriterMain.layer(tag);
        Descriptor manifest = store.resolve(SCOPE, tag);
        assertThat(manifest).isEqualTo(TestContent.manifest(layer).descriptor());
        Verified.readAll(SCOPE, store, manifest, 100_000);
        assertThat(Verified.readAll(SCOPE, store, layer.descriptor(), 1_000_000))
                .isEqualTo(layer.bytes());
    }

    private static void assertBlobsAreWhatTheirNamesSay(Path layout) throws IOException {
        try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
            for (Path file : files.toList()) {
                assertThat(Digest.sha256(Files.readAllBytes(file)).hex())
                        .isEqualTo(file.getFileName().toString());
            }
        }
    }

    private static List<String> tags(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    @Test
    void twoProcessesThatTag_loseNoTag() throws Exception {
        int count = 60;
        try (ChildProcess a = ChildProcess.start("tag", layout.toString(), "a", Integer.toString(count));
                ChildProcess b = ChildProcess.start("tag", layout.toString(), "b", Integer.toString(count))) {
            assertThat(a.line()).isEqualTo("ready");
            assertThat(b.line()).isEqualTo("ready");
            a.proceed();
            b.proceed();
            assertThat(a.await()).isZero();
            assertThat(b.await()).isZero();
        }

        LayoutStore store = LayoutStore.open(layout);
        List<String> all = Stream.concat(tags("a", count).stream(), tags("b", count).stream())
                .toList();
        assertThat(store.tags(SCOPE)).containsExactlyInAnyOrderElementsOf(all);
        all.forEach(tag -> assertWhole(store, tag));
    }

    @Test
    void aProcessThatIsKilled_leavesALayoutInWhichAllThatItFinishedIsWhole() throws Exception {
        List<String> finished = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            try (ChildProcess child =
                    ChildProcess.start("tag", layout.toString(), "r" + round + "-", Integer.toString(1000))) {
                assertThat(child.line()).isEqualTo("ready");
                child.proceed();
                for (int i = new Random(round).nextInt(12); i >= 0; i--) {
                    finished.add(child.line());
                }
                child.kill();
            }
            LayoutStore store = LayoutStore.open(layout);
            assertThat(store.tags(SCOPE)).containsAll(finished);
            store.tags(SCOPE).forEach(tag -> assertWhole(store, tag));
            assertBlobsAreWhatTheirNamesSay(layout);
        }
    }

    @Test
    void aProcessThatDiesInABlob_leavesNoBlobAndTheNextOneWritesIt() throws Exception {
        TestContent blob = TestContent.random(100_000, 100_000);
        try (ChildProcess child = ChildProcess.start("die", layout.toString(), "100000")) {
            assertThat(child.await()).isEqualTo(9);
        }

        LayoutStore store = LayoutStore.open(layout);
        assertThat(new HandmadeLayout(layout).tree()).anyMatch(name -> name.endsWith(".part"));
        assertThat(store.exists(SCOPE, blob.descriptor())).isFalse();
        assertThat(store.push(SCOPE, blob.descriptor(), blob.source(), PushHints.NONE))
                .isEqualTo(PushOutcome.UPLOADED);
        assertBlobsAreWhatTheirNamesSay(layout);
    }

    @Test
    void noRoom_isAFailureWithAHintThatLeavesNothingHalfWritten() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash limits the size of the child's files");
        LayoutWriterMain.layer("x").pushTo(LayoutStore.openOrCreate(layout));
        List<String> before = new HandmadeLayout(layout).tree();

        try (ChildProcess child = ChildProcess.start(
                List.of("/bin/bash", "-c", "ulimit -f 512 && exec \"$@\"", "bash"),
                "fill",
                layout.toString(),
                "2000000")) {
            assertThat(child.line())
                    .startsWith("FILE_ERROR cannot write sha256:")
                    .contains("File too large")
                    .contains("Check free space");
            assertThat(child.await()).isZero();
        }
        assertThat(new HandmadeLayout(layout).tree()).isEqualTo(before);
        assertThat(LayoutStore.open(layout).tags(SCOPE)).isEmpty();
    }

    @Test
    void aLockOfAnotherProcess_isWaitedFor() throws Exception {
        LayoutWriterMain.layer("x").pushTo(LayoutStore.openOrCreate(layout));
        TestContent manifest = TestContent.manifest(LayoutWriterMain.layer("x"));
        Watched scope = new Watched();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (ChildProcess holder = ChildProcess.start("lock", layout.toString())) {
            assertThat(holder.line()).isEqualTo("locked");
            Future<?> push = executor.submit(() -> push(scope, manifest));
            assertThat(scope.waits.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(push.isDone()).isFalse();
            assertThat(LayoutStore.open(layout).tags(SCOPE))
                    .as("readers do not wait")
                    .isEmpty();

            holder.proceed();

            push.get(60, TimeUnit.SECONDS);
            assertWhole(LayoutStore.open(layout), "x");
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void waitingForAnotherProcess_endsWhenTheWorkIsStopped() throws Exception {
        LayoutWriterMain.layer("x").pushTo(LayoutStore.openOrCreate(layout));
        Watched scope = new Watched();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (ChildProcess holder = ChildProcess.start("lock", layout.toString())) {
            assertThat(holder.line()).isEqualTo("locked");
            Future<?> push = executor.submit(() -> push(scope, TestContent.manifest(LayoutWriterMain.layer("x"))));
            assertThat(scope.waits.await(60, TimeUnit.SECONDS)).isTrue();

            scope.cancellation.cancel();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> push.get(60, TimeUnit.SECONDS))
                    .withCauseInstanceOf(CancelledException.class);
        } finally {
            executor.shutdownNow();
        }
    }

    private void push(CallScope scope, TestContent manifest) {
        LayoutStore.open(layout)
                .push(scope, manifest.descriptor(), manifest.source(), PushHints.NONE.withTags(List.of("x")));
    }

    @Test
    void storesOfOneProcess_loseNoTagWhateverTheyCallTheDirectory() throws Exception {
        Files.createDirectory(layout);
        Path link = Files.createSymbolicLink(directory.resolve("link"), layout);
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Future<?> a = executor.submit(() -> tagAll(layout, "a"));
            Future<?> b = executor.submit(() -> tagAll(link, "b"));
            a.get();
            b.get();
        } finally {
            executor.shutdownNow();
        }

        assertThat(LayoutStore.open(layout).tags(SCOPE)).hasSize(100);
    }

    private static void tagAll(Path layout, String prefix) {
        try (LayoutStore store = LayoutStore.openOrCreate(layout)) {
            tags(prefix, 50).forEach(tag -> TestContent.config().pushTo(store, tag));
        }
    }

    @Test
    void readersMeanwhile_seeAWholeIndexThatOnlyGrows() throws Exception {
        TestContent.config().pushTo(LayoutStore.openOrCreate(layout));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> reader = executor.submit(() -> {
                int seen = 0;
                while (!done.get()) {
                    int now = LayoutStore.open(layout).tags(SCOPE).size();
                    assertThat(now).isGreaterThanOrEqualTo(seen);
                    seen = now;
                }
                return LayoutStore.open(layout).tags(SCOPE).size();
            });
            tagAll(layout, "w");
            done.set(true);

            assertThat(reader.get()).isEqualTo(50);
        } finally {
            done.set(true);
            executor.shutdownNow();
        }
    }

    /** Says when somebody registers to be stopped, which is when a lock is waited for. */
    private static final class Watched implements CallScope {
        private final Cancellation cancellation = new Cancellation();
        private final CountDownLatch waits = new CountDownLatch(1);

        @Override
        public boolean cancelled() {
            return cancellation.cancelled();
        }

        @Override
        public Registration onCancel(Runnable abort) {
            Registration registration = cancellation.onCancel(abort);
            waits.countDown();
            return registration;
        }
    }
}
