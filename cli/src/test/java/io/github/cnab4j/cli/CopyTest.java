/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedIndex;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code copy}: what arrives, what is said, and what goes wrong. */
class CopyTest {
    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    @TempDir
    Path directory;

    private final GeneratedIndex image = new ContentGenerator(5)
            .multiPlatform(ImageFormat.OCI, TargetPlatform.LINUX_AMD64, TargetPlatform.of("linux/arm64"));

    private Tool tool;
    private String source;
    private String target;

    @BeforeEach
    void load() {
        tool = Tool.in(directory);
        sources.registry().load("app/web", image, "1.0", "latest");
        source = sources.registry().host() + "/app/web";
        target = targets.registry().host() + "/copied";
    }

    @Nested
    class Result {
        @Test
        void isTheReferenceOfTheCopy() {
            Tool.Run run = tool.run("copy", source + ":1.0", target + ":2");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo(target + ":2@" + image.digest() + "\n");
            assertThat(copied().resolve("2")).contains(image.digest());
            assertWhole();
        }

        @Test
        void saysWhatMoved() {
            Tool.Run run = tool.run("copy", source + ":1.0", target + ":2");

            int nodes = image.blobs().size() + image.manifests().size();
            assertThat(run.err())
                    .matches(nodes + " copied, 0 mounted, 0 already there; \\d+\\.\\d kB sent in \\d+\\.\\d\\d s\n");
        }

        @Test
        void ofACopyThatIsThereIsTheSame() {
            Tool.Run first = tool.run("copy", source + ":1.0", target + ":2");

            Tool.Run again = tool.run("copy", source + ":1.0", target + ":2");

            assertThat(again.out()).isEqualTo(first.out());
            assertThat(again.err()).matches("0 copied, 0 mounted, 1 already there; 0 bytes sent in \\d+\\.\\d\\d s\n");
        }

        @Test
        void isAReferenceThatCopyTakes() {
            String there =
                    tool.run("copy", source + ":1.0", target + ":2").out().strip();

            Tool.Run back = tool.run("copy", there, "oci:" + directory.resolve("layout"));

            assertThat(back.code()).as(back.err()).isZero();
            assertThat(back.out()).isEqualTo("oci:" + directory.resolve("layout") + ":2@" + image.digest() + "\n");
        }
    }

    @Nested
    class Tags {
        @Test
        void aTargetWithoutTagGetsTheSourcesTag() {
            tool.run("copy", source + ":1.0", target);

            assertThat(copied().tags()).containsExactly("1.0");
        }

        @Test
        void withoutAnyTagBothAreLatest() {
            Tool.Run run = tool.run("copy", "docker://" + source, target);

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(copied().tags()).containsExactly("latest");
        }

        @Test
        void byDigestAloneThereIsNone() {
            Tool.Run run = tool.run("copy", source + "@" + image.digest(), target);

            assertThat(run.out()).isEqualTo(target + "@" + image.digest() + "\n");
            assertThat(copied().tags()).isEmpty();
            assertWhole();
        }

        @Test
        void aDigestOfTheTargetThatFitsStandsForTheTag() {
            Tool.Run run = tool.run("copy", source + ":1.0", target + "@" + image.digest());

            assertThat(run.out()).isEqualTo(target + "@" + image.digest() + "\n");
            assertThat(copied().tags()).isEmpty();
        }

        @Test
        void aDigestOfTheTargetThatFitsLeavesItsTag() {
            Tool.Run run = tool.run("copy", source + ":1.0", target + ":2@" + image.digest());

            assertThat(run.out()).isEqualTo(target + ":2@" + image.digest() + "\n");
            assertThat(copied().tags()).containsExactly("2");
        }

        @Test
        void otherDigestOfTheTargetIsRefused() {
            Tool.Run run = tool.run("copy", source + ":1.0", target + "@sha256:" + "0".repeat(64));

            assertFails(run, "INVALID_OPTION", "sha256:" + "0".repeat(64), image.digest());
            assertThat(copied().manifests()).isEmpty();
            assertThat(copied().blobs()).isEmpty();
        }

