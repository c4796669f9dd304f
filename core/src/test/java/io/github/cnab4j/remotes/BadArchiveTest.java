/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.archive.TarBuilder;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that reads archives, given archives that are no good: an error in words, nothing sent, nothing written. */
class BadArchiveTest {
    private final TestRegistry registry = TestRegistry.start();
    private final TestRegistry other = TestRegistry.start();
    private final Remotes remotes = Remotes.builder().build();

    @TempDir
    Path directory;

    private Path work;
    private Path file;
    private Location bundle;
    private Location target;

    /** What reads archives. */
    enum Reader {
        VERIFY(true) {
            @Override
            void read(BadArchiveTest test) {
                test.remotes.verifyLayout(test.archive(), VerifyOptions.defaults());
            }
        },
        VERIFY_ONE(false) {
            @Override
            void read(BadArchiveTest test) {
                test.remotes.verify(test.archive().withTag("1.0"), VerifyOptions.defaults());
            }
        },
        PUBLISH(true) {
            @Override
            void read(BadArchiveTest test) {
                test.remotes.publish(test.file, test.target, PublishOptions.defaults());
            }
        },
        COPY(false) {
            @Override
            void read(BadArchiveTest test) {
                test.remotes.copy(test.archive().withTag("1.0"), test.target, ArtifactCopyOptions.defaults());
            }
        },
        COPY_INTO_A_LAYOUT(false) {
            @Override
            void read(BadArchiveTest test) {
                test.remotes.copy(
                        test.archive().withTag("1.0"),
                        Location.parse("oci:" + test.work.resolve("layout") + ":1"),
                        ArtifactCopyOptions.defaults());
            }
        },
        ARCHIVE(false) {
            @Override
            void read(BadArchiveTest test) {
                test.remotes.archive(
                        test.archive().withTag("1.0"), test.work.resolve("new.tgz"), ArchiveOptions.defaults());
            }
        },
        PULL(false) {
            @Override
            void read(BadArchiveTest test) {
                test.remotes.pull(test.archive().withTag("1.0"));
            }
        };

        private final boolean thick;

        Reader(boolean thick) {
            this.thick = thick;
        }

        abstract void read(BadArchiveTest test);
    }

    /** What is done to the tar file of an archive. */
    enum Evil {
        NAME_ABOVE(tar -> tar.file("../evil", "x")),
        NAME_ABOVE_WITHIN(tar -> tar.file("artifacts/../../evil", "x")),
        NAME_FROM_THE_ROOT(tar -> tar.file("/tmp/evil", "x")),
        NAME_OF_WINDOWS(tar -> tar.file("..\\evil", "x")),
        SYMBOLIC_LINK(tar -> tar.entry("evil", (byte) '2', "/etc/passwd")),
        LINK_IN_PLACE_OF_A_DIRECTORY(tar -> tar.entry("blobs", (byte) '2', "/tmp")),
        HARD_LINK(tar -> tar.entry("evil", (byte) '1', "oci-layout")),
        CHARACTER_DEVICE(tar -> tar.entry("evil", (byte) '3', "")),
        BLOCK_DEVICE(tar -> tar.entry("evil", (byte) '4', "")),
        PIPE(tar -> tar.entry("evil", (byte) '6', "")),
        TWO_OF_ONE_NAME(tar -> tar.file("evil", "1").file("./evil", "2")),
        ANOTHER_LAYOUT(tar -> tar.file("oci-layout", "{}").file("artifacts/layout/oci-layout", "{}"));

        private final UnaryOperator<TarBuilder> change;

        Evil(UnaryOperator<TarBuilder> change) {
            this.change = change;
        }
    }

