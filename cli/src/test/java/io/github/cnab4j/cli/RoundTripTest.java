/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.BundleImage;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands doing their work: results, files, lines and what arrives at the target. */
class RoundTripTest {
    @RegisterExtension
    final RegistryExtension extension = new RegistryExtension();

    @TempDir
    Path directory;

    private TestRegistry registry;
    private Tool tool;
    private GeneratedBundle bundle;
    private String target;

    @BeforeEach
    void bundle() throws IOException {
        registry = extension.registry();
        tool = Tool.in(directory);
        ContentGenerator generator = new ContentGenerator(7);
        bundle = new BundleBuilder(registry.host(), "app", generator.image())
                .component("single", generator.image())
                .component(
                        "multi",
                        generator.multiPlatform(
                                ImageFormat.OCI, TargetPlatform.LINUX_AMD64, TargetPlatform.of("linux/arm64")))
                .build();
        registry.load(bundle);
        tool.write("bundle.json", bundle.json());
        target = registry.host() + "/target/app";
    }

    @Nested
    class Push {
        @Test
        void saysTheDigestOfTheIndexThatTheTagNames() {
            Tool.Run run = tool.run("push", "bundle.json", "--target", target + ":1.0");

            String digest = registry.repository("target/app").resolve("1.0").orElseThrow();
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo("Pushed successfully, with digest \"" + digest + "\"\n");
        }

        @Test
        void saysOfEachImageThatItStartsAndIsDone() {
            Tool.Run run = tool.run("push", "bundle.json", "--target", target + ":1.0");

            for (BundleImage image : bundle.images()) {
                assertThat(run.errLines())
                        .containsSubsequence(
                                "Starting to copy image " + image.reference() + "...",
                                "Completed image " + image.reference() + " copy");
            }
            assertThat(run.errLines()).hasSize(6);
        }

        @Test
        void copiesEveryImageAndWritesNoFile() {
            tool.run("push", "bundle.json", "-t", target + ":1.0");

            for (BundleImage image : bundle.images()) {
                assertThat(registry.repository("target/app")
                                .hasManifest(image.content().digest()))
                        .isTrue();
            }
            assertThat(directory.toFile().list()).containsExactly("bundle.json");
        }

        @Test
        void withoutTagIsByDigestOnly() {
            Tool.Run run = tool.run("push", "bundle.json", "-t", target);

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(registry.repository("target/app").tags()).isEmpty();
            String digest =
                    run.out().substring(run.out().indexOf('"') + 1, run.out().lastIndexOf('"'));
            assertThat(registry.repository("target/app").hasManifest(digest)).isTrue();
        }

        @Test
        void againBelievesTheIndexUnderTheTag_deepLooksBelow() {
            tool.run("push", "bundle.json", "-t", target + ":1.0");
            String lost = bundle.images().get(0).content().blobs().get(0).digest();
            registry.repository("target/app").deleteBlob(lost);

            assertThat(tool.run("push", "bundle.json", "-t", target + ":1.0").code())
                    .isZero();
            assertThat(registry.repository("target/app").blobs()).doesNotContain(lost);
            Tool.Run deep = tool.run("push", "--deep", "bundle.json", "-t", target + ":1.0");

            assertThat(deep.code()).as(deep.err()).isZero();
            assertThat(registry.repository("target/app").blobs()).contains(lost);
        }

        @Test
        void takesFlagsBeforeTheCommand() {
            Tool.Run run = tool.run("-t", target + ":1.0", "--log-level=error", "push", "bundle.json");

            assertThat(run.code()).as(run.err()).isZero();
        }

        @Test
        void narrowsImagesToPlatformsAndSaysSo() {
            Tool.Run run =
                    tool.run("push", "bundle.json", "-t", target + ":1.0", "--component-platforms", "linux/arm64");

            assertThat(run.code()).as(run.err()).isZero();
            BundleImage multi = bundle.components().get(1);
            assertThat(registry.repository("target/app")
                            .hasManifest(multi.content().digest()))
                    .isFalse();
            assertThat(run.errLines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("Warning: ")
                            .contains(multi.reference(), multi.content().digest()));
        }

        @Test
        void goesIntoALayoutAndOutOfIt() throws IOException {
            String layout = "oci:" + directory.resolve("layout");
            Tool.Run toLayout = tool.run("push", "bundle.json", "-t", layout + ":1.0");
            assertThat(toLayout.code()).as(toLayout.err()).isZero();
            assertThat(tool.run("pull", layout + ":1.0").code()).isZero();

            // Nothing but the layout has the images from here on.
            try (TestRegistry other = TestRegistry.start()) {
                registry.close();
                Tool.Run onward = tool.run(
                        "push",
                        "pulled.json",
                        "--use-relocation-map",
                        "relocation-map.json",
                        "-t",
                        other.host() + "/onward:2");

                assertThat(onward.code()).as(onward.err()).isZero();
                assertThat(onward.out()).isEqualTo(toLayout.out());
            }
        }