        @Test
        void differentDigestsOfSourceAndTargetAreWrongUsage() {
            Tool.Run run = tool.run("copy", source + "@" + image.digest(), target + "@sha256:" + "0".repeat(64));

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).startsWith("Error: source and target name different digests");
            assertThat(sources.registry().log().lines()).isEmpty();
        }
    }

    @Nested
    class Stores {
        @Test
        void overLayoutsToARegistryKeepsEveryByte() {
            String first = "oci:" + directory.resolve("first") + ":x";
            String second = "oci:" + directory.resolve("second") + ":y";

            assertThat(tool.run("copy", source + ":1.0", first).code()).isZero();
            assertThat(tool.run("copy", first, second).code()).isZero();
            Tool.Run run = tool.run("copy", second, target + ":2");

            assertThat(run.out()).isEqualTo(target + ":2@" + image.digest() + "\n");
            assertWhole();
        }

        @Test
        void deepSendsWhatIsMissingBelowAManifest() {
            tool.run("copy", source + ":1.0", target + ":2");
            String lost = image.blobs().get(0).digest();
            copied().deleteBlob(lost);

            assertThat(tool.run("copy", source + ":1.0", target + ":2").err()).startsWith("0 copied");
            assertThat(copied().blobs()).doesNotContain(lost);
            Tool.Run deep = tool.run("copy", "--deep", source + ":1.0", target + ":2");

            assertThat(deep.err()).startsWith("1 copied, 0 mounted, ");
            assertWhole();
        }

        @Test
        void haveEachTheirCredentials() {
            try (TestRegistry mine = TestRegistry.builder()
                            .access(Access.tokens(Account.of("ann", "one")))
                            .start();
                    TestRegistry yours = TestRegistry.builder()
                            .access(Access.basic(Account.of("bob", "two")))
                            .start()) {
                mine.load("app", image, "1");
                String config = "{\"auths\":{" + auth(mine, "ann:one") + "," + auth(yours, "bob:two") + "}}";

                Tool.Run run = tool.with(Map.of("DOCKER_AUTH_CONFIG", config))
                        .run("copy", mine.host() + "/app:1", yours.host() + "/app");

                assertThat(run.code()).as(run.err()).isZero();
                assertThat(yours.repository("app").resolve("1")).contains(image.digest());
            }
        }

        private static String auth(TestRegistry registry, String account) {
            String encoded = Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
            return "\"" + registry.host() + "\":{\"auth\":\"" + encoded + "\"}";
        }
    }

    @Nested
    class Failing {
        @Test
        void sourceThatIsNotThere() {
            Tool.Run run = tool.run("copy", source + ":nope", target + ":2");

            assertFails(run, "NOT_FOUND", source + ":nope", target + ":2");
            assertThat(run.errLines()).hasSize(2).last().asString().startsWith("Hint: Check the source's name");
            assertThat(copied().tags()).isEmpty();
        }

        @Test
        void layoutThatIsNotThere() {
            String layout = "oci:" + directory.resolve("nothing") + ":1";

            assertFails(tool.run("copy", layout, target + ":2"), "NOT_FOUND", layout, target + ":2");
        }

        @Test
        void targetThatIsNoLayout() throws Exception {
            tool.write("file", "");
            String layout = "oci:" + directory.resolve("file") + ":1";

            assertFails(tool.run("copy", source + ":1.0", layout), "FILE_ERROR", source + ":1.0", layout);
        }

        @Test
        void bothEndsAreSaid() {
            targets.registry().close();

            Tool.Run run = tool.run("copy", source + ":nope", target + ":2");

            assertFails(
                    run,
                    "COPY_FAILED",
                    "web:nope: not found",
                    targets.registry().host());
        }

        @Test
        void alteredContentIsNotTagged() {
            sources.registry().inject(RequestPattern.of("GET", Kind.BLOB), Fault.flipBit(3));

            Tool.Run run = tool.run("copy", source + ":1.0", target + ":2");

            assertFails(run, "CONTENT_MISMATCH", source + ":1.0", target + ":2");
            assertThat(copied().tags()).isEmpty();
            assertThat(copied().manifests()).isEmpty();
        }

        @Test
        void interrupted() {
            Cancellation cancellation = new Cancellation();
            cancellation.cancel();

            Tool.Run run = tool.with(cancellation).run("copy", source + ":1.0", target + ":2");

            assertThat(run.code()).isEqualTo(130);
            assertThat(run.errLines())
                    .containsExactly(
                            "Error: interrupted",
                            "Hint: Run the same command again: what the target has is not sent again.");
        }

        @Test
        void noReference() {
            assertThat(tool.run("copy", "UPPER", target).errLines().get(0)).startsWith("Error: the source: ");
            assertThat(tool.run("copy", source, "oci:").errLines().get(0)).startsWith("Error: the target: ");
        }
    }

    private TestRepository copied() {
        return targets.registry().repository("copied");
    }

    private void assertWhole() {
        image.blobs().forEach(blob -> assertThat(copied().blob(blob.digest())).isEqualTo(blob.bytes()));
        image.manifests()
                .forEach(manifest ->
                        assertThat(copied().manifest(manifest.digest())).isEqualTo(manifest.bytes()));
    }

    private static void assertFails(Tool.Run run, String code, String... words) {
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines().get(0))
                .startsWith("Error: cannot copy ")
                .contains(words)
                .endsWith("[" + code + "]");
        assertThat(run.err()).doesNotContain("\tat ");
    }
}
