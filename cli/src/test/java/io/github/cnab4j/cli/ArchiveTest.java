/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.archive.ArchiveWriter;
import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code archive} and {@code publish}: what is said, what is written, and what goes wrong. */
class ArchiveTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLES = ROOT.resolve("examples");
    private static final Pattern COMMAND = Pattern.compile("(?m)^cnab-to-oci (.+)$");

    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    @TempDir
    Path directory;

    private Tool tool;
    private String source;
    private String target;
    private String digest;

    @BeforeEach
    void push() {
        tool = Tool.in(directory);
        source = sources.registry().host() + "/apps/hello:1.0";
        target = targets.registry().host() + "/apps/hello:1.0";
        String pushed = succeed(
                "push",
                EXAMPLES.resolve("bundle.json").toString(),
                "--from",
                "oci:" + EXAMPLES.resolve("images"),
                "--target",
                source);
        digest = pushed.replaceAll("(?s).*\"(sha256:[0-9a-f]{64})\".*", "$1");
    }

    @Test
    void sayWhereTheResultIsAndWhatItTook() {
        Tool.Run archived = tool.run("archive", source, "hello.tgz");
        Tool.Run published = tool.run("publish", "hello.tgz", target);

        assertThat(archived.code()).as(archived.err()).isZero();
        assertThat(archived.out()).isEqualTo("hello.tgz\n");
        assertThat(archived.err())
                .matches(
                        "\\d+ manifests and blobs, \\d+\\.\\d kB, in an archive of \\d+\\.\\d kB; took \\d+\\.\\d\\d s\n");
        assertThat(published.code()).as(published.err()).isZero();
        assertThat(published.out()).isEqualTo(target + "@" + digest + "\n");
        assertThat(published.err())
                .contains("Starting to copy image example.com/hello/web:1.0.0...")
                .containsPattern("\\d+ copied, 0 mounted, \\d+ already there; ");
    }

    @Test
    void levelsMakeADifference() throws IOException {
        succeed("archive", source, "fast.tgz", "--compression-level", "1");
        succeed("archive", source, "small.tgz", "--compression-level=9");

        assertThat(Files.size(directory.resolve("small.tgz"))).isLessThan(Files.size(directory.resolve("fast.tgz")));
    }

    @ParameterizedTest
    @CsvSource({
        "--compression=lzma, unknown compression",
        "--compression-level=10, level 10 is none of gzip",
        "--compression-level=fast, is not a number",
        "--compression=none --compression-level=1, level 1 is none of none",
    })
    void wrongUsage(String flags, String said) {
        String[] line = Stream.concat(Stream.of("archive", source, "a.tgz"), Stream.of(flags.split(" ")))
                .toArray(String[]::new);

        Tool.Run run = tool.run(line);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(said);
        assertThat(tool.has("a.tgz")).isFalse();
    }

    @Test
    void failuresAreSaidInALine() throws IOException {
        tool.write("bad.tgz", "not an archive, by far");

        Tool.Run run = tool.run("publish", "bad.tgz", target);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).hasSize(2);
        assertThat(run.err()).contains("bad.tgz is ").contains("[INVALID_ARCHIVE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"archive", "publish"})
    void interrupted_leavesNothing(String command) throws IOException {
        succeed("archive", source, "whole.tgz");
        Cancellation stop = new Cancellation();
        stop.cancel();

        Tool.Run run = command.equals("archive")
                ? tool.with(stop).run("archive", source, "new.tgz")
                : tool.with(stop).run("publish", "whole.tgz", target);

        assertThat(run.code()).isEqualTo(130);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("whole.tgz");
        }
        assertThat(targets.registry().repositories()).isEmpty();
    }

    /** What the guide shows is what can be done, one after the other. */
    @Test
    void theGuidesCommandsWork() throws IOException {
        Files.copy(EXAMPLES.resolve("bundle.json"), directory.resolve("bundle.json"));
        writeImages(directory.resolve("images.tar"));
        List<String> commands = COMMAND.matcher(Files.readString(ROOT.resolve("docs/guide/archive.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(commands).hasSizeGreaterThan(4);
        for (String command : commands) {
            succeed(command.replace("registry.example", sources.registry().host())
                    .replace("registry.internal", targets.registry().host())
                    .replace(":images.tar", ":" + directory.resolve("images.tar"))
                    .replace(":hello.tar", ":" + directory.resolve("hello.tar"))
                    .split(" "));
        }
        assertThat(targets.registry().repository("apps/hello").resolve("1.0")).hasValue(digest);
    }

    /** The example's images under their own names, as other tools archive them. */
    private static void writeImages(Path archive) throws IOException {
        Path layout = EXAMPLES.resolve("images");
        try (ArchiveWriter writer = ArchiveWriter.create(CallScope.unbounded(), archive, Compression.none());
                Stream<Path> files = Files.walk(layout)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                writer.add(
                        layout.relativize(file).toString().replace(File.separatorChar, '/'), Files.readAllBytes(file));
            }
            writer.commit();
        }
    }

    private String succeed(String... line) {
        Tool.Run run = tool.run(line);
        assertThat(run.code()).as(String.join(" ", line) + "\n" + run.err()).isZero();
        return run.out();
    }
}
