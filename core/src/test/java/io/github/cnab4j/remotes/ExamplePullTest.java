/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The example of {@code Pull} in the Go package's documentation; its index has no entry for one of the bundle's images. */
class ExamplePullTest {
    private static final String IMAGE = "sha256:d59a1aa7866258751a261bae525a1842c7ff0662d4f34a355d5f36826abc0341";

    @Test
    void pullsTheExampleBundleAndPrintsItWithItsRelocationMap() {
        MemoryStores stores = new MemoryStores();
        putExample(stores.at("my.registry/namespace/my-app"));

        try (Remotes remotes = Remotes.builder().stores(stores).build()) {
            PullResult pulled = remotes.pull(Reference.parse("my.registry/namespace/my-app:my-tag"));

            assertThat(text(pulled.bundle().canonical())).isEqualTo(ExampleBundle.JSON);
            assertThat(text(pulled.relocationMap().canonical()))
                    .isEqualTo("{\"my.registry/namespace/image-1\":\"my.registry/namespace/my-app@" + IMAGE
                            + "\",\"my.registry/namespace/my-app-invoc\":\"my.registry/namespace/my-app@" + IMAGE
                            + "\"}");
            assertThat(pulled.warnings())
                    .extracting(Warning::kind)
                    .containsExactly(Warning.Kind.IMAGE_WITHOUT_DESCRIPTOR);
            assertThat(pulled.warnings().get(0).message()).contains("another-image");
        }
    }

    private static void putExample(MemoryStore store) {
        Descriptor bundle = MemoryStores.put(store, MediaType.CNAB_CONFIG, ExampleBundle.JSON);
        Descriptor config = MemoryStores.put(
                store,
                MediaType.OCI_MANIFEST,
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.cnab.config.v1+json\",\"digest\":\""
                        + bundle.digest() + "\",\"size\":" + bundle.size() + "},\"layers\":null}");
        MemoryStores.put(
                store,
                MediaType.OCI_INDEX,
                "{\"schemaVersion\":2,\"manifests\":["
                        + entry(MediaType.OCI_MANIFEST, config.digest().toString(), config.size(), "config", "")
                        + ","
                        + entry(MediaType.DOCKER_MANIFEST, IMAGE, 506, "invocation", "")
                        + ","
                        + entry(
                                MediaType.OCI_MANIFEST,
                                IMAGE,
                                507,
                                "component",
                                "\"io.cnab.component.name\":\"image-1\",")
                        + "],\"annotations\":{\"org.opencontainers.artifactType\":\"application/vnd.cnab.manifest.v1\"}}",
                "my-tag");
    }

    private static String entry(MediaType mediaType, String digest, long size, String type, String name) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size
                + ",\"annotations\":{" + name + "\"io.cnab.manifest.type\":\"" + type + "\"}}";
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
