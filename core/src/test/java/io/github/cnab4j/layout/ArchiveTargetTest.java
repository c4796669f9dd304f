/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is pushed into an archive is in it, and nothing is there if anything of it cannot be read. */
class ArchiveTargetTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final int LARGE = 5 << 20;

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("archive.tar");
    }

    @Test
    void everythingIsReadBack() {
        List<TestContent> contents = new ArrayList<>();
        contents.add(TestContent.blob(new byte[0]));
        contents.add(TestContent.random(1, LARGE));
        contents.add(TestContent.random(2, LARGE));
        contents.add(TestContent.random(3, LARGE));
        contents.add(TestContent.random(4, 2 << 20));
        contents.add(TestContent.blob("long name").by(Digest.Algorithm.SHA512));
        for (int i = 0; i < 300; i++) {
            contents.add(TestContent.random(10 + i, i));
        }

        write(contents);

        try (ArchiveStore store = ArchiveStore.open(SCOPE, file())) {
            for (TestContent content : contents) {
                assertThat(Verified.readAll(SCOPE, store, content.descriptor(), LARGE))
                        .isEqualTo(content.bytes());
            }
        }
    }

    /** What the engine has read is kept, and there may be more of it than memory is to hold. */
    @Test
    void moreSmallContentThanFitsInMemory_isReadBackToo() {
        List<TestContent> contents = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            contents.add(TestContent.random(i, 256 << 10));
        }
        try (ArchiveTarget target = ArchiveTarget.create(file());
                MemoryStore memory = new MemoryStore("read")) {
            for (TestContent content : contents) {
                content.pushTo(memory);
                target.push(
                        SCOPE,
                        content.descriptor(),
                        Verified.read(SCOPE, memory, content.descriptor(), 1 << 20),
                        PushHints.NONE);
            }
            target.write(SCOPE, Compression.none());
        }

        try (ArchiveStore store = ArchiveStore.open(SCOPE, file())) {
            assertThat(contents)
                    .allSatisfy(content -> assertThat(Verified.readAll(SCOPE, store, content.descriptor(), 1 << 20))
                            .isEqualTo(content.bytes()));
        }
    }

    @Test
    void theOrderOfPushes_makesNoDifference() throws IOException {
        List<TestContent> contents = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            contents.add(TestContent.random(i, 1000 * i));
        }
        write(contents);
        byte[] first = Files.readAllBytes(file());

        Collections.shuffle(contents, new Random(1));
        write(contents);

        assertThat(file()).hasBinaryContent(first);
    }

    @Test
    void tagsAndManifestsWithoutTags_areInTheIndex() {
        TestContent layer = TestContent.blob("layer");
        TestContent tagged = TestContent.manifest(layer);
        TestContent child = TestContent.manifest(TestContent.blob("other"));
        TestContent index = TestContent.index(child);
        try (ArchiveTarget target = ArchiveTarget.create(file())) {
            tagged.pushTo(target, "1", "2");
            child.pushTo(target);
            index.pushTo(target);
            assertThat(target.resolve(SCOPE, "1")).isEqualTo(tagged.descriptor());
            assertThat(target.resolve(SCOPE, child.descriptor().digest().toString()))
                    .isEqualTo(child.descriptor());
            assertThat(target.tags(SCOPE)).containsExactly("1", "2");
            target.write(SCOPE, Compression.none());
        }

        try (ArchiveStore store = ArchiveStore.open(SCOPE, file())) {
            assertThat(store.tags(SCOPE)).containsExactly("1", "2");
            assertThat(store.resolve(SCOPE, "2")).isEqualTo(tagged.descriptor());
            String listed =
                    new String(store.member(SCOPE, "index.json", 1 << 20).orElseThrow(), UTF_8);
            assertThat(listed)
                    .contains(index.descriptor().digest().toString())
                    .doesNotContain(child.descriptor().digest().toString());
        }
    }

    @Test
    void aManifestThatIsNotWhatItsDigestSays_isRefusedAtOnce() {
        TestContent manifest = TestContent.manifest(TestContent.blob("layer"));
        byte[] altered = manifest.bytes().clone();
        altered[5] ^= 1;

        try (ArchiveTarget target = ArchiveTarget.create(file())) {
            assertThat(catchThrowable(() ->
                            target.push(SCOPE, manifest.descriptor(), ContentSource.ofBytes(altered), PushHints.NONE)))
                    .isInstanceOf(IntegrityException.class);
            assertThat(target.exists(SCOPE, manifest.descriptor())).isFalse();
        }
    }

    @Test
    void aBlobThatIsNotWhatItsDigestSays_leavesNoArchive() throws IOException {
        for (int size : new int[] {100, LARGE}) {
            TestContent blob = TestContent.random(size, size);
            byte[] altered = blob.bytes().clone();
            altered[size - 1] ^= 1;

            assertThat(failure(SCOPE, blob, ContentSource.ofBytes(altered))).isInstanceOf(IntegrityException.class);
        }
    }

    @Test
    void aSourceThatBreaks_leavesNoArchive() throws IOException {
        TestContent blob = TestContent.random(1, LARGE);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        Throwable failure = failure(
                SCOPE,
                blob,
                scope -> new SequenceInputStream(new ByteArrayInputStream(blob.bytes(), 0, LARGE / 2), broken));

        assertThat(failure).isInstanceOf(TransportException.class).hasMessageContaining("connection reset");
    }

    @Test
    void stoppedWhileItIsWritten_leavesNoArchive() throws IOException {
        Cancellation stop = new Cancellation();
        TestContent blob = TestContent.random(1, LARGE);
        InputStream stopping = new InputStream() {
            @Override
            public int read() {
                stop.cancel();
                return 0;
            }
        };

        Throwable failure = failure(
                stop,
                blob,
                scope -> new SequenceInputStream(new ByteArrayInputStream(blob.bytes(), 0, LARGE / 2), stopping));

        assertThat(failure).isInstanceOf(CancelledException.class);
    }

    @Test
    void ofAnArchiveThatIsThere_nothingIsInTheNewOne() {
        TestContent old = TestContent.manifest(TestContent.blob("old"));
        try (ArchiveTarget target = ArchiveTarget.create(file())) {
            old.pushTo(target, "1");
            target.write(SCOPE, Compression.none());
        }

        try (ArchiveTarget target = ArchiveTarget.create(file())) {
            assertThat(target.exists(SCOPE, old.descriptor())).isFalse();
            assertThat(catchThrowable(() -> target.resolve(SCOPE, "1"))).isInstanceOf(NotFoundException.class);
            assertThat(catchThrowable(() -> target.tag(SCOPE, old.descriptor(), "2")))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void aTagOutsideTheGrammar_isRefused() {
        try (ArchiveTarget target = ArchiveTarget.create(file())) {
            TestContent manifest = TestContent.manifest(TestContent.blob("layer"));

            assertThat(catchThrowableOfType(InvalidInputException.class, () -> manifest.pushTo(target, "no tag")))
                    .isNotNull();
        }
    }

    private void write(List<TestContent> contents) {
        try (ArchiveTarget target = ArchiveTarget.create(file())) {
            contents.forEach(content -> content.pushTo(target));
            target.write(SCOPE, Compression.none());
        }
    }

    /** The failure to write this blob among others; the directory is empty then. */
    private Throwable failure(CallScope scope, TestContent blob, ContentSource source) throws IOException {
        try (ArchiveTarget target = ArchiveTarget.create(file())) {
            for (int i = 0; i < 50; i++) {
                TestContent.random(i, 100_000).pushTo(target);
            }
            target.push(scope, blob.descriptor(), source, PushHints.NONE);

            Throwable failure = catchThrowable(() -> target.write(scope, Compression.gzip()));

            try (Stream<Path> left = Files.list(directory)) {
                assertThat(left).isEmpty();
            }
            return failure;
        }
    }
}
