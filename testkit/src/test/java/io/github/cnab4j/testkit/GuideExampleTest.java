/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedIndex;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of {@code docs/guide/testkit.md}, and that the guide shows it as it is here. */
class GuideExampleTest {
    private static final Path GUIDE = Path.of("../docs/guide/testkit.md");
    private static final Path SOURCE =
            Path.of("src/test/java/io/github/cnab4j/testkit", GuideExampleTest.class.getSimpleName() + ".java");

    private static final String START = "    // example\n";
    private static final String END = "        // end of example";

    @Nested
    // example
    @ExtendWith(RegistryExtension.class)
    class PullTest {
        private final ContentGenerator generator = new ContentGenerator(42);

        @Test
        void aPullTriesAgainAfterA503(TestRegistry registry) throws Exception {
            GeneratedIndex image = generator.multiPlatform(
                    ImageFormat.OCI, TargetPlatform.LINUX_AMD64, TargetPlatform.of("linux/arm64"));
            registry.load("apps/demo", image, "1.0");
            InjectedFault fault =
                    registry.inject(RequestPattern.of("GET", Kind.MANIFEST), Occurrence.nth(1), Fault.status(503));

            byte[] pulled = pull(registry.uri().resolve("/v2/apps/demo/manifests/1.0"));

            assertThat(pulled).isEqualTo(image.manifest().bytes());
            assertThat(fault.strikes()).isEqualTo(1);
            assertThat(registry.log().counts()).isEqualTo(Map.of("GET MANIFEST", 2));
        }
        // end of example

        private static byte[] pull(URI manifest) throws IOException, InterruptedException {
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<byte[]> response;
            do {
                response =
                        client.send(HttpRequest.newBuilder(manifest).build(), HttpResponse.BodyHandlers.ofByteArray());
            } while (response.statusCode() == 503);
            return response.body();
        }
    }

    @Test
    void theGuideShowsThisExample() throws IOException {
        String source = Files.readString(SOURCE);
        int start = source.indexOf(START) + START.length();
        String example = source.substring(start, source.indexOf(END, start))
                .stripTrailing()
                .stripIndent();
        assertThat(Files.readString(GUIDE)).contains(example);
    }
}
