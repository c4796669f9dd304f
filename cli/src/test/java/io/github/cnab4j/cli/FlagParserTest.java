/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagParserTest {
    private static final Flag TEXT =
            Flag.text("text", "TEXT", "nothing", "A text").withLetter("t");
    private static final Flag LIST = Flag.list("list", "ITEM", "Some items");
    private static final Flag YES = Flag.bool("yes", false, "A switch").withLetter("y");
    private static final Flag NO = Flag.bool("no", true, "Another").withLetter("n");

    @ParameterizedTest
    @ValueSource(strings = {"--text=x", "--text x", "-t x", "-t=x", "-tx", "-yt x", "-ytx", "-yt=x", "-t other -t x"})
    void aTextIsTakenInEveryFormAndTheLastCounts(String line) {
        assertThat(parse(line).text(TEXT)).isEqualTo("x");
        assertThat(parse(line).arguments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--text --yes,--yes",
        "-t -y,-y",
        "-t --,--",
        "--text=,''",
        "--text==,=",
        "--text=a=b,a=b",
        "a b,nothing"
    })
    void aTextMayBeAnything(String line, String text) {
        assertThat(parse(line).text(TEXT)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "--yes,true",
        "-y,true",
        "-ny,true",
        "-y=0,false",
        "--yes=1,true",
        "--yes=t,true",
        "--yes=T,true",
        "--yes=TRUE,true",
        "--yes=True,true",
        "--yes=true,true",
        "--yes=0,false",
        "--yes=f,false",
        "--yes=F,false",
        "--yes=FALSE,false",
        "--yes=False,false",
        "--yes=false,false",
        "--yes --yes=false,false",
        "a,false"
    })
    void aBooleanTakesEveryFormOfGoBehindAnEqualsSign(String line, boolean yes) {
        assertThat(parse(line).isTrue(YES)).isEqualTo(yes);
    }

    @Test
    void aBooleanLeavesTheNextArgumentAlone() {
        CommandLine line = parse("--yes false -n true");

        assertThat(line.isTrue(YES)).isTrue();
        assertThat(line.isTrue(NO)).isTrue();
        assertThat(line.arguments()).containsExactly("false", "true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--list a,b --list=c | a b c",
                "--list a | a",
                "--list= | ''",
                "--list= --list a | a",
                "--list a,,b | 'a  b'",
                "x | ''"
            })
    void aListAddsUp(String line, String items) {
        assertThat(parse(line).list(LIST)).isEqualTo(items.isEmpty() ? List.of() : List.of(items.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a --yes b | a b", "- | -", "-- --yes -t | --yes -t", "a -- -- b | a -- b", "-t x a | a"})
    void whatIsNoFlagIsAnArgument(String line, String arguments) {
        assertThat(parse(line).arguments()).containsExactly(arguments.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nope | unknown flag: --nope",
                "--nope=x | unknown flag: --nope",
                "--Text x | unknown flag: --Text",
                "--tex x | unknown flag: --tex",
                "---text x | unknown flag: ---text",
                "--= | unknown flag: --",
                "-x | unknown flag: -x",
                "-yx | unknown flag: -x",
                "-t | flag needs a value: --text",
                "-yt | flag needs a value: --text",
                "a --list | flag needs a value: --list",
                "--yes=maybe | --yes: \"maybe\" is neither true nor false",
                "--yes= | --yes: \"\" is neither true nor false",
                "-y=2 | --yes: \"2\" is neither true nor false",
            })
    void whatCannotBeUnderstoodIsWrongUsage(String line, String message) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> parse(line))
                .withMessage(message)
                .satisfies(wrong -> assertThat(wrong.hint()).isEqualTo("Run 'cnab-to-oci go --help' for usage."));
    }

    private static CommandLine parse(String line) {
        return FlagParser.parse("go", List.of(TEXT, LIST, YES, NO), List.of(line.split(" ")));
    }
}
