/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import static io.github.cnab4j.testkit.Http.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.testkit.Http;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.generate.Content;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedImage;
import io.github.cnab4j.testkit.generate.GeneratedIndex;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.testkit.log.LoggedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FaultTest {
    private final ContentGenerator generator = new ContentGenerator(3);
    private final GeneratedIndex index = generator.multiPlatform(ImageFormat.OCI, TargetPlatform.LINUX_AMD64);
    private final GeneratedImage image = (GeneratedImage) index.children().get(0);
    private final Content layer = image.layers().get(0);
    private final RequestPattern blobReads = RequestPattern.of("GET", Kind.BLOB);
    private TestRegistry registry;
    private Http http;
    private String layerUrl;

    @BeforeEach
    void start() {
        registry = TestRegistry.start();
        http = new Http(registry);
        registry.load("a", index, "1.0");
        layerUrl = "/v2/a/blobs/" + layer.digest();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private HttpResponse<byte[]> pushManifest(String repository, Content manifest) {
        return http.send(
                "PUT",
                "/v2/" + repository + "/manifests/" + manifest.digest(),
                manifest.bytes(),
                "Content-Type",
                manifest.mediaType());
    }

    @Nested
    class Selection {
        @Test
        void onlyTheNthMatchIsStruck() {
            InjectedFault fault = registry.inject(blobReads, Occurrence.nth(2), Fault.status(503));

            assertThat(http.send("HEAD", layerUrl).statusCode()).isEqualTo(200);
            assertThat(http.get(layerUrl).statusCode()).isEqualTo(200);
            assertThat(http.get(layerUrl).statusCode()).isEqualTo(503);
            assertThat(http.get(layerUrl).statusCode()).isEqualTo(200);
            assertThat(fault.strikes()).isEqualTo(1);
        }

        @Test
        void aGlobSelectsPaths() {
            registry.inject(RequestPattern.any().path("/v2/*/manifests/**"), Fault.status(500));

            assertThat(http.get("/v2/a/manifests/1.0").statusCode()).isEqualTo(500);
            assertThat(http.get("/v2/a/b/manifests/1.0").statusCode()).isEqualTo(404);
            assertThat(http.get(layerUrl).statusCode()).isEqualTo(200);
        }

        @Test
        void aFaultTakenBackDoesNotStrike() {
            registry.remove(registry.inject(RequestPattern.any(), Fault.status(500)));
            registry.inject(RequestPattern.of(Kind.TAGS), Fault.status(500));
            registry.clearFaults();

            assertThat(http.get("/v2/a/tags/list").statusCode()).isEqualTo(200);
        }

        @Test
        void severalFaultsStrikeOneRequest() {
            registry.inject(blobReads, Fault.withHeader("X-Test", "1"));
            registry.inject(blobReads, Fault.status(404));

            HttpResponse<byte[]> both = http.get(layerUrl);
            assertThat(both.statusCode()).isEqualTo(404);
            assertThat(header(both, "X-Test")).isEqualTo("1");
        }
    }

    @Nested
    class OnTheResponse {
        @Test
        void aBitIsFlipped() {
            registry.inject(blobReads, Fault.flipBit(700));
            byte[] got = http.get(layerUrl).body();

            byte[] expected = layer.bytes();
            expected[700] ^= 1;
            assertThat(got).isEqualTo(expected);
        }

        @Test
        void itEndsTooEarly() {
            registry.inject(blobReads, Fault.truncate(100));

            assertThatThrownBy(() -> http.trySend("GET", layerUrl, new byte[0])).isInstanceOf(IOException.class);
            assertThat(registry.log().requests().get(0).bytesOut()).isEqualTo(100);
        }

        @Test
        void aTruncatedBodyEndsWithFinAndAResetOneWithRst() throws IOException {
            registry.inject(blobReads, Occurrence.nth(1), Fault.truncate(100));
            registry.inject(blobReads, Occurrence.nth(2), Fault.resetAfter(100));

            byte[] whole = rawGet(layerUrl).toByteArray();
            assertThat(new String(whole, StandardCharsets.ISO_8859_1)).contains("Content-Length: " + layer.size());
            assertThat(bodyOf(whole)).hasSize(100);
            assertThatThrownBy(() -> rawGet(layerUrl))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }

        @Test
        void itIsLostAfterTheRequestTookEffect() {
            registry.inject(RequestPattern.of("PUT", Kind.MANIFEST), Fault.loseResponse());
            Content manifest = Content.of("x/y", "{}".getBytes(UTF_8));

            assertThatThrownBy(() -> http.trySend(
                            "PUT", "/v2/a/manifests/2.0", manifest.bytes(), "Content-Type", manifest.mediaType()))
                    .isInstanceOf(IOException.class);
            assertThat(registry.repository("a").resolve("2.0")).contains(manifest.digest());
            assertThat(registry.log().requests().get(0).status()).isEqualTo(LoggedRequest.NONE);
        }

        @Test
        void fieldsAreWrongOrMissing() {
            registry.inject(RequestPattern.of(Kind.MANIFEST), Fault.withHeader("Content-Type", "text/html"));
            registry.inject(RequestPattern.of(Kind.MANIFEST), Fault.withoutHeader("Docker-Content-Digest"));
            registry.inject(RequestPattern.of(Kind.MANIFEST), Fault.withoutHeader("Content-Length"));

            HttpResponse<byte[]> head = http.send("HEAD", "/v2/a/manifests/1.0");
            HttpResponse<byte[]> get = http.get("/v2/a/manifests/1.0");
            assertThat(header(head, "Content-Type")).isEqualTo("text/html");
            assertThat(head.headers().map()).doesNotContainKeys("docker-content-digest", "content-length");
            assertThat(get.body()).isEqualTo(index.manifest().bytes());
        }

        @Test
        void itIsAnotherBodyOrStatus() {
            registry.inject(blobReads, Occurrence.nth(1), Fault.withBody("<html>".getBytes(UTF_8)));
            registry.inject(blobReads, Occurrence.nth(2), Fault.withStatus(206));

            assertThat(http.get(layerUrl).body()).asString().isEqualTo("<html>");
            assertThat(http.get(layerUrl).statusCode()).isEqualTo(206);
        }

        @Test
        void itsLengthIsWrong() throws IOException {
            registry.inject(blobReads, Occurrence.nth(1), Fault.wrongLength(10));
            registry.inject(blobReads, Occurrence.nth(2), Fault.wrongLength(-10));

            assertThatThrownBy(() -> http.trySend("GET", layerUrl, new byte[0])).isInstanceOf(IOException.class);
            assertThat(rawGet(layerUrl).toString(StandardCharsets.ISO_8859_1))
                    .contains("Content-Length: " + (layer.size() - 10));
        }

        @Test
        void itNamesAnotherDigest() {
            registry.inject(RequestPattern.of(Kind.MANIFEST), Fault.wrongDigest());

            assertThat(header(http.get("/v2/a/manifests/1.0"), "Docker-Content-Digest"))
                    .isEqualTo("sha256:" + "0".repeat(64));
        }

        @Test
        void itComesSlowly() {
            registry.inject(RequestPattern.of(Kind.MANIFEST), Fault.drip(100, Duration.ofMillis(5)));
            byte[] manifest = index.manifest().bytes();

            long begun = System.nanoTime();
            assertThat(http.get("/v2/a/manifests/1.0").body()).isEqualTo(manifest);

            assertThat(System.nanoTime() - begun)
                    .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(5) * (manifest.length / 100));
        }

        @Test
        void itIsNoHttp() throws IOException {
            registry.inject(blobReads, Fault.raw("HTTP/1.1 429 Slow\nContent-Length: 2\n\nno"));

            assertThat(rawGet(layerUrl).toString(UTF_8)).isEqualTo("HTTP/1.1 429 Slow\nContent-Length: 2\n\nno");
        }
    }

    @Nested
    class OnTheRequest {
        @Test
        void theConnectionBreaksBeforeAnythingHappens() {
            registry.inject(RequestPattern.of("PUT", Kind.MANIFEST), Fault.resetBefore());

            assertThatThrownBy(() -> http.trySend("PUT", "/v2/a/manifests/2.0", "{}".getBytes(UTF_8)))
                    .isInstanceOf(IOException.class);
            assertThat(registry.repository("a").hasManifest("2.0")).isFalse();
        }

        @Test
        void theConnectionBreaksInTheBodyAndTheUploadKeepsWhatCame() {
            String location = header(http.send("POST", "/v2/a/blobs/uploads/"), "Location");
            registry.inject(RequestPattern.of("PATCH"), Occurrence.nth(1), Fault.resetAfterRequestBytes(20_000));
            byte[] blob = generator.bytes(100_000);

            assertThatThrownBy(() -> http.trySend("PATCH", location, blob)).isInstanceOf(IOException.class);
            assertThat(header(http.get(location), "Range")).isEqualTo("0-19999");
        }

        @Test
        void aGateHoldsIt() throws Exception {
            Gate gate = new Gate();
            registry.inject(blobReads, Fault.hold(gate));
            CompletableFuture<HttpResponse<byte[]>> held = CompletableFuture.supplyAsync(() -> http.get(layerUrl));

            assertThat(gate.awaitArrivals(1, Duration.ofSeconds(10))).isTrue();
            assertThat(registry.log().inFlight()).isEqualTo(1);
            assertThat(held).isNotDone();
            gate.open();
            assertThat(held.get(10, TimeUnit.SECONDS).body()).isEqualTo(layer.bytes());
            assertThat(registry.log().maxInFlight()).isEqualTo(1);
        }

        @Test
        void itTakesEffectLater() {
            registry.inject(blobReads, Fault.delay(Duration.ofMillis(30)));

            long begun = System.nanoTime();
            assertThat(http.get(layerUrl).body()).isEqualTo(layer.bytes());

            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
        }

        @Test
        void anUploadIsForgotten() {
            String location = header(http.send("POST", "/v2/a/blobs/uploads/"), "Location");
            registry.inject(RequestPattern.of(Kind.UPLOAD), Occurrence.nth(1), Fault.loseUpload());

            HttpResponse<byte[]> lost = http.send("PATCH", location, "part".getBytes(UTF_8));
            assertThat(lost.statusCode()).isEqualTo(404);
            assertThat(lost.body()).asString().contains("BLOB_UPLOAD_UNKNOWN");
            assertThat(http.get(location).statusCode()).isEqualTo(404);
            assertThat(registry.openUploads()).isZero();
        }

        @Test
        void aTokenHasEnded() {
            try (TestRegistry closed = TestRegistry.builder()
                    .access(Access.basic(Account.of("ann", "secret")))
                    .start()) {
                closed.load("a", index, "1.0");
                closed.inject(RequestPattern.any(), Occurrence.nth(1), Fault.expiredToken());
                Http ann = new Http(closed);
                String basic = "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(UTF_8));

                assertThat(ann.send("GET", layerUrl, new byte[0], "Authorization", basic)
                                .statusCode())
                        .isEqualTo(401);
                assertThat(ann.send("GET", layerUrl, new byte[0], "Authorization", basic)
                                .statusCode())
                        .isEqualTo(200);
            }
        }

        @Test
        void aMountIsRefusedWithASessionOrAnError() {
            String mount = "/v2/b/blobs/uploads/?mount=" + layer.digest() + "&from=a";
            registry.inject(RequestPattern.of("POST", Kind.UPLOAD), Occurrence.nth(1), Fault.refuseMount());
            registry.inject(RequestPattern.of("POST", Kind.UPLOAD), Occurrence.nth(2), Fault.refuseMount(403));

            HttpResponse<byte[]> session = http.send("POST", mount);
            assertThat(session.statusCode()).isEqualTo(202);
            assertThat(header(session, "Location")).startsWith("/v2/b/blobs/uploads/");
            assertThat(http.send("POST", mount).statusCode()).isEqualTo(403);
            assertThat(http.send("POST", mount).statusCode()).isEqualTo(201);
        }

        @Test
        void itIsRedirected() {
            registry.inject(blobReads, Fault.redirect(307, "http://127.0.0.1:1/x%2Fy?sig=~+"));

            HttpResponse<byte[]> redirect = http.get(layerUrl);
            assertThat(redirect.statusCode()).isEqualTo(307);
            assertThat(header(redirect, "Location")).isEqualTo("http://127.0.0.1:1/x%2Fy?sig=~+");
        }

        @Test
        void itIsToldToSlowDown() {
            registry.inject(RequestPattern.any(), Fault.tooManyRequests("3"));
            assertThat(header(http.get(layerUrl), "Retry-After")).isEqualTo("3");
        }
    }

    @Nested
    class Manifests {
        private final RequestPattern puts = RequestPattern.of("PUT", Kind.MANIFEST);

        @Test
        void areRefusedByMediaType() {
            registry.inject(
                    puts,
                    Fault.refuseManifest(
                            ManifestCondition.mediaType(ImageFormat.OCI.index()), 415, ErrorCode.UNSUPPORTED));

            HttpResponse<byte[]> refused = pushManifest("a", index.manifest());
            assertThat(refused.statusCode()).isEqualTo(415);
            assertThat(refused.body()).asString().contains("UNSUPPORTED");
            assertThat(pushManifest("a", image.manifest()).statusCode()).isEqualTo(201);
        }

        @Test
        void areRefusedByConfigMediaType() {
            registry.inject(
                    puts,
                    Fault.refuseManifest(
                            ManifestCondition.configMediaType(ImageFormat.OCI.config()),
                            400,
                            ErrorCode.MANIFEST_INVALID));

            assertThat(pushManifest("a", image.manifest()).statusCode()).isEqualTo(400);
            assertThat(pushManifest("a", index.manifest()).statusCode()).isEqualTo(201);
        }

        @Test
        void areRefusedByTheMediaTypeOfAChild() {
            registry.inject(
                    puts,
                    Fault.refuseManifest(
                            ManifestCondition.index().and(ManifestCondition.childMediaType(ImageFormat.OCI.manifest())),
                            400,
                            ErrorCode.MANIFEST_INVALID));

            assertThat(pushManifest("a", index.manifest()).statusCode()).isEqualTo(400);
            assertThat(pushManifest("a", image.manifest()).statusCode()).isEqualTo(201);
        }
    }

    private ByteArrayOutputStream rawGet(String target) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", registry.uri().getPort())) {
            socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(UTF_8));
            socket.getInputStream().transferTo(all);
        }
        return all;
    }

    private static byte[] bodyOf(byte[] message) {
        int start = new String(message, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        return Arrays.copyOfRange(message, start, message.length);
    }
}
