/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.junit.RegistryExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sign} and {@code verify}: what is said, and what goes wrong. */
class SigningTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLES = ROOT.resolve("examples");
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:COSIGN_PASSWORD=\\.\\.\\. )?cnab-to-oci (.+)$");

    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    @TempDir
    Path directory;

    private Tool tool;
    private String bundle;

    @BeforeEach
    void push() throws Exception {
        tool = Tool.in(directory);
        bundle = sources.registry().host() + "/apps/hello:1.0";
        succeed(
                "push",
                EXAMPLES.resolve("bundle.json").toString(),
                "--from",
                "oci:" + EXAMPLES.resolve("images"),
                "--target",
                bundle);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        pem("cosign.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem("cosign.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
        Files.writeString(directory.resolve("garbage.pub"), "no key at all");
        pem("other.pub", "PUBLIC KEY", generator.generateKeyPair().getPublic().getEncoded());
    }

    private void pem(String file, String type, byte[] content) throws IOException {
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + type + "-----\n");
    }

    private Tool.Run succeed(String... args) {
        Tool.Run run = tool.run(args);
        assertThat(run.code()).as(String.join(" ", args) + ": " + run.err()).isZero();
        return run;
    }

    @Test
    void sayWhatIsSignedAndWhatWasVerified() {
        String digest =
                sources.registry().repository("apps/hello").resolve("1.0").orElseThrow();
        String signed = sources.registry().host() + "/apps/hello@" + digest + "\n";

        assertThat(succeed("sign", bundle, "--key", "cosign.key")).isEqualTo(new Tool.Run(0, signed, ""));
        assertThat(succeed("sign", bundle, "--key", "cosign.key").err()).contains("equal signature");
        Tool.Run verified = succeed("verify", bundle, "--key", "cosign.pub");

        assertThat(verified.out()).isEqualTo(signed);
        assertThat(verified.err()).matches("The signature holds\\.\nVerified \\d+ contents, \\d+ bytes\\.\n");
        assertThat(succeed("verify", bundle, "--key", "cosign.pub", "--signature-only")
                        .err())
                .isEqualTo("The signature holds.\n");
        assertThat(succeed("verify", bundle).err()).matches("Verified \\d+ contents, \\d+ bytes\\.\n");
    }

    @Test
    void theCommandsOfTheGuideWork() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/guide/signing.md"));
        List<String> commands =
                COMMAND.matcher(guide).results().map(result -> result.group(1)).toList();
        assertThat(commands).hasSizeGreaterThan(4);
        succeed("copy", bundle, "oci:hello");
        tool = tool.with(Map.of("COSIGN_PASSWORD", "any"));

        for (String command : commands) {
            succeed(command.replace("registry.example", sources.registry().host())
                    .replace("registry.internal", targets.registry().host())
                    .split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "verify BUNDLE --key other.pub, 1, it has no signature",
        "verify BUNDLE --key cosign.key, 1, where a public key is needed",
        "sign BUNDLE --key cosign.pub, 1, 'where a private key is needed, as PKCS#8'",
        "sign BUNDLE --key none.key, 1, none.key cannot be read: no such file",
        "sign BUNDLE, 2, --key is missing",
        "sign docker-daemon:app:1 --key cosign.key, 2, docker-daemon:app:1 cannot be a target",
        "verify BUNDLE --signature-only, 2, --key is missing",
        "verify BUNDLE -a env=prod, 2, --key is missing",
        "sign BUNDLE --key cosign.key -a env, 2, 'is not NAME=VALUE'",
        "pull BUNDLE --require-signature cosign.pub, 1, is not signed as demanded: it has no signature",
        "copy BUNDLE oci:never --require-signature cosign.pub, 1, '[SIGNATURE_INVALID]'",
        "archive BUNDLE never.tgz --require-signature cosign.pub, 1, '[SIGNATURE_INVALID]'",
        "pull BUNDLE --require-signature cosign.key, 1, where a public key is needed",
        "pull BUNDLE --require-signature garbage.pub, 1, 'garbage.pub: the key, line 1: there is nothing in PEM form here'",
        "pull BUNDLE --require-signature none.pub, 1, none.pub cannot be read: no such file",
        "verify BUNDLE-absent --key cosign.pub, 1, not found"
    })
    void failuresSayWhatIsWrong(String command, int code, String message) {
        Tool.Run run = tool.run(command.replace("BUNDLE", bundle).split(" "));

        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Error: ").contains(message).doesNotContain("Exception");
        assertThat(directory.toFile().list())
                .containsExactlyInAnyOrder("cosign.key", "cosign.pub", "garbage.pub", "other.pub");
    }
}
