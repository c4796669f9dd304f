/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in and out: against the registry first, then where Docker keeps credentials. */
class LoginTest {
    private static final String PASSWORD = "pass:word with spaces";

    @TempDir
    Path directory;

    private Path config;
    private Tool tool;

    /** How a registry asks who somebody is. */
    private enum Kind {
        BASIC,
        TOKENS;

        TestRegistry start() {
            Account account = Account.of("ann", PASSWORD);
            return TestRegistry.builder()
                    .access(this == BASIC ? Access.basic(account) : Access.tokens(account))
                    .start();
        }
    }

    @BeforeEach
    void tool() {
        config = directory.resolve("docker/config.json");
        tool = Tool.in(directory)
                .with(Map.of("DOCKER_CONFIG", config.getParent().toString()))
                .reading(PASSWORD + "\n");
    }

    private Tool.Run login(TestRegistry registry) {
        return tool.run("login", "-u", "ann", "--password-stdin", registry.host());
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatTheRegistryTakes_forTheCommandsThatFollow(Kind kind) throws IOException {
        try (TestRegistry registry = kind.start()) {
            Tool.Run run = login(registry);

            assertThat(run.err())
                    .isEqualTo("Logged in to " + registry.host() + ". The credentials are kept by " + config + "\n");
            assertThat(run.code()).isZero();
            Tool.Run pull = tool.run("pull", registry.host() + "/app:1", "--bundle", "-");
            assertThat(pull.err()).contains("app:1").doesNotContain("credentials");
            assertThat(Files.readString(config)).doesNotContain(PASSWORD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsNothingThatTheRegistryRefuses(Kind kind) {
        try (TestRegistry registry = kind.start()) {
            Tool.Run run = tool.reading("not-the-one").run("login", "-u", "ann", "--password-stdin", registry.host());

            assertThat(run.code()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err())
                    .contains(registry.host())
                    .doesNotContain("not-the-one")
                    .doesNotContain("()");
            assertThat(config).doesNotExist();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileIsItsOwnersAlone_andKeepsWhatElseIsInIt() throws IOException {
        Files.createDirectories(config.getParent());
        Files.writeString(
                config,
                "{\"x\": [1.50, null], \"auths\": {\"other.test\": {\"auth\": \"YTox\"}}, \"credHelpers\": {}}");
        try (TestRegistry registry = Kind.BASIC.start()) {
            login(registry);

            String written = Files.readString(config);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
                    .isEqualTo("rw-------");
            assertThat(written).contains("1.50", "null", "\"YTox\"", "\"" + registry.host() + "\"", "credHelpers");
            assertThat(config.getParent().toFile().list()).containsExactly("config.json");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linkedFileStaysLinked() throws IOException {
        Path real = directory.resolve("dotfiles.json");
        Files.writeString(real, "{}");
        Files.createDirectories(config.getParent());
        Files.createSymbolicLink(config, real);
        try (TestRegistry registry = Kind.BASIC.start()) {
            login(registry);

            assertThat(config).isSymbolicLink();
            assertThat(Files.readString(real)).contains(registry.host());
        }
    }

    @Test
    void fileThatCannotBeRead_isLeftAlone() throws IOException {
        Files.createDirectories(config.getParent());
        Files.writeString(config, "{broken");
        try (TestRegistry registry = Kind.BASIC.start()) {
            Tool.Run run = login(registry);

            assertThat(run.code()).isNotZero();
            assertThat(run.err()).contains(config.toString()).contains("left as it is");
            assertThat(Files.readString(config)).isEqualTo("{broken");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void helperThatTheConfigurationNames_getsTheCredentials() throws IOException {
        Path kept = directory.resolve("kept");
        Path helper = directory.resolve("docker-credential-test");
        Files.writeString(helper, "#!/bin/sh\n/bin/cat > '" + kept + "'\n");
        assertThat(helper.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(config.getParent());
        Files.writeString(config, "{\"credsStore\": \"test\"}");
        Tool withHelper =
                tool.with(Map.of("DOCKER_CONFIG", config.getParent().toString(), "PATH", directory.toString()));
        try (TestRegistry registry = Kind.BASIC.start()) {
            Tool.Run in = withHelper.run("login", "-u", "ann", "--password-stdin", registry.host());

            assertThat(in.err()).contains("the credential helper test");
            assertThat(Files.readString(kept)).contains("\"Secret\":\"" + PASSWORD + "\"");
            assertThat(Files.readString(config)).contains(registry.host()).doesNotContain("\"auth\"");

            Tool.Run out = withHelper.run("logout", registry.host());

            assertThat(out.err()).isEqualTo("Logged out of " + registry.host() + "\n");
            assertThat(Files.readString(kept)).isEqualTo(registry.host());
            assertThat(Files.readString(config)).doesNotContain(registry.host());
        }
    }

    @Test
    void logoutForgets_andOnlyThat() throws IOException {
        Files.createDirectories(config.getParent());
        Files.writeString(
                config,
                "{\"auths\": {\"https://a.test/v1/\": {\"auth\": \"YTox\"}, \"a.test/deep\": {\"auth\": \"YTox\"}, \"b.test\": {\"auth\": \"Yjox\"}}}");

        assertThat(tool.run("logout", "a.test").err()).isEqualTo("Logged out of a.test\n");
        assertThat(tool.run("logout", "a.test").err()).isEqualTo("There were no credentials for a.test\n");

        assertThat(Files.readString(config)).contains("b.test", "a.test/deep").doesNotContain("v1");
    }

    @Test
    void withoutTerminalAndFlags_saysWhatIsMissing() {
        assertThat(tool.run("login", "a.test").err()).contains("--username is missing");
        assertThat(tool.run("login", "-u", "ann", "a.test").err()).contains("--password-stdin");
        assertThat(tool.reading("\n")
                        .run("login", "-u", "ann", "--password-stdin", "a.test")
                        .err())
                .contains("the password is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.test/x y",
                "https://a.test",
                "a.test/app",
                "ann@a.test",
                "a.test:port",
                "a b",
                "plainname",
                ""
            })
    void whatCannotBeARegistry_isWrongUsage(String text) {
        Tool.Run in = tool.run("login", "-u", "ann", "--password-stdin", text);
        Tool.Run out = tool.run("logout", text);

        for (Tool.Run run : List.of(in, out)) {
            assertThat(run.code()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err())
                    .contains(
                            "\"" + text + "\" is no host with an optional port", "Hint: Write it as references begin");
        }
        assertThat(config).doesNotExist();
    }

    @Test
    void userWithAColon_isWrongUsage() {
        Tool.Run run = tool.run("login", "-u", "ann:b", "--password-stdin", "a.test");

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("a user's name cannot have a colon");
    }

    @Test
    void wrongPassword_isNotAReasonToLogInAgain() {
        try (TestRegistry registry = Kind.BASIC.start()) {
            Tool wrong = tool.reading("not-the-one");
            Tool.Run login = wrong.run("login", "-u", "ann", "--password-stdin", registry.host());
            Tool.Run pull = wrong.run("pull", registry.host() + "/app:1", "-u", "ann", "--password-stdin");

            assertThat(List.of(login.err(), pull.err()))
                    .allSatisfy(text -> assertThat(text)
                            .contains("Hint: Check user and password")
                            .doesNotContain("log in again"));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void logoutWithAHelperThatKeepsWhatItShouldForget_fails() throws IOException {
        Path helper = directory.resolve("docker-credential-test");
        Files.writeString(
                helper, "#!/bin/sh\n[ \"$1\" = get ] || exit 1\nprintf '{\"Username\":\"ann\",\"Secret\":\"kept\"}'\n");
        assertThat(helper.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(config.getParent());
        Files.writeString(config, "{\"credsStore\": \"test\"}");

        Tool.Run out = tool.with(Map.of("DOCKER_CONFIG", config.getParent().toString(), "PATH", directory.toString()))
                .run("logout", "a.test");

        assertThat(out.code()).isEqualTo(ExitCode.FAILED);
        assertThat(out.err())
                .contains("the credential helper docker-credential-test", "does not forget the credentials for a.test")
                .doesNotContain("kept");
    }
}
