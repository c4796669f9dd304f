/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdOutputStream;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of other programs, damaged ones, and those that mean no good. */
class ArchiveFileTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final String LONG = "a-long-name/".repeat(20) + "file";

    @TempDir
    Path directory;

    /** How a tar file is packed. */
    enum Packing {
        PLAIN {
            @Override
            OutputStream pack(OutputStream out) {
                return out;
            }
        },
        GZIP {
            @Override
            OutputStream pack(OutputStream out) throws IOException {
                return new GZIPOutputStream(out);
            }
        },
        ZSTD {
            @Override
            OutputStream pack(OutputStream out) throws IOException {
                return new ZstdOutputStream(out).setChecksum(true);
            }
        };

        abstract OutputStream pack(OutputStream out) throws IOException;

        byte[] pack(byte[] tar) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = pack(packed)) {
                out.write(tar);
            }
            return packed.toByteArray();
        }
    }

    static Stream<Packing> packings() {
        return Arrays.stream(Packing.values());
    }

    @Nested
    class OfOthers {
        @ParameterizedTest
        @MethodSource("io.github.cnab4j.archive.ArchiveFileTest#packings")
        void packedInAnyWay_isFoundByItsFirstBytes(Packing packing) throws IOException {
            byte[] tar = new TarBuilder().file("a", "one").file("b/c", "two").build();

            try (ArchiveFile archive = open(packing.pack(tar))) {
                assertThat(archive.names()).isEqualTo(Set.of("a", "b/c"));
                assertThat(text(archive, "a")).isEqualTo("one");
                assertThat(text(archive, "b/c")).isEqualTo("two");
                assertThat(archive.size("b/c")).hasValue(3);
                assertThat(archive.size("b")).isEmpty();
            }
        }

        @Test
        void ofSeveralGzipMembers() throws IOException {
            byte[] tar = new TarBuilder().file("a", "one").file("b", "two").build();
            ByteArrayOutputStream members = new ByteArrayOutputStream();
            members.writeBytes(Packing.GZIP.pack(Arrays.copyOf(tar, 700)));
            members.writeBytes(Packing.GZIP.pack(Arrays.copyOfRange(tar, 700, tar.length)));

            try (ArchiveFile archive = open(members.toByteArray())) {
                assertThat(text(archive, "b")).isEqualTo("two");
            }
        }

        @Test
        void withDotsAndDirectories() throws IOException {
            byte[] tar = new TarBuilder()
                    .directory("./")
                    .directory("./dir/")
                    .file("./dir/a", "one")
                    .file("./b", "two")
                    .build();

            try (ArchiveFile archive = open(tar)) {
                assertThat(archive.names()).isEqualTo(Set.of("dir/a", "b"));
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void withLongNames(boolean gnu) throws IOException {
            TarBuilder tar = gnu ? new TarBuilder().gnuNames() : new TarBuilder();

            try (ArchiveFile archive =
                    open(tar.file(LONG, "one").file("é/ü", "two").build())) {
                assertThat(archive.names()).isEqualTo(Set.of(LONG, "é/ü"));
                assertThat(text(archive, LONG)).isEqualTo("one");
            }
        }

        @Test
        void withHeadersThatAreNotKnown() throws IOException {
            try (ArchiveFile archive = open(
                    new TarBuilder().pax("a", "mtime", "1.5").file("b", "two").build())) {
                assertThat(text(archive, "b")).isEqualTo("two");
            }
        }

        @Test
        void writtenByUs_isReadByUs() throws IOException {
            Path file = directory.resolve("ours");
            try (ArchiveWriter writer = ArchiveWriter.create(SCOPE, file, Compression.none())) {
                writer.add(LONG, "one".getBytes(UTF_8));
                writer.add("b", "two".getBytes(UTF_8));
                writer.commit();
            }

            try (ArchiveFile archive = ArchiveFile.open(SCOPE, file)) {
                assertThat(text(archive, LONG)).isEqualTo("one");
                assertThat(text(archive, "b")).isEqualTo("two");
            }
        }

        @Test
        void isReadFromAnyByteOn() throws IOException {
            try (ArchiveFile archive =
                            open(new TarBuilder().file("a", "0123456789").build());
                    InputStream in = archive.open(SCOPE, "a", 7)) {
                assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("789");
            }
        }
    }

    @Nested
    class Refused {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/etc/passwd",
                    "../x",
                    "a/../../x",
                    "./../x",
                    "a//b",
                    "a/./b",
                    "..",
                    "a\\..\\b",
                    "C:\\x",
                    "a\nb"
                })
        void aNameThatLeadsElsewhere(String name) {
            InvalidInputException refused =
                    refusal(new TarBuilder().file(name, "evil").build());

            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARCHIVE);
            assertThat(refused).hasMessageContaining("elsewhere");
        }

        @ParameterizedTest
        @CsvSource({"1, hard link", "2, symbolic link", "3, device", "4, device", "6, pipe", "V, type"})
        void whatIsNeitherFileNorDirectory(char type, String said) {
            InvalidInputException refused =
                    refusal(new TarBuilder().entry("a", (byte) type, "b").build());

            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARCHIVE);
            assertThat(refused).hasMessageContaining(said);
        }

        @ParameterizedTest
        @CsvSource({"a, a", "a, ./a", "./b/c, b/c"})
        void twoEntriesOfOneName(String one, String other) {
            assertThat(refusal(new TarBuilder().file(one, "1").file(other, "2").build()))
                    .hasMessageContaining("two entries");
        }

        @Test
        void anEmptyFile() {
            assertThat(refusal(new byte[0]).code()).isEqualTo(ErrorCode.INVALID_ARCHIVE);
        }

        @Test
        void whatIsNoArchive() {
            assertThat(refusal("not a tar file ".repeat(100).getBytes(UTF_8))).hasMessageContaining("is no tar file");
        }

        @ParameterizedTest
        @CsvSource({"BZh91AY, bzip2", "\u00fd7zXZ, xz"})
        void compressionThatIsNotKnown(String start, String name) throws IOException {
            byte[] bytes = Arrays.copyOf(start.getBytes(ISO_8859_1), 2048);

            assertThat(refusal(bytes)).hasMessageContaining(name);
        }

        @Test
        void contentAfterTheEnd() {
            byte[] tar = new TarBuilder().file("a", "one").build();
            byte[] longer = Arrays.copyOf(tar, tar.length + 512);
            longer[longer.length - 1] = 1;

            assertThat(refusal(longer)).hasMessageContaining("content after its end");
        }

        @Test
        void aSparseFile() {
            assertThat(refusal(
                            new TarBuilder().pax("a", "GNU.sparse.major", "1").build()))
                    .hasMessageContaining("sparse");
        }

        @Test
        void nothing_isNotFound() {
            NotFoundException absent = catchThrowableOfType(
                    NotFoundException.class, () -> ArchiveFile.open(SCOPE, directory.resolve("absent")));

            assertThat(absent).hasMessageContaining("no archive");
        }

        @Test
        void aDirectory() {
            assertThat(catchThrowableOfType(FileException.class, () -> ArchiveFile.open(SCOPE, directory)))
                    .hasMessageContaining("regular file");
        }

        @Test
        void whenStopped() throws IOException {
            Cancellation stop = new Cancellation();
            stop.cancel();
            Path file = write(new TarBuilder().file("a", "one").build());

            assertThat(catchThrowableOfType(CancelledException.class, () -> ArchiveFile.open(stop, file)))
                    .isNotNull();
        }
    }

    @Nested
    class Bombs {
        @Test
        void aNameWithoutEnd() {
            byte[] header = TarHeader.of("././@LongLink", (byte) 'L', 200_000);

            assertThat(refusal(Arrays.copyOf(header, 400_000)).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        }

        @Test
        void aHeaderWithoutEnd() {
            byte[] tar =
                    new TarBuilder().pax("a", "comment", "x".repeat(200_000)).build();

            assertThat(refusal(tar).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        }

        @Test
        void entriesWithoutEnd() throws IOException {
            byte[] header = TarHeader.of("dir/", TarHeader.DIRECTORY, 0);
            ByteArrayOutputStream tar = new ByteArrayOutputStream();
            for (int i = 0; i <= TarReader.MOST_ENTRIES; i++) {
                tar.write(header);
            }

            assertThat(refusal(Packing.ZSTD.pack(tar.toByteArray())).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        }

        @ParameterizedTest
        @MethodSource("io.github.cnab4j.archive.ArchiveFileTest#packings")
        void zerosThatGrow(Packing packing) throws IOException {
            if (packing == Packing.PLAIN) {
                return;
            }
            Path file = directory.resolve("bomb");
            byte[] zeros = new byte[1 << 20];
            try (OutputStream out = packing.pack(Files.newOutputStream(file))) {
                out.write(TarHeader.of("zeros", TarHeader.FILE, 300L << 20));
                for (int i = 0; i < 300; i++) {
                    out.write(zeros);
                }
                out.write(new byte[1024]);
            }

            InvalidInputException refused =
                    catchThrowableOfType(InvalidInputException.class, () -> ArchiveFile.open(SCOPE, file));

            assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
            assertThat(refused.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("decompress it"));
        }

        @Test
        void aSizeBeyondAllFiles() throws IOException {
            byte[] tar = new TarBuilder().file("a", "one").build();
            byte[] huge = TarHeader.of("a", TarHeader.FILE, Long.MAX_VALUE - 5);
            byte[] both = Arrays.copyOf(huge, huge.length + tar.length - 512);
            System.arraycopy(tar, 512, both, huge.length, tar.length - 512);

            assertThat(refusal(both).code()).isEqualTo(ErrorCode.INVALID_ARCHIVE);
        }
    }

    @Nested
    class Damaged {
        private final byte[] tar = new TarBuilder()
                .file(LONG, "x".repeat(5000))
                .directory("dir/")
                .file("dir/a", "one")
                .file("b", "y".repeat(512))
                .build();

        /** Not one of the cuts is taken for the whole, whatever the packing. */
        @ParameterizedTest
        @MethodSource("io.github.cnab4j.archive.ArchiveFileTest#packings")
        void cutAnywhere_isRefused(Packing packing) throws IOException {
            byte[] packed = packing.pack(tar);
            for (int percent = 0; percent < 100; percent++) {
                byte[] cut = Arrays.copyOf(packed, packed.length * percent / 100);

                assertThat(refusal(cut).code()).as("%d %%", percent).isEqualTo(ErrorCode.INVALID_ARCHIVE);
            }
            assertThat(refusal(Arrays.copyOf(packed, packed.length - 1)).code()).isEqualTo(ErrorCode.INVALID_ARCHIVE);
        }

        /** Every bit but those of the checksum itself, which may be written in several ways. */
        @Test
        void aFlippedBitOfAHeader_isRefused() {
            List<Integer> headers = List.of(0, tar.length - 512 * 4);
            assertThat(headers).allSatisfy(header -> assertThat(tar[header]).isNotZero());
            for (int header : headers) {
                for (int bit = 0; bit < 512 * 8; bit++) {
                    if (bit / 8 >= 148 && bit / 8 < 156) {
                        continue;
                    }
                    byte[] damaged = tar.clone();
                    damaged[header + bit / 8] ^= (byte) (1 << bit % 8);

                    assertThat(refusal(damaged).code())
                            .as("bit %d of the header at %d", bit, header)
                            .isEqualTo(ErrorCode.INVALID_ARCHIVE);
                }
            }
        }

        @ParameterizedTest
        @MethodSource("io.github.cnab4j.archive.ArchiveFileTest#packings")
        void aFlippedBitAnywhere_failsInWordsIfAtAll(Packing packing) throws IOException {
            byte[] packed = packing.pack(tar);
            int step = Math.max(1, packed.length * 8 / 400);
            for (int bit = 0; bit < packed.length * 8; bit += step) {
                byte[] damaged = packed.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                Path file = write(damaged);

                assertThatCode(() -> {
                            try {
                                ArchiveFile.open(SCOPE, file).close();
                            } catch (CnabException said) {
                                assertThat(said.getMessage()).contains(file.toString());
                            }
                        })
                        .as("bit %d", bit)
                        .doesNotThrowAnyException();
            }
        }
    }

    private ArchiveFile open(byte[] content) throws IOException {
        return ArchiveFile.open(SCOPE, write(content));
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(directory.resolve("archive"), content);
    }

    private InvalidInputException refusal(byte[] content) {
        InvalidInputException refused = catchThrowableOfType(
                InvalidInputException.class, () -> open(content).close());
        assertThat(refused).as("refusal").isNotNull();
        return refused;
    }

    private static String text(ArchiveFile archive, String name) {
        return new String(archive.readSmall(SCOPE, name, 1 << 20).orElseThrow(), UTF_8);
    }
}
