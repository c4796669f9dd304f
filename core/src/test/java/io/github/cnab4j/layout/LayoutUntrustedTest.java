/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts that are damaged, hostile or no layouts. */
class LayoutUntrustedTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final TestContent MANIFEST = TestContent.manifest(TestContent.blob("layer"));

    @TempDir
    Path directory;

    private HandmadeLayout layout;

    @BeforeEach
    void createLayout() {
        layout = HandmadeLayout.empty(directory.resolve("layout"))
                .blob(MANIFEST)
                .index(HandmadeLayout.named(MANIFEST, "1.0"));
    }

    private LayoutStore open() {
        return LayoutStore.open(layout.root());
    }

    private byte[] readManifest() {
        LayoutStore store = open();
        return Verified.readAll(SCOPE, store, store.resolve(SCOPE, "1.0"), 10_000);
    }

    private void assertNotOpened(String reason) {
        assertThatExceptionOfType(FileException.class)
                .isThrownBy(this::open)
                .withMessageContaining(reason)
                .withMessageContaining(layout.root().toString())
                .satisfies(why -> assertThat(why.hint()).isPresent());
        assertThatExceptionOfType(FileException.class)
                .isThrownBy(() -> LayoutStore.openOrCreate(layout.root()))
                .withMessageContaining(reason);
    }

    /** Replaces a file or directory of the layout by a link to where it is moved. */
    private void moveAndLink(String name) throws IOException {
        Path place = layout.root().resolve(name);
        Path outside = Files.move(place, directory.resolve("outside"));
        Files.createSymbolicLink(place, outside);
    }

    @Test
    void theLayoutAsItIs_isRead() {
        assertThat(readManifest()).isEqualTo(MANIFEST.bytes());
    }

    @Test
    void withoutItsHeader_isRefused() throws IOException {
        Files.delete(layout.root().resolve("oci-layout"));
        layout.file("somebody's.txt", "");

        assertNotOpened("no file oci-layout");
    }

    @Test
    void withoutItsIndex_isRefused() throws IOException {
        Files.delete(layout.root().resolve("index.json"));

        assertNotOpened("no index.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"imageLayoutVersion\":\"2.0.0\"}",
                "{\"imageLayoutVersion\":1}",
                "{\"imageLayoutVersion\":\"\\u001b[2J\"}",
                "{}",
                "[]",
                "",
                "\u0000",
            })
    void withAnotherHeader_isRefusedInOneLineOfText(String header) {
        layout.file("oci-layout", header);

        assertThatExceptionOfType(FileException.class)
                .isThrownBy(this::open)
                .withMessageContaining(layout.root().toString())
                .satisfies(why -> assertThat(why.getMessage()).doesNotContainPattern("\\p{Cntrl}"))
                .satisfies(why -> assertThat(why.hint()).isPresent());
    }

    @Test
    void aHugeHeader_isNotRead() {
        layout.file("oci-layout", HandmadeLayout.HEADER + " ".repeat(1 << 20));

        assertNotOpened("oci-layout of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"schemaVersion\":1,\"manifests\":[]}",
                "{\"schemaVersion\":2}",
                "{\"schemaVersion\":2,\"manifests\":{}}",
                "{\"schemaVersion\":2,\"manifests\":[]} {}",
                "{\"schemaVersion\":2,\"manifests\":[],\"manifests\":[]}",
            })
    void aMalformedIndex_isRefused(String index) {
        layout.file("index.json", index);

        assertNotOpened("index.json");
    }

    @Test
    void aHugeIndex_isNotRead() {
        layout.file("index.json", "{\"schemaVersion\":2,\"manifests\":[]}" + " ".repeat(9 << 20));

        assertNotOpened("the limit is");
    }

    @Test
    void aDeepIndex_isRefused() {
        layout.file("index.json", "{\"schemaVersion\":2,\"manifests\":" + "[".repeat(5000) + "]".repeat(5000) + "}");

        assertNotOpened("index.json");
    }

    @Test
    void aFileInPlaceOfTheDirectory_isRefused() throws IOException {
        layout = new HandmadeLayout(Files.createFile(directory.resolve("file")));

        assertNotOpened("not a directory");
    }

    @Test
    void aDirectoryOfSomethingElse_isNotTurnedIntoALayout() throws IOException {
        layout = new HandmadeLayout(directory.resolve("home")).file("notes.txt", "mine");

        assertNotOpened("no file oci-layout");
        assertThat(layout.tree()).containsExactly("notes.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci-layout", "index.json"})
    void aDirectoryInPlaceOfAFile_isRefused(String name) throws IOException {
        Files.delete(layout.root().resolve(name));
        layout.directory(name);

        assertNotOpened("not a regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci-layout", "index.json"})
    void aLinkInPlaceOfAFile_isRefused(String name) throws IOException {
        moveAndLink(name);

        assertNotOpened("not a regular file");
    }

    @Test
    void aLinkedLayout_isTheUsersChoice() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), layout.root());

        assertThat(LayoutStore.open(link).resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"blobs", "blobs/sha256"})
    void aLinkedDirectoryOfBlobs_isNeitherReadNorWritten(String name) throws IOException {
        moveAndLink(name);

        assertLinkRefused();
    }

    @Test
    void aLinkedBlob_isNeitherReadNorWritten() throws IOException {
        moveAndLink(layout.root().relativize(layout.blobFile(MANIFEST)).toString());

        assertLinkRefused();
    }

    private void assertLinkRefused() throws IOException {
        assertThatExceptionOfType(FileException.class)
                .isThrownBy(this::readManifest)
                .satisfies(why -> assertThat(why.hint())
                        .hasValueSatisfying(hint -> assertThat(hint).contains("cp -rL")));
        assertThatExceptionOfType(FileException.class)
                .isThrownBy(() -> Verified.readAll(SCOPE, open(), MANIFEST.descriptor(), 10_000));
        Path outside = directory.resolve("outside");
        List<String> before = new HandmadeLayout(outside).tree();
        assertThatExceptionOfType(FileException.class).isThrownBy(() -> MANIFEST.pushTo(open()));
        assertThat(new HandmadeLayout(outside).tree()).isEqualTo(before);
    }

    @Test
    void aLinkedDirectoryOfTemporaries_isNotWrittenThrough() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(layout.root().resolve(".cnab4j"), outside);

        assertThatExceptionOfType(FileException.class)
                .isThrownBy(() -> TestContent.blob("new").pushTo(open()));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aLinkedLock_isNotOpened() throws IOException {
        Path outside = directory.resolve("outside");
        layout.directory(".cnab4j");
        Files.createSymbolicLink(layout.root().resolve(".cnab4j/lock"), outside);

        assertThatExceptionOfType(FileException.class)
                .isThrownBy(() -> TestContent.blob("new").pushTo(open()));
        assertThat(outside).doesNotExist();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeInPlaceOfABlobOrTheLock_blocksNobody() throws Exception {
        Files.delete(layout.blobFile(MANIFEST));
        layout.directory(".cnab4j");
        for (Path pipe : new Path[] {layout.blobFile(MANIFEST), layout.root().resolve(".cnab4j/lock")}) {
            Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
            assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThatExceptionOfType(FileException.class).isThrownBy(this::readManifest);
        assertThatExceptionOfType(FileException.class)
                .isThrownBy(() -> TestContent.blob("new").pushTo(open()));
    }

    @Test
    void aDirectoryInPlaceOfABlob_isRefused() throws IOException {
        Files.delete(layout.blobFile(MANIFEST));
        Files.createDirectory(layout.blobFile(MANIFEST));

        assertThatExceptionOfType(FileException.class)
                .isThrownBy(this::readManifest)
                .withMessageContaining("not a regular file");
    }

    @Test
    void anEntryOfAnotherSizeThanItsBlob_isAMismatch() {
        layout.index(HandmadeLayout.named(MANIFEST, "1.0").replaceFirst("\"size\":\\d+", "\"size\":12"));

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> open().resolve(SCOPE, "1.0"))
                .withMessageContaining("instead of 12");
    }

    @Test
    void aBlobOfAnotherDigestThanItsName_isAMismatch() {
        byte[] flipped = MANIFEST.bytes().clone();
        flipped[flipped.length - 1] ^= 1;
        layout.blob(MANIFEST, flipped);

        assertThatExceptionOfType(IntegrityException.class).isThrownBy(this::readManifest);
        assertThatExceptionOfType(IntegrityException.class)
                .as("found by its content alone")
                .isThrownBy(() -> {
                    layout.index();
                    open().resolve(SCOPE, MANIFEST.descriptor().digest().toString());
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:../../../../../../../../../../../../../../../../../../../../../../../etc/passwd",
                "sha256:ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD",
                "../x:00",
            })
    void anEntryWithAnInvalidDigest_isNoEntry(String digest) {
        layout.index(HandmadeLayout.named(MANIFEST, "1.0").replaceFirst("sha256:[0-9a-f]+", digest));

        assertThat(open().tags(SCOPE)).isEmpty();
        assertThatExceptionOfType(CnabException.class).isThrownBy(() -> open().resolve(SCOPE, digest));
    }

    @Test
    void aBlobLargerThanManifestsAre_isNotReadInSearchOfAManifest() throws IOException {
        Descriptor huge = Descriptor.of(TestContent.LAYER, "huge".getBytes(UTF_8));
        try (var file = new RandomAccessFile(
                layout.root().resolve("blobs/sha256/" + huge.digest().hex()).toFile(), "rw")) {
            file.setLength(8L << 30);
        }

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> open().resolve(SCOPE, huge.digest().toString()));
    }

    @Test
    void aParentThatIsAFile_isAFailureWithAHint() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatExceptionOfType(FileException.class)
                .isThrownBy(() -> MANIFEST.pushTo(LayoutStore.openOrCreate(file.resolve("layout"))))
                .withMessageContaining("Not a directory")
                .satisfies(why -> assertThat(why.hint()).isPresent());
    }

    @Test
    void aDirectoryThatMayNotBeWritten_canBeReadAndPushesFailWithAHint() throws IOException {
        Files.setPosixFilePermissions(layout.root(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(layout.root()), "this user may write everywhere");

            assertThat(readManifest()).isEqualTo(MANIFEST.bytes());
            assertThatExceptionOfType(FileException.class)
                    .isThrownBy(() -> TestContent.blob("new").pushTo(open()))
                    .withMessageContaining("permission denied")
                    .satisfies(why -> assertThat(why.hint()).isPresent());
        } finally {
            Files.setPosixFilePermissions(layout.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aNameThatIsNone_isRefusedBeforeAnythingIsWritten() throws IOException {
        layout = new HandmadeLayout(directory.resolve("new"));
        LayoutStore store = LayoutStore.openOrCreate(layout.root());

        for (String name : new String[] {"", " ", "a\nb", "../x", "-x", "ü", "x".repeat(1025)}) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .as(name)
                    .isThrownBy(() -> MANIFEST.pushTo(store, name));
        }
        assertThat(layout.root()).doesNotExist();
    }
}
