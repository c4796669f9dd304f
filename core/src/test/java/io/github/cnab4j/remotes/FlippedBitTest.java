/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One bit of an archive or a layout of ours is not as it was written: that is found, and where. By default some bits of every region are
 * flipped, {@code -Dcnab4j.flips=all} takes each bit of each byte, {@code -Dcnab4j.seed} repeats another run's choice.
 */
class FlippedBitTest {
    private static final int BLOCK = 512;
    private static final int BITS_OF_A_REGION = 24;
    private static final boolean ALL = System.getProperty("cnab4j.flips", "").equals("all");
    private static final long SEED = Long.getLong("cnab4j.seed", System.nanoTime());

    private final TestRegistry registry = TestRegistry.start();
    private final Remotes remotes = Remotes.builder().build();
    private final Random random = new Random(SEED);

    @TempDir
    Path directory;

    private Location bundle;

    /** A run of bytes, and what a message may call it. */
    private record Region(long start, long end, List<String> names) {}

    @BeforeEach
    void push() {
        GeneratedBundle generated = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(7), 1);
        registry.load(generated);
        bundle = Location.parse(registry.host() + "/bundle:1.0");
        remotes.fixupAndPush(Bundle.parse(generated.bytes()), bundle, FixupOptions.defaults(), PushOptions.defaults());
    }

    @AfterEach
    void stop() {
        remotes.close();
        registry.close();
    }

    @Test
    void inAPlainArchive_isFound_andWhere() throws IOException {
        Path file = archive("none");

        flip(file, regions(file), Location.parse("oci-archive:" + file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void inACompressedArchive_isFound(String compression) throws IOException {
        Path file = archive(compression);
        long size = Files.size(file);
        List<Region> regions = List.of(
                new Region(0, 30, List.of(file.toString())),
                new Region(30, size - 60, List.of(file.toString())),
                new Region(size - 60, size, List.of(file.toString())));

        flip(file, regions, Location.parse("oci-archive:" + file));
    }

    @Test
    void inAnArchiveOfImages_isFound_andWhere() throws IOException {
        Path file = directory.resolve("images.tar");
        Location archive = Location.parse("oci-archive:" + file);
        remotes.copy(bundle, archive.withTag("1.0"), ArtifactCopyOptions.defaults());

        flip(file, regions(file), archive);
    }

    @Test
    void inALayout_isFound_andWhere() throws IOException {
        Path root = directory.resolve("layout");
        Location layout = Location.parse("oci:" + root);
        remotes.copy(bundle, layout.withTag("1.0"), ArtifactCopyOptions.defaults());
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).toList();
        }

        assertThat(files).hasSizeGreaterThan(6);
        for (Path file : files) {
            flip(file, List.of(new Region(0, Files.size(file), List.of(name(file)))), layout);
        }
    }

    private Path archive(String compression) {
        Path file = directory.resolve("bundle." + compression);
        remotes.archive(bundle, file, ArchiveOptions.defaults().withCompression(Compression.parse(compression)));
        return file;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private void flip(Path file, List<Region> regions, Location location) throws IOException {
        assertThat(remotes.verifyLayout(location, VerifyOptions.defaults()).warnings())
                .isEmpty();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (Region region : regions) {
                for (long bit : bits(region)) {
                    flip(bytes, bit);
                    Throwable failure = catchThrowable(() -> remotes.verifyLayout(location, VerifyOptions.defaults()));
                    flip(bytes, bit);
                    String which = "bit " + bit % 8 + " of byte " + bit / 8 + " of " + file.getFileName() + " ("
                            + region.names() + "), seed " + SEED;
                    assertThat(failure).as(which).isInstanceOf(CnabException.class);
                    assertThat(region.names()).as(which + ": " + failure).anyMatch(failure.getMessage()::contains);
                }
            }
        }
        assertThat(remotes.verifyLayout(location, VerifyOptions.defaults()).warnings())
                .isEmpty();
    }

    private List<Long> bits(Region region) {
        long first = region.start() * 8;
        long count = region.end() * 8 - first;
        List<Long> bits = new ArrayList<>();
        for (long i = 0; i < (ALL ? count : Math.min(count, BITS_OF_A_REGION)); i++) {
            bits.add(first + (ALL ? i : random.nextLong(count)));
        }
        return bits;
    }

    private static void flip(RandomAccessFile bytes, long bit) throws IOException {
        bytes.seek(bit / 8);
        int value = bytes.read();
        bytes.seek(bit / 8);
        bytes.write(value ^ 1 << bit % 8);
    }

    /** The headers, contents and paddings of a tar file, and its end. */
    private static List<Region> regions(Path file) throws IOException {
        byte[] tar = Files.readAllBytes(file);
        Map<Integer, Region> regions = new LinkedHashMap<>();
        String before = "is no tar file";
        int at = 0;
        while (tar[at] != 0) {
            int size = Integer.parseInt(text(tar, at + 124, 11), 8);
            String name = text(tar, at, 100);
            boolean extension = tar[at + 156] == 'x';
            String own = extension ? name(tar, at + 2 * BLOCK) : name(tar, at);
            int content = at + BLOCK;
            int padding = content + size;
            int next = padding + (-size & BLOCK - 1);
            List<String> names = List.of(own, before, "pax header");
            regions.put(at, new Region(at, content, List.of(own, before, "tar header at byte " + at + " ")));
            regions.put(content, new Region(content, padding, extension ? names : List.of(own)));
            regions.put(padding, new Region(padding, next, extension ? names : List.of(own)));
            before = name.equals("pax") ? before : own;
            at = next;
        }
        regions.put(at, new Region(at, tar.length, List.of(before, "has content after its end")));
        return regions.values().stream()
                .filter(region -> region.end() > region.start())
                .toList();
    }

    /** The last part of an entry's name. */
    private static String name(byte[] tar, int at) {
        String name = text(tar, at, 100).replaceAll("/$", "");
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.US_ASCII)
                .replaceAll("\0.*", "")
                .strip();
    }
}
