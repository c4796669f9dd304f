/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of {@code copy} for bundles: what is written where, and what is wrong usage. */
class CopyOptionsTest {
    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    @TempDir
    Path directory;

    private Tool tool;
    private String source;
    private String target;

    @BeforeEach
    void push() throws Exception {
        tool = Tool.in(directory);
        ContentGenerator generator = new ContentGenerator(6);
        push(
                "apps/hello:1.0",
                new BundleBuilder(sources.registry().host(), "hello", generator.image())
                        .component(
                                "web",
                                generator.multiPlatform(
                                        ImageFormat.OCI,
                                        TargetPlatform.of("linux/amd64"),
                                        TargetPlatform.of("linux/arm64")))
                        .build(),
                "{\"requires\":{\"db\":{\"bundle\":\"" + sources.registry().host()
                        + "/deps/db\",\"version\":{\"ranges\":[\"1.x\"]}}}}");
        source = sources.registry().host() + "/apps/hello:1.0";
        target = targets.registry().host() + "/mirror/hello";
    }

    private void push(String place, GeneratedBundle bundle, String dependencies) throws Exception {
        sources.registry().load(bundle);
        tool.write(
                "bundle.json",
                bundle.json().strip().replaceAll("}$", ",\"custom\":{\"io.cnab.dependencies\":" + dependencies + "}}"));
        Tool.Run run = tool.run("push", "bundle.json", "-t", sources.registry().host() + "/" + place);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private void pushDependency() throws Exception {
        push(
                "deps/db:1.4.0",
                BundleBuilder.ofSmallImages(sources.registry().host(), "db", new ContentGenerator(7), 0),
                "{}");
    }

    private TestRepository copied() {
        return targets.registry().repository("mirror/hello");
    }

    @Test
    void severalTags_giveALineEach() {
        Tool.Run run = tool.run("copy", source, target + ":1.0", "--tag", "1,latest", "--tag", "stable");

        String digest = copied().resolve("1.0").orElseThrow();
        assertThat(run.out().lines())
                .containsExactly(
                        target + ":1.0@" + digest,
                        target + ":1@" + digest,
                        target + ":latest@" + digest,
                        target + ":stable@" + digest);
        assertThat(copied().tags()).containsExactly("1", "1.0", "latest", "stable");
    }

    @Test
    void tagsStandInForTheSourcesTag() {
        Tool.Run run = tool.run("copy", source, target, "--tag", "new");

        assertThat(run.out()).startsWith(target + ":new@sha256:");
        assertThat(copied().tags()).containsExactly("new");
    }

    @Test
    void platforms_areTakenInEitherWriting_andWhatChangesIsSaid() {
        Tool.Run run = tool.run("copy", source, target + ":arm", "--platform", "linux/arm64");
        Tool.Run all = tool.run(
                "copy", source, target + ":all", "--platform", "linux/arm64", "--platform", "linux/amd64,linux/s390x");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("Warning: image \"" + sources.registry().host() + "/hello/web:", "keeps only the platforms")
                .contains("Warning: what refers to " + source);
        assertThat(copied().resolve("arm")).isNotEqualTo(copied().resolve("all"));
        assertThat(all.err()).doesNotContain("Warning");
        assertThat(tool.run("verify", target + ":arm").code()).isZero();
    }

    @Test
    void platformThatAnImageLacks_isAnErrorWithThoseThatItHas() {
        Tool.Run run = tool.run("copy", source, target, "--platform", "windows/amd64");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines().get(0))
                .startsWith("Error: cannot copy " + source)
                .contains("/hello/web:", "windows/amd64")
                .endsWith("[NO_MATCHING_PLATFORM]");
        assertThat(run.err()).contains("Hint: Its platforms are: \"linux/amd64\", \"linux/arm64\".");
        assertThat(copied().exists()).isFalse();
    }

