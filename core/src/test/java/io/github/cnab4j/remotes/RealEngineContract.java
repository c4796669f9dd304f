/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.docker.SavedImages;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.real.DockerRegistry;
import io.github.cnab4j.real.RealEngine;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.store.CallScope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What holds with every engine that users have: bundles whose image no registry has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealEngineContract {
    private static final String IMAGE = "localhost/app:1";

    @TempDir
    Path work;

    private RealEngine engine;
    private DockerRegistry registry;
    private Remotes remotes;
    private final StringBuilder lines = new StringBuilder();

    abstract RealEngine start(Path files) throws Exception;

    /** The way to the engine that was started. */
    DockerEngine connect(RealEngine started) throws Exception {
        return DockerEngine.at(started.host());
    }

    @BeforeAll
    void startEngine(@TempDir Path directory) throws Exception {
        engine = start(directory.resolve("engine"));
        registry = DockerRegistry.start(directory.resolve("registry"));
        engine.load(SavedImages.docker20(IMAGE).build());
        remotes = Remotes.builder().dockerEngine(connect(engine)).build();
    }

    @AfterAll
    void stopEngine() throws Exception {
        if (remotes != null) {
            remotes.close();
        }
        if (registry != null) {
            registry.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void forgetLines() {
        lines.setLength(0);
    }

    @Test
    void engineHasTheImageUnderItsNameAndItsId() {
        String id = Digest.sha256(SavedImages.CONFIGURATION).toString();
        ImageClient client = remotes.imageClient();
        CallScope scope = CallScope.unbounded();

        assertThat(client.inspect(scope, IMAGE)).hasValueSatisfying(image -> {
            assertThat(image.id()).isEqualTo(id);
            assertThat(image.names()).contains(IMAGE);
        });
        assertThat(client.inspect(scope, id)).isPresent();
        assertThat(client.inspect(scope, "localhost/other:1")).isEmpty();
    }

    @Test
    void bundleIsPushedWithTheImageThatOnlyTheEngineHas() {
        Reference target = Reference.parse(registry.host() + "/pushed:1");

        PushResult pushed = remotes.fixupAndPush(bundle(), target, options(), PushOptions.defaults());

        assertThat(remotes.pull(target).digest()).isEqualTo(pushed.descriptor().digest());
        assertThat(pushed.relocationMap().find(IMAGE))
                .hasValueSatisfying(place -> assertThat(place).startsWith(registry.host() + "/pushed@sha256:"));
        assertThat(lines.toString()).contains("The push refers to repository [" + registry.host() + "/pushed");
        assertThat(pushed.warnings()).isEmpty();
        assertThat(names()).contains(IMAGE).noneMatch(name -> name.contains("cnab-image-"));
    }

    @Test
    void pushToARegistryThatIsNotThereFailsInTheEnginesWordsAndLeavesNoTag() {
        Reference nowhere = Reference.parse("localhost:1/pushed:1");

        CnabException failure =
                catchThrowableOfType(CnabException.class, () -> remotes.fixup(bundle(), nowhere, options()));

        assertThat(failure).isNotNull();
        assertThat(names()).contains(IMAGE).noneMatch(name -> name.contains("cnab-image-"));
    }

    @Test
    void bundleGoesIntoALayoutWithTheImageThatOnlyTheEngineHas() {
        Location target = Location.parse("oci:" + work.resolve("layout") + ":1");

        PushResult pushed = remotes.fixupAndPush(bundle(), target, options(), PushOptions.defaults());

        assertThat(remotes.pull(target).digest()).isEqualTo(pushed.descriptor().digest());
        assertThat(lines).isEmpty();
    }

    @Test
    void imageIsCopiedFromTheEngineToARegistryAndALayout() {
        Location source = Location.parse("docker-daemon:" + IMAGE);
        Location layout = Location.parse("oci:" + work.resolve("copy"));
        Location target = Location.parse(registry.host() + "/copied");

        ArtifactCopyResult first = remotes.copy(source, target, ArtifactCopyOptions.defaults());
        ArtifactCopyResult second = remotes.copy(source, layout, ArtifactCopyOptions.defaults());

        assertThat(first.descriptor()).isEqualTo(second.descriptor());
        assertThat(first.location().tag()).isEqualTo("1");
        assertThat(first.report().uploaded()).isEqualTo(4);
    }

    @Test
    void bundleMayNameTheEngineItself() {
        Bundle named = Bundle.parse(new String(bundleBytes(), StandardCharsets.UTF_8)
                .replace(IMAGE, "docker-daemon:" + IMAGE)
                .getBytes(StandardCharsets.UTF_8));

        FixupResult fixed = remotes.fixup(
                named,
                Reference.parse(registry.host() + "/named:1"),
                FixupOptions.defaults().withAutoBundleUpdate(true));

        assertThat(fixed.report().uploaded()).isEqualTo(4);
    }

    @Test
    void imageThatNobodyHasIsNotFound() {
        Bundle other = Bundle.parse(new String(bundleBytes(), StandardCharsets.UTF_8)
                .replace(IMAGE, registry.host() + "/nope:1")
                .getBytes(StandardCharsets.UTF_8));

        FixupException failure = catchThrowableOfType(
                FixupException.class, () -> remotes.fixup(other, Reference.parse(registry.host() + "/x:1"), options()));

        assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
        assertThat(failure).hasMessageContaining("the local engine has no image");
    }

    private List<String> names() {
        return remotes.imageClient()
                .inspect(CallScope.unbounded(), IMAGE)
                .orElseThrow()
                .names();
    }

    private FixupOptions options() {
        return FixupOptions.defaults().withAutoBundleUpdate(true).withPushImages(remotes.imageClient(), lines);
    }

    private static Bundle bundle() {
        return Bundle.parse(bundleBytes());
    }

    private static byte[] bundleBytes() {
        return ("{\"schemaVersion\":\"v1.0.0\",\"name\":\"app\",\"version\":\"0.1.0\",\"invocationImages\":[{\"imageType\":\"docker\",\"image\":\""
                        + IMAGE + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
