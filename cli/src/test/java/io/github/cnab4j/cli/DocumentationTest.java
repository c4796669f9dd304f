/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference for users names what there is, and its links lead somewhere. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path REFERENCE = ROOT.resolve(Path.of("docs", "reference"));
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "archive", "copy", "fixup", "gc", "publish", "push", "pull", "serve", "sign", "verify", "version",
                "help"
            })
    void everyFlagOfACommandIsInTheReference(String command) throws IOException {
        String reference = Files.readString(REFERENCE.resolve("commands.md"));
        String help = Tool.in(directory).run(command, "--help").out();

        List<String> flags = Pattern.compile("--[a-z-]+")
                .matcher(help)
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(flags).isNotEmpty();
        assertThat(reference).contains(flags);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyErrorCodeIsInTheReference(ErrorCode code) throws IOException {
        assertThat(Files.readString(REFERENCE.resolve("errors.md"))).contains("\n| `" + code + "` |");
    }

    @Test
    void thereIsDocumentation() throws IOException {
        assertThat(pages()).hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToFiles(Path page) throws IOException {
        assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> root = Files.list(ROOT)) {
            return Stream.concat(docs, root).filter(path -> path.toString().endsWith(".md")).toList().stream();
        }
    }
}