        @Test
        void takesImagesFromAMirror() throws IOException {
            String elsewhere = bundle.json().replace(registry.host(), "registry.invalid:5000");
            tool.write("elsewhere.json", elsewhere);

            Tool.Run run = tool.run("push", "elsewhere.json", "--from", registry.host(), "-t", target + ":1.0");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.err()).contains("Completed image registry.invalid:5000/app/installer:1.0 copy");
        }
    }

    @Nested
    class Fixup {
        @Test
        void writesTheBundleAndTheMapInCanonicalForm() throws IOException {
            Tool.Run run = tool.run("fixup", "bundle.json", "-t", target + ":1.0");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).isEmpty();
            assertThat(tool.read("fixed-bundle.json")).isEqualTo(canonicalBundle());
            assertThat(tool.read("relocation-map.json")).isEqualTo(canonicalMap());
        }

        @Test
        void putsNoTagAtTheTarget() {
            tool.run("fixup", "bundle.json", "-t", target + ":1.0");

            assertThat(registry.repository("target/app").tags()).isEmpty();
        }

        @Test
        void writesToStandardOutputTheBundleFirst() {
            Tool.Run run = tool.run("fixup", "bundle.json", "-t", target, "--bundle", "-", "--relocation-map", "-");

            assertThat(run.out()).isEqualTo(canonicalBundle() + "\n" + canonicalMap() + "\n");
            assertThat(directory.toFile().list()).containsExactly("bundle.json");
        }

        @Test
        void mayReplaceItsInput() throws IOException {
            Tool.Run run = tool.run("fixup", "bundle.json", "-t", target, "--bundle", "bundle.json");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(tool.read("bundle.json")).isEqualTo(canonicalBundle());
        }

        @Test
        void fillsInWhatTheBundleLacks() throws IOException {
            tool.write(
                    "bare.json",
                    bundle.json()
                            .replaceAll(",\"contentDigest\":\"[^\"]+\",\"size\":\\d+,\"mediaType\":\"[^\"]+\"", ""));
            assertThat(tool.read("bare.json")).doesNotContain("contentDigest", "size", "mediaType");

            Tool.Run run = tool.run("fixup", "bare.json", "-t", target, "--auto-update-bundle");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(tool.read("fixed-bundle.json")).isEqualTo(canonicalBundle());
        }
    }

    @Nested
    class Pull {
        @Test
        void givesBackWhatWasPushed() throws IOException {
            tool.run("push", "bundle.json", "-t", target + ":1.0");

            Tool.Run run = tool.run("pull", target + ":1.0");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).isEmpty();
            assertThat(tool.read("pulled.json")).isEqualTo(canonicalBundle());
            assertThat(tool.read("relocation-map.json")).isEqualTo(canonicalMap());
        }

        @Test
        void takesTheNamesOfItsFiles() throws IOException {
            tool.run("push", "bundle.json", "-t", target + ":1.0");

            Tool.Run run = tool.run("--bundle=b.json", "pull", "--relocation-map", "-", target + ":1.0");

            assertThat(run.out()).isEqualTo(canonicalMap() + "\n");
            assertThat(tool.read("b.json")).isEqualTo(canonicalBundle());
            assertThat(tool.has("relocation-map.json")).isFalse();
        }

        @Test
        void withoutTagMeansLatest() {
            tool.run("push", "bundle.json", "-t", target + ":latest");

            assertThat(tool.run("pull", target).code()).isZero();
        }
    }

    /** The bundle in the canonical form: members sorted, which testkit does not write. */
    private String canonicalBundle() {
        String images = bundle.components().stream()
                .sorted(java.util.Comparator.comparing(BundleImage::component))
                .map(image -> "\"" + image.component() + "\":" + canonical(image))
                .collect(Collectors.joining(","));
        return "{\"description\":\"made for a test\",\"images\":{" + images + "},\"invocationImages\":["
                + canonical(bundle.invocationImage())
                + "],\"name\":\"app\",\"schemaVersion\":\"1.0.0\",\"version\":\"0.1.0\"}";
    }

    private static String canonical(BundleImage image) {
        String description = image.component().isEmpty() ? "" : "\"description\":\"" + image.component() + "\",";
        return "{\"contentDigest\":\"" + image.content().digest() + "\"," + description + "\"image\":\""
                + image.reference() + "\",\"imageType\":\"docker\",\"mediaType\":\""
                + image.content().mediaType() + "\",\"size\":" + image.content().size() + "}";
    }

    private String canonicalMap() {
        Map<String, String> entries = new TreeMap<>();
        bundle.images()
                .forEach(image -> entries.put(
                        image.reference(), target + "@" + image.content().digest()));
        return entries.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
