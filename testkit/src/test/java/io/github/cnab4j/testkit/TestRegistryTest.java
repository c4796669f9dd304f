/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit;

import static io.github.cnab4j.testkit.Http.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.BundleImage;
import io.github.cnab4j.testkit.generate.Content;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.GeneratedIndex;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestRegistryTest {
    @RegisterExtension
    private final RegistryExtension running = new RegistryExtension();

    private final ContentGenerator generator = new ContentGenerator(7);

    @Test
    void whatIsLoadedIsServed() {
        TestRegistry registry = running.registry();
        GeneratedIndex index = generator.multiPlatform(
                ImageFormat.OCI, TargetPlatform.LINUX_AMD64, TargetPlatform.of("linux/arm64/v8"));
        registry.load("apps/demo", index, "1.0", "latest");
        Http http = new Http(registry);

        HttpResponse<byte[]> byTag = http.get("/v2/apps/demo/manifests/latest");
        assertThat(byTag.body()).isEqualTo(index.manifest().bytes());
        assertThat(header(byTag, "Content-Type")).isEqualTo(index.mediaType());
        assertThat(registry.repository("apps/demo").tags()).containsExactly("1.0", "latest");
        assertThat(index.manifests()).hasSize(3);
        assertThat(index.blobs()).hasSize(5);
        for (Content blob : index.blobs()) {
            assertThat(http.get("/v2/apps/demo/blobs/" + blob.digest()).body()).isEqualTo(blob.bytes());
        }
    }

    @Test
    void whatIsPushedIsSeen() {
        TestRegistry registry = running.registry();
        Http http = new Http(registry);
        Content layer = generator.layer(ImageFormat.OCI, 100);
        http.send("POST", "/v2/a/blobs/uploads/?digest=" + layer.digest(), layer.bytes());
        http.send("PUT", "/v2/a/manifests/1.0", "{}".getBytes(StandardCharsets.UTF_8), "Content-Type", "x/y");

        TestRepository repository = registry.repository("a");
        assertThat(registry.repositories()).containsExactly("a");
        assertThat(repository.blob(layer.digest())).isEqualTo(layer.bytes());
        assertThat(repository.blobs()).containsExactly(layer.digest());
        assertThat(repository.manifest("1.0")).asString().isEqualTo("{}");
        assertThat(repository.mediaType("1.0")).isEqualTo("x/y");
        assertThat(repository.manifests())
                .containsExactly(repository.resolve("1.0").orElseThrow());
        assertThatThrownBy(() -> repository.manifest("2.0")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aBundleNamesImagesThatAreThere() {
        TestRegistry registry = running.registry();
        GeneratedBundle bundle = BundleBuilder.ofSmallImages(registry.host(), "demo", generator, 3);
        registry.load(bundle);

        assertThat(registry.repositories())
                .containsExactly("demo/component-0", "demo/component-1", "demo/component-2", "demo/installer");
        for (BundleImage image : bundle.images()) {
            assertThat(registry.repository(image.repository()).resolve(image.tag()))
                    .contains(image.content().digest());
            assertThat(bundle.json())
                    .contains(image.reference())
                    .contains(image.content().digest())
                    .contains("\"size\":" + image.content().size());
        }
    }

    @Test
    void theLogCountsByMethodAndKind() {
        TestRegistry registry = running.registry();
        Http http = new Http(registry);
        registry.load("a", generator.image(), "1.0");
        http.send("HEAD", "/v2/a/manifests/1.0", "Authorization", "Bearer x");
        http.get("/v2/a/manifests/1.0");
        http.get("/v2/a/manifests/2.0");
        http.send("POST", "/v2/a/blobs/uploads/?digest=sha256:" + "0".repeat(64), new byte[33]);

        assertThat(registry.log().count()).isEqualTo(4);
        assertThat(registry.log().count("GET", Kind.MANIFEST)).isEqualTo(2);
        assertThat(registry.log().count("HEAD", Kind.MANIFEST)).isEqualTo(1);
        assertThat(registry.log().count("POST", Kind.UPLOAD)).isEqualTo(1);
        assertThat(registry.log().counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of("GET MANIFEST", 2, "HEAD MANIFEST", 1, "POST UPLOAD", 1));
        assertThat(registry.log().requests().get(0).authorization()).contains("Bearer x");
        assertThat(registry.log().requests().get(1).bytesOut())
                .isEqualTo(registry.repository("a").manifest("1.0").length);
        assertThat(registry.log().requests().get(2).status()).isEqualTo(404);
        assertThat(registry.log().requests().get(3).bytesIn()).isEqualTo(33);
        assertThat(registry.log().lines().get(2)).isEqualTo("GET /v2/a/manifests/2.0");
        assertThat(registry.log().inFlight()).isZero();
        registry.log().clear();
        assertThat(registry.log().count()).isZero();
    }
}