    @Test
    void mirror_writesTheMapOfTheRepositories() throws Exception {
        Tool.Run run = tool.run(
                "copy", source, target + ":1.0", "--repository-layout", "mirror", "--relocation-map", "map.json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(tool.read("map.json"))
                .contains(targets.registry().host() + "/mirror/hello/web@", "/mirror/hello/installer@");
        assertThat(targets.registry().repositories())
                .containsExactly("mirror/hello", "mirror/hello/installer", "mirror/hello/web");
    }

    @Test
    void single_writesTheMapThatPullWrites() throws Exception {
        tool.run("copy", source, target + ":1.0", "--relocation-map", "map.json");

        tool.run("pull", target + ":1.0");

        assertThat(tool.read("map.json")).isEqualTo(tool.read("relocation-map.json"));
    }

    @Test
    void dependencies_areSaid_andInTheDocument() throws Exception {
        pushDependency();

        Tool.Run text = tool.run("copy", source, target + ":1.0", "--with-dependencies");
        Tool.Run json = tool.run("copy", source, target + ":1.0", "--with-dependencies", "--output", "json");

        String host = sources.registry().host();
        String place = targets.registry().host() + "/mirror/deps/db:1.4.0@sha256:";
        assertThat(text.err()).contains("dependency " + host + "/deps/db: " + host + "/deps/db:1.4.0@sha256:");
        assertThat(text.err()).contains(" is " + place);
        assertThat(text.out()).startsWith(target + ":1.0@").hasLineCount(1);
        JsonObject document = JsonReader.readObject(json.out().getBytes(StandardCharsets.UTF_8), JsonLimits.BUNDLE);
        assertThat(document.string("reference"))
                .hasValueSatisfying(there -> assertThat(text.out()).contains(there));
        assertThat(document.array("tags")).contains(new JsonArray(java.util.List.of(new JsonString("1.0"))));
        assertThat(document.object("relocationMap").orElseThrow().members()).hasSize(2);
        JsonObject dependency = (JsonObject)
                document.array("dependencies").orElseThrow().elements().get(0);
        assertThat(dependency.string("reference"))
                .hasValueSatisfying(there -> assertThat(there).startsWith(place));
        assertThat(dependency.array("bundles"))
                .contains(new JsonArray(java.util.List.of(new JsonString(host + "/deps/db"))));
    }

    @Test
    void missingDependency_isAnErrorBeforeTheFirstByte() {
        Tool.Run run = tool.run("copy", source, target, "--with-dependencies");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines().get(0))
                .contains("dependency \"db\" of " + source, "/deps/db")
                .endsWith("[NOT_FOUND]");
        assertThat(targets.registry().repositories()).isEmpty();
    }

    @Test
    void archive_andPublish_takePlatforms() {
        Tool.Run archived = tool.run("archive", source, "amd64.tgz", "--platform", "linux/amd64");
        Tool.Run published = tool.run("publish", "amd64.tgz", target + ":a");
        tool.run("archive", source, "all.tgz");
        Tool.Run filtered = tool.run("publish", "all.tgz", target + ":b", "--platform", "linux/amd64");

        assertThat(archived.code()).as(archived.err()).isZero();
        assertThat(published.code()).as(published.err()).isZero();
        assertThat(filtered.code()).as(filtered.err()).isZero();
        assertThat(copied().resolve("a")).isEqualTo(copied().resolve("b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--platform          | a/b/c/d   | --platform: ",
                "--tag               | no tag    | --tag: ",
                "--tag               | a,        | --tag: ",
                "--repository-layout | flat      | \"flat\" is neither single nor mirror",
                "--output            | xml       | \"xml\" is neither text nor json",
                "--relocation-map    | -         | --relocation-map: standard output has another result",
            })
    void wrongValues_areWrongUsage(String flag, String value, String message) {
        Tool.Run run = tool.run("copy", source, target, flag, value);

        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.errLines().get(0)).contains(message);
        assertThat(copied().exists()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"--repository-layout=mirror", "--with-dependencies"})
    void archive_holdsOneRepository(String flag) {
        Tool.Run run = tool.run("copy", source, "oci-archive:" + directory.resolve("a.tar"), flag);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines().get(0)).contains("an archive holds one repository", flag.replace("=mirror", ""));
        assertThat(tool.has("a.tar")).isFalse();
    }

    @Test
    void fileThatCannotBeWritten_isSaidBeforeAnythingMoves() {
        Tool.Run run = tool.run("copy", source, target, "--relocation-map", "nowhere/map.json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines().get(0)).endsWith("[FILE_ERROR]");
        assertThat(copied().exists()).isFalse();
    }
}