    @BeforeEach
    void push() throws IOException {
        GeneratedBundle generated = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(7), 1);
        registry.load(generated);
        work = Files.createDirectories(directory.resolve("a").resolve("b"));
        file = work.resolve("bad.tar");
        bundle = Location.parse(registry.host() + "/bundle:1.0");
        target = Location.parse(other.host() + "/carried/bundle:1.0");
        remotes.fixupAndPush(Bundle.parse(generated.bytes()), bundle, FixupOptions.defaults(), PushOptions.defaults());
    }

    @AfterEach
    void stop() {
        remotes.close();
        registry.close();
        other.close();
    }

    private Location archive() {
        return Location.parse("oci-archive:" + file);
    }

    /** The members of a good archive, thick or of images alone. */
    private Map<String, byte[]> members(boolean thick) throws IOException {
        if (thick) {
            remotes.archive(bundle, file, ArchiveOptions.defaults().withCompression(Compression.none()));
        } else {
            remotes.copy(bundle, archive().withTag("1.0"), ArtifactCopyOptions.defaults());
        }
        Map<String, byte[]> members = new LinkedHashMap<>(TarFiles.read(file));
        members.keySet().removeIf(name -> name.endsWith("/"));
        return members;
    }

    private static byte[] tar(Map<String, byte[]> members, UnaryOperator<TarBuilder> change) {
        TarBuilder tar = new TarBuilder();
        members.forEach(tar::file);
        return change.apply(tar).build();
    }

    private void assertRefused(Reader reader, byte[] content) throws IOException {
        Files.write(file, content);

        Throwable failure = catchThrowable(() -> reader.read(this));

        assertThat(failure).isInstanceOf(CnabException.class).hasMessageContaining(file.toString());
        assertThat(((CnabException) failure).getMessage()).doesNotContain("\n").doesNotContain("Exception");
        assertThat(other.repositories()).isEmpty();
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(file);
        }
    }

    @ParameterizedTest
    @EnumSource(Reader.class)
    void aGoodOne_isTaken(Reader reader) throws IOException {
        Files.write(file, tar(members(reader.thick), UnaryOperator.identity()));

        assertThat(catchThrowable(() -> reader.read(this))).isNull();
    }

    static Stream<Arguments> readersAndEvil() {
        return Arrays.stream(Reader.values())
                .flatMap(reader -> Arrays.stream(Evil.values()).map(evil -> Arguments.of(reader, evil)));
    }

    @ParameterizedTest
    @MethodSource("readersAndEvil")
    void evil_isRefused(Reader reader, Evil evil) throws IOException {
        assertRefused(reader, tar(members(reader.thick), evil.change));
    }

    @ParameterizedTest
    @EnumSource(Reader.class)
    void cutAtEveryHundredth_isRefused(Reader reader) throws IOException {
        byte[] plain = tar(members(reader.thick), UnaryOperator.identity());

        for (byte[] whole : List.of(plain, gzip(plain))) {
            for (int percent = 0; percent < 100; percent++) {
                assertRefused(reader, Arrays.copyOf(whole, (int) ((long) whole.length * percent / 100)));
            }
        }
    }

    /** 300 MB of zeros in a file of 300 kB. All readers have them decompressed in the same way. */
    @ParameterizedTest
    @EnumSource(
            value = Reader.class,
            names = {"VERIFY", "COPY"})
    void bomb_isRefused(Reader reader) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes, 1 << 16)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                out.write(zeros);
            }
        }

        assertRefused(reader, bytes.toByteArray());
    }

    /** Whatever one of them is needed for, it is missed before anything is sent. */
    @ParameterizedTest
    @EnumSource(
            value = Reader.class,
            names = {"VERIFY", "PUBLISH"})
    void withoutAnyOneMember_isRefused(Reader reader) throws IOException {
        Map<String, byte[]> members = members(reader.thick);

        for (String name : List.copyOf(members.keySet())) {
            Map<String, byte[]> fewer = new LinkedHashMap<>(members);
            fewer.remove(name);
            // The map is optional, and an archive without a bundle is one of images.
            boolean optional = reader == Reader.VERIFY && name.equals("bundle.json");
            if (!optional) {
                assertRefused(reader, tar(fewer, UnaryOperator.identity()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Reader.class)
    void documentsThatAreNone_areRefused(Reader reader) throws IOException {
        Map<String, byte[]> members = members(reader.thick);
        String root = reader.thick ? "artifacts/layout/" : "";
        Map<String, List<String>> bad = Map.of(
                root + "oci-layout", List.of("", "{}", "{\"imageLayoutVersion\":\"2.0.0\"}", "[]"),
                root + "index.json",
                        List.of("", "{", "{\"schemaVersion\":1,\"manifests\":[]}", "{\"schemaVersion\":2}"));

        for (Map.Entry<String, List<String>> document : bad.entrySet()) {
            for (String content : document.getValue()) {
                Map<String, byte[]> altered = new LinkedHashMap<>(members);
                altered.put(document.getKey(), content.getBytes(StandardCharsets.UTF_8));
                assertRefused(reader, tar(altered, UnaryOperator.identity()));
            }
        }
    }

    @Test
    void whatIsTooMuch_isPublished_andVerifyWarns() throws IOException {
        Map<String, byte[]> members = members(true);
        byte[] stray = "stray".getBytes(StandardCharsets.UTF_8);
        String digest = io.github.cnab4j.oci.Digest.sha256(stray).toString();
        members.put("README", stray);
        members.put("artifacts/layout/blobs/sha256/" + digest.substring("sha256:".length()), stray);
        Files.write(file, tar(members, UnaryOperator.identity()));

        LayoutVerifyResult verified = remotes.verifyLayout(archive(), VerifyOptions.defaults());

        assertThat(verified.warnings())
                .extracting(Warning::message)
                .anyMatch(text -> text.contains("\"README\" is no part of a thick bundle"))
                .anyMatch(text -> text.contains("nothing leads to " + digest))
                .anyMatch(text -> text.contains("has left no digests"));
        assertThat(remotes.publish(file, target, PublishOptions.defaults()).descriptor())
                .isNotNull();
        members.put("artifacts/layout/blobs/sha256/" + "0".repeat(64), stray);
        Files.write(file, tar(members, UnaryOperator.identity()));
        assertThat(catchThrowable(() -> remotes.verifyLayout(archive(), VerifyOptions.defaults())))
                .hasMessageContaining("sha256:" + "0".repeat(64));
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
