/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import static io.github.cnab4j.testkit.Http.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.Http;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.generate.Content;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedImage;
import io.github.cnab4j.testkit.generate.ImageSpec;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each habit shows where it should, and nowhere else. */
class QuirkTest {
    private static final byte[] PART = "part".getBytes(UTF_8);
    private static final String UPLOADS = "/v2/a/blobs/uploads/";

    private final TestRegistry registry = TestRegistry.start();
    private final Http http = new Http(registry);
    private final GeneratedImage image = new ContentGenerator(1).image(ImageSpec.small());
    private final Content layer = image.layers().get(0);

    @AfterEach
    void stop() {
        registry.close();
    }

    private String upload() {
        return header(http.send("POST", UPLOADS), "Location");
    }

    private int status(String method, String target, byte[] body, String... headers) {
        return http.send(method, target, body, headers).statusCode();
    }

    private int close(String location, Content blob) {
        return status("PUT", location + (location.contains("?") ? "&" : "?") + "digest=" + blob.digest(), blob.bytes());
    }

    @Test
    void onlyTheRepositoryThatItWasGivenToHasIt() {
        registry.with(Quirk.RELATIVE_LOCATION, "b");

        assertThat(upload()).startsWith(UPLOADS);
        assertThat(header(http.send("POST", "/v2/b/blobs/uploads/"), "Location"))
                .doesNotContain("/");
    }

    @Test
    void relativeLocation() {
        registry.with(Quirk.RELATIVE_LOCATION);
        assertThat(close(UPLOADS + upload(), layer)).isEqualTo(201);
    }

    @Test
    void plainLocation() {
        registry.with(Quirk.PLAIN_LOCATION);
        assertThat(upload()).startsWith("http://127.0.0.1" + UPLOADS);
    }

    @Test
    void changingLocation() {
        registry.with(Quirk.CHANGING_LOCATION);
        String first = upload();
        HttpResponse<byte[]> patch = http.send("PATCH", first, PART);

        assertThat(patch.statusCode()).isEqualTo(202);
        assertThat(header(patch, "Location")).isNotEqualTo(first);
        assertThat(status("PATCH", first, PART)).isEqualTo(404);
        assertThat(status("PATCH", header(patch, "Location"), PART)).isEqualTo(202);
        assertThat(close(upload(), layer)).isEqualTo(201);
    }

    @Test
    void bytesByPatchOnly() {
        registry.with(Quirk.BYTES_BY_PATCH_ONLY);
        String location = upload();

        assertThat(close(location, layer)).isEqualTo(404);
        assertThat(status("PATCH", location, layer.bytes())).isEqualTo(202);
        assertThat(status("PUT", location + "?digest=" + layer.digest(), new byte[0]))
                .isEqualTo(201);
    }

    @Test
    void noChunks() {
        registry.with(Quirk.NO_CHUNKS);
        String location = upload();

        assertThat(status("PATCH", location, PART, "Content-Range", "0-3")).isEqualTo(400);
        assertThat(status("PATCH", location, PART)).isEqualTo(202);
    }

    @Test
    void dropsLaterChunks() {
        registry.with(Quirk.DROPS_LATER_CHUNKS);
        String location = upload();

        http.send("PATCH", location, PART, "Content-Range", "0-3");
        HttpResponse<byte[]> second = http.send("PATCH", location, PART, "Content-Range", "4-7");

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(header(second, "Range")).isEqualTo("0-3");
    }

    @Test
    void chunksUpTo4Mib() {
        registry.with(Quirk.CHUNKS_UP_TO_4_MIB);
        int limit = 4 << 20;
        String location = upload();

        assertThat(status("PATCH", location, new byte[limit + 1], "Content-Range", "0-" + limit))
                .isEqualTo(416);
        assertThat(status("PATCH", location, new byte[limit], "Content-Range", "0-" + (limit - 1)))
                .isEqualTo(202);
    }

    @Test
    void quotaOfTenReads() {
        registry.with(Quirk.QUOTA_OF_TEN_READS);
        String none = "/v2/app/manifests/none";

        HttpResponse<byte[]> first = http.send("GET", none, new byte[0]);
        for (int i = 0; i < 9; i++) {
            assertThat(status("GET", none, new byte[0])).isEqualTo(404);
        }

        assertThat(header(first, "RateLimit-Remaining")).isEqualTo("9;w=21600");
        assertThat(status("GET", none, new byte[0])).isEqualTo(429);
        assertThat(status("HEAD", none, new byte[0])).isEqualTo(404);
    }

    @Test
    void noEmptyBlobs() {
        registry.with(Quirk.NO_EMPTY_BLOBS);
        Content empty = Content.of("application/octet-stream", new byte[0]);

        assertThat(close(upload(), empty)).isEqualTo(500);
        assertThat(close(upload(), layer)).isEqualTo(201);
    }

    @Test
    void mountNeedsFrom() {
        registry.with(Quirk.MOUNT_NEEDS_FROM);
        registry.load("b", image, "1.0");

        assertThat(status("POST", UPLOADS + "?mount=" + layer.digest(), new byte[0]))
                .isEqualTo(400);
        assertThat(status("POST", UPLOADS + "?from=b&mount=" + layer.digest(), new byte[0]))
                .isEqualTo(201);
    }

    @Test
    void noCreation() {
        registry.with(Quirk.NO_CREATION);
        assertThat(http.send("POST", UPLOADS).body()).asString().contains("NAME_UNKNOWN");
    }

    @Test
    void immutableTags() {
        registry.with(Quirk.IMMUTABLE_TAGS);
        registry.load("a", image, "1.0");
        String manifests = "/v2/a/manifests/";

        for (String[] putAndStatus : new String[][] {
            {"1.0", "400"}, {"2.0", "201"}, {image.manifest().digest(), "201"}
        }) {
            assertThat(status(
                            "PUT",
                            manifests + putAndStatus[0],
                            image.manifest().bytes(),
                            "Content-Type",
                            image.mediaType()))
                    .isEqualTo(Integer.parseInt(putAndStatus[1]));
        }
    }

    @Test
    void ranges() {
        registry.load("a", image, "1.0");
        String blob = "/v2/a/blobs/" + layer.digest();
        InjectedFault closed = registry.with(Quirk.CLOSED_RANGES_ONLY);

        assertThat(status("GET", blob, new byte[0], "Range", "bytes=3-")).isEqualTo(416);
        assertThat(status("GET", blob, new byte[0], "Range", "bytes=3-5")).isEqualTo(206);
        registry.remove(closed);
        registry.with(Quirk.RANGES_IGNORED);
        assertThat(status("GET", blob, new byte[0], "Range", "bytes=3-5")).isEqualTo(200);
    }

    @Test
    void acceptDecides() {
        registry.with(Quirk.ACCEPT_DECIDES);
        registry.load("a", image, "1.0");
        String manifest = "/v2/a/manifests/1.0";

        assertThat(status("GET", manifest, new byte[0])).isEqualTo(404);
        assertThat(status("GET", manifest, new byte[0], "Accept", "x/y, " + image.mediaType()))
                .isEqualTo(200);
    }
}
