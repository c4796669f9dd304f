/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.reference.Reference;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The example of {@code Push} in the Go package's documentation. */
class ExamplePushTest {
    @Test
    void pushesTheExampleBundleAndPrintsTheDescriptorOfItsIndex() {
        try (Remotes remotes = Remotes.builder().stores(new MemoryStores()).build()) {
            PushResult pushed = remotes.push(
                    ExampleBundle.bundle(),
                    ExampleBundle.relocationMap(),
                    Reference.parse("my.registry/namespace/my-app:my-tag"),
                    PushOptions.defaults());

            String output = new String(GoJson.indent(pushed.descriptor().toJson(), "  "), StandardCharsets.UTF_8);

            assertThat(output).isEqualTo("""
                            {
                              "mediaType": "application/vnd.oci.image.index.v1+json",
                              "digest": "sha256:4cfae04045c6f0fd14330ab86dea9694fb19ce9602ba2da0af8c826fc0053631",
                              "size": 1360
                            }""");
        }
    }
}
