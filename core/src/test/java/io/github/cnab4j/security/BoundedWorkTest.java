/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.RegistryClient;
import io.github.cnab4j.registry.RegistryStore;
import io.github.cnab4j.remotes.ArtifactCopyOptions;
import io.github.cnab4j.remotes.PublishOptions;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What never ends, or claims to be huge, costs little memory, few bytes and an error in words. */
@Timeout(120)
class BoundedWorkTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    /** More than any limit on a small answer, with what the sockets' buffers hold. */
    private static final long MOST_READ = 48L << 20;

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    Path directory;

    /** A text again and again, until the client hangs up; how much went out. */
    private static final class Endless implements Body {
        private final String text;
        private final AtomicLong written = new AtomicLong();

        Endless(String text) {
            this.text = text;
        }

        @Override
        public long length() {
            return Request.UNKNOWN_LENGTH;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            byte[] block = text.repeat(Math.max(1, 8192 / text.length())).getBytes(UTF_8);
            while (written.get() < 1L << 40) {
                out.write(block);
                written.addAndGet(block.length);
            }
        }
    }

    private CnabException failure(Runnable work) {
        CnabException failure = catchThrowableOfType(CnabException.class, work::run);
        assertThat(failure).as("failure").isNotNull();
        assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(4000);
        return failure;
    }

    /** S16: each answer that is kept in memory. */
    @ParameterizedTest
    @CsvSource({
        "200, TOKEN, {\"token\":\"a",
        "403, TOKEN, no",
        "200, TAGS, {\"tags\":[\"a",
        "200, TAGS, '[1,'",
        "500, MANIFEST, no",
        "400, MANIFEST, {\"errors\":[",
        "200, MANIFEST, '{\"schemaVersion\":2,'",
        "401, PING, no",
        "404, BLOB, no",
        "404, UPLOAD, no"
    })
    void endlessAnswer_isGivenUp(int status, Kind kind, String text) {
        TestRegistry registry = scene.filled(kind == Kind.TOKEN ? Scene.TOKENS : Access.anonymous());
        Endless endless = new Endless(text);
        registry.inject(
                RequestPattern.of(kind).and(request -> !request.method().equals("HEAD")),
                Fault.reply(Response.of(status)
                        .with(
                                "Content-Type",
                                kind == Kind.MANIFEST ? MediaType.OCI_MANIFEST.value() : "application/json")
                        .withBody(endless)));
        if (kind == Kind.UPLOAD) {
            registry.repository("app")
                    .deleteBlob(Scene.LAYER.descriptor().digest().toString());
        }
        RegistryClient client = scene.keep(Scene.ann().build());
        RegistryStore store = client.store(new Repository(registry.host(), "app"));

        failure(() -> {
            switch (kind) {
                case TAGS -> store.tags(SCOPE);
                case PING -> client.checkAccess(SCOPE, registry.host());
                case BLOB -> Verified.readAll(SCOPE, store, Scene.LAYER.descriptor(), 1 << 20);
                case UPLOAD -> store.push(SCOPE, Scene.LAYER.descriptor(), Scene.LAYER.source(), PushHints.NONE);
                default -> store.resolveAndRead(SCOPE, "1.0", 4 << 20);
            }
        });

        assertThat(endless.written).hasPositiveValue().hasValueLessThan(MOST_READ);
    }

    /** S16, S15: content that goes on after its size. */
    @Test
    void blobThatGoesOnAfterItsSize_isCut() {
        TestRegistry registry = scene.filled(Access.anonymous());
        Endless endless = new Endless("x");
        registry.inject(
                RequestPattern.of("GET", Kind.BLOB),
                Fault.reply(Response.of(200).withBody(endless)));
        TestRegistry target = scene.registry();

        copyFails(registry, target);

        assertThat(endless.written).hasPositiveValue().hasValueLessThan(MOST_READ);
        assertThat(target.repository("app").blobs()).isEmpty();
    }

    /** S23: pages without end, each with a next one that was never there before. */
    @Test
    void pagesWithoutEnd_areGivenUp() {
        TestRegistry registry = scene.filled(Access.anonymous());
        AtomicInteger pages = new AtomicInteger();
        StringBuilder tags = new StringBuilder("{\"name\":\"app\",\"tags\":[\"t\"");
        for (int i = 0; i < 30_000; i++) {
            tags.append(",\"tag-").append(i).append('"');
        }
        byte[] page = tags.append("]}").toString().getBytes(UTF_8);
        registry.inject(
                RequestPattern.of(Kind.TAGS),
                Fault.custom((request, next) -> Response.of(200)
                        .with("Link", "</v2/app/tags/list?last=" + pages.incrementAndGet() + ">; rel=\"next\"")
                        .withBody(Body.of(page))));

        CnabException refused =
                failure(() -> scene.store(registry, Scene.nobody()).tags(SCOPE));

        assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        // A million tags, 30,001 a page.
        assertThat(pages).hasValue(34);
    }

    /** S15: memory is not taken by what a descriptor claims. */
    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "9007199254740991", "1099511627776", "-1", "0", "4194305", "1e3"})
    void manifestThatClaimsASize_isRefusedOrFoundWrong(String size) {
        TestRegistry registry = scene.filled(Access.anonymous());
        TestRegistry target = scene.registry();
        String index = "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + MediaType.OCI_MANIFEST
                + "\",\"digest\":\"" + Scene.MANIFEST.descriptor().digest() + "\",\"size\":" + size + "}]}";
        registry.repository("app").putManifest(MediaType.OCI_INDEX.value(), index.getBytes(UTF_8), "1.0");

        copyFails(registry, target);

        assertThat(target.repository("app").manifests()).isEmpty();
    }

    /** Design, section 7: as deep as one likes. */
    @Test
    void indexesInIndexes_areFollowedSoFarAndNoFarther() {
        TestRegistry registry = scene.filled(Access.anonymous());
        TestRegistry target = scene.registry();
        String digest = Scene.MANIFEST.descriptor().digest().toString();
        long size = Scene.MANIFEST.bytes().length;
        MediaType type = MediaType.OCI_MANIFEST;
        for (int i = 0; i < 300; i++) {
            byte[] index = ("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest
                            + "\",\"size\":" + size + "}]}")
                    .getBytes(UTF_8);
            digest = registry.repository("app").putManifest(MediaType.OCI_INDEX.value(), index, "1.0");
            size = index.length;
            type = MediaType.OCI_INDEX;
        }

        CnabException refused = copyFails(registry, target);

        assertThat(refused).hasMessageContaining("deeper than");
        assertThat(registry.log().count("GET", Kind.MANIFEST)).isLessThan(50);
        assertThat(target.repository("app").tags()).isEmpty();
    }

    /** An index of a few megabytes can name tens of thousands; none is asked for twice, and they are bounded. */
    @Test
    void indexOfCountlessManifests_isRefused() {
        TestRegistry registry = scene.filled(Access.anonymous());
        TestRegistry target = scene.registry();
        String entry = ",{\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"digest\":\"sha256:%064x\",\"size\":2}";
        StringBuilder index = new StringBuilder(
                "{\"schemaVersion\":2,\"manifests\":[" + entry.substring(1).formatted(0));
        for (int i = 1; index.length() < (4 << 20) - 400; i++) {
            index.append(entry.formatted(i));
        }
        registry.repository("app")
                .putManifest(
                        MediaType.OCI_INDEX.value(),
                        index.append("]}").toString().getBytes(UTF_8),
                        "1.0");

        copyFails(registry, target);

        assertThat(registry.log().count("GET", Kind.MANIFEST)).isLessThan(200);
    }

    /** S14, S17: what describes an archive is not read by the size that its header claims. */
    @ParameterizedTest
    @ValueSource(strings = {"artifacts/layout/index.json", "artifacts/layout/oci-layout", "bundle.json"})
    void archiveMemberOfTenGigabytes_isNotRead(String member) throws IOException {
        Path archive = directory.resolve("bomb.tar");
        try (OutputStream out = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            file(tar, "artifacts/layout/oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}", member);
            file(tar, "artifacts/layout/index.json", "{\"schemaVersion\":2,\"manifests\":[]}", member);
            file(tar, "bundle.json", "{\"name\":\"a\",\"invocationImages\":[]}", member);
            tar.finish();
        }
        appendHole(archive, member, 10L << 30);
        TestRegistry target = scene.registry();

        CnabException refused = failure(() -> publish(archive, target));

        assertThat(refused.code()).isIn(ErrorCode.LIMIT_EXCEEDED, ErrorCode.INVALID_ARCHIVE);
        assertThat(target.log().count()).isZero();
    }

    /** One more member, a hole of which the file system holds nothing. */
    private static void appendHole(Path archive, String name, long size) throws IOException {
        byte[] entries = Files.readAllBytes(archive);
        int end = 0;
        while (entries[end] != 0) {
            int length = Integer.parseInt(new String(entries, end + 124, 11, UTF_8).strip(), 8);
            end += 512 + (length + 511) / 512 * 512;
        }
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(one);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        tar.flush();
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(one.toByteArray(), 0, 512), end);
            file.write(ByteBuffer.wrap(new byte[1024]), end + 512 + size);
        }
    }

    private static void file(TarArchiveOutputStream tar, String name, String content, String left) throws IOException {
        if (!name.equals(left)) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length());
            tar.putArchiveEntry(entry);
            tar.write(content.getBytes(UTF_8));
            tar.closeArchiveEntry();
        }
    }

    /** S17: a layer is carried as it is; nobody decompresses it, whatever it would become. */
    @Test
    void layerThatWouldGrowWithoutEnd_isCarriedAsItIs() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                gzip.write(zeros);
            }
        }
        TestContent layer = TestContent.blob(bomb.toByteArray());
        TestContent manifest = TestContent.manifest(layer);
        TestRegistry registry = scene.registry();
        TestRegistry target = scene.registry();
        registry.repository("app").putBlob(layer.bytes());
        registry.repository("app").putBlob(TestContent.config().bytes());
        registry.repository("app").putManifest(MediaType.OCI_MANIFEST.value(), manifest.bytes(), "1.0");
        registry.inject(RequestPattern.of("GET", Kind.BLOB), Fault.withHeader("Content-Encoding", "gzip"));

        try (Remotes remotes = Remotes.builder().build()) {
            remotes.copy(
                    Location.parse(registry.host() + "/app:1.0"),
                    Location.parse(target.host() + "/app:1.0"),
                    ArtifactCopyOptions.defaults());
        }

        assertThat(target.repository("app").blob(layer.descriptor().digest().toString()))
                .isEqualTo(layer.bytes());
    }

    private void publish(Path archive, TestRegistry target) {
        try (Remotes remotes = Remotes.builder().build()) {
            remotes.publish(archive, Location.parse(target.host() + "/app:1"), PublishOptions.defaults());
        }
    }

    private CnabException copyFails(TestRegistry from, TestRegistry to) {
        return failure(() -> {
            try (Remotes remotes = Remotes.builder().build()) {
                remotes.copy(
                        Location.parse(from.host() + "/app:1.0"),
                        Location.parse(to.host() + "/app:1.0"),
                        ArtifactCopyOptions.defaults());
            }
        });
    }
}
