/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.remotes.ArtifactCopyOptions;
import io.github.cnab4j.remotes.PullResult;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A digest means these bytes and one reading of them, whatever a registry says or sends. */
@Timeout(60)
class ContentIdentityTest {
    private static final String MANIFEST_TYPE = MediaType.OCI_MANIFEST.value();
    private static final String INDEX_TYPE = MediaType.OCI_INDEX.value();

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    Path directory;

    /** Where a copy goes. */
    private enum Target {
        REGISTRY,
        LAYOUT,
        ARCHIVE
    }

    private CnabException refusedCopy(String from, Location to) {
        CnabException refused = catchThrowableOfType(CnabException.class, () -> {
            try (Remotes remotes = Remotes.builder().build()) {
                remotes.copy(Location.parse(from), to, ArtifactCopyOptions.defaults());
            }
        });
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.getMessage()).isNotBlank();
        return refused;
    }

    private static PullResult pull(String reference) {
        try (Remotes remotes = Remotes.builder().build()) {
            return remotes.pull(Reference.parse(reference));
        }
    }

    /** Puts a bundle into a repository; gives the index's digest. */
    private static String putBundle(TestRegistry registry, String tag, String json) {
        TestRepository repository = registry.repository("app");
        byte[] bundle = json.getBytes(UTF_8);
        String config = repository.putBlob(bundle);
        byte[] manifest =
                ("{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.cnab.config.v1+json\",\"digest\":\""
                                + config + "\",\"size\":" + bundle.length + "},\"layers\":null}")
                        .getBytes(UTF_8);
        String child = repository.putManifest(MANIFEST_TYPE, manifest);
        byte[] index = ("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + MANIFEST_TYPE + "\",\"digest\":\""
                        + child
                        + "\",\"size\":" + manifest.length
                        + ",\"annotations\":{\"io.cnab.manifest.type\":\"config\"}}]}")
                .getBytes(UTF_8);
        return repository.putManifest(INDEX_TYPE, index, tag);
    }

    private static String bundle(String name) {
        return "{\"name\":\"" + name + "\",\"invocationImages\":[]}";
    }

    /** S10: the digest that was asked for stands in the header, the bytes are another's. */
    @ParameterizedTest
    @ValueSource(strings = {"MANIFEST", "BLOB"})
    void otherContentUnderThePinnedDigest_isRefused(Kind kind) {
        TestRegistry registry = scene.registry();
        String pinned = putBundle(registry, "1", bundle("good"));
        String other = putBundle(registry, "2", bundle("evil"));
        InjectedFault lie = registry.inject(
                RequestPattern.of("GET", kind),
                Fault.custom((request, next) -> next.handle(request)
                        .withBody(Body.of(
                                kind == Kind.MANIFEST
                                        ? registry.repository("app").manifest(other)
                                        : bundle("evil").getBytes(UTF_8)))));

        CnabException refused =
                catchThrowableOfType(CnabException.class, () -> pull(registry.host() + "/app@" + pinned));

        assertThat(refused).isNotNull();
        assertThat(lie.strikes()).isPositive();
    }

    /** S24: the tag moves on while it is read. */
    @Test
    void tagThatMovesWhileItIsRead_givesOneOfTheTwo_neverAMixture() {
        TestRegistry registry = scene.registry();
        String first = putBundle(registry, "1", bundle("first"));
        InjectedFault move =
                registry.inject(RequestPattern.of(Kind.MANIFEST), Occurrence.first(1), Fault.custom((request, next) -> {
                    Response answer = next.handle(request);
                    putBundle(registry, "1", bundle("second"));
                    return answer;
                }));

        PullResult pulled = pull(registry.host() + "/app:1");

        assertThat(move.strikes()).isEqualTo(1);
        assertThat(pulled.digest().toString()).isEqualTo(first);
        assertThat(pulled.bundle().name()).isEqualTo("first");
    }

    /** S24, for a copy: what was resolved is what gets the tag. */
    @Test
    void tagThatMovesDuringACopy_doesNotMoveTheCopy() {
        TestRegistry registry = scene.registry();
        TestRegistry target = scene.registry();
        String first = putBundle(registry, "1", bundle("first"));
        registry.inject(RequestPattern.of(Kind.MANIFEST), Occurrence.first(1), Fault.custom((request, next) -> {
            Response answer = next.handle(request);
            putBundle(registry, "1", bundle("second"));
            return answer;
        }));

        try (Remotes remotes = Remotes.builder().build()) {
            remotes.copy(
                    Location.parse(registry.host() + "/app:1"),
                    Location.parse(target.host() + "/app:1"),
                    ArtifactCopyOptions.defaults());
        }

        assertThat(target.repository("app").resolve("1")).contains(first);
    }

    /** S12: one document, two readings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaVersion\":2,\"manifests\":[],\"config\":%1$s,\"layers\":[]}",
                "{\"schemaVersion\":2,\"manifests\":[],\"layers\":[%1$s]}",
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"config\":%1$s,\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":%1$s,\"config\":%1$s,\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":%1$s,\"layers\":[],\"l\\u0061yers\":[%1$s]}"
            })
    void documentWithTwoReadings_isNotCopied(String template) {
        TestRegistry registry = scene.registry();
        TestRegistry target = scene.registry();
        TestContent config = TestContent.config();
        registry.repository("app").putBlob(config.bytes());
        String document = template.formatted("{\"mediaType\":\"" + MediaType.OCI_CONFIG + "\",\"digest\":\""
                + config.descriptor().digest() + "\",\"size\":" + config.bytes().length + "}");
        for (String type : List.of(MANIFEST_TYPE, INDEX_TYPE)) {
            registry.repository("app").putManifest(type, document.getBytes(UTF_8), "1");

            refusedCopy(registry.host() + "/app:1", Location.parse(target.host() + "/app:1"));

            assertThat(target.repository("app").manifests()).isEmpty();
        }
    }

    /** S11: what is no digest never becomes a path or a URL, wherever it stands. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:../../../../etc/passwd",
                "sha256:00",
                "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "SHA256:0000000000000000000000000000000000000000000000000000000000000000",
                "sha256:000000000000000000000000000000000000000000000000000000000000000G",
                "sha256:A000000000000000000000000000000000000000000000000000000000000000",
                "sha256:0000000000000000000000000000000000000000000000000000000000000000/..",
                "sha256:",
                "../sha256:0000000000000000000000000000000000000000000000000000000000000000",
                ""
            })
    void invalidDigest_isNeitherAskedForNorWritten(String digest) throws IOException {
        TestRegistry registry = scene.registry();
        String pointer = "{\"mediaType\":\"%s\",\"digest\":\"" + digest + "\",\"size\":2}";
        String good = pointer.replace("\"digest\":\"" + digest, "\"digest\":\"" + Digest.sha256("{}".getBytes(UTF_8)))
                .formatted(MediaType.OCI_CONFIG);
        registry.repository("app").putBlob("{}".getBytes(UTF_8));
        List<String> documents = List.of(
                "{\"schemaVersion\":2,\"config\":" + pointer.formatted(MediaType.OCI_CONFIG) + ",\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":" + good + ",\"layers\":["
                        + pointer.formatted("application/octet-stream") + "]}",
                "{\"schemaVersion\":2,\"manifests\":[" + pointer.formatted(MANIFEST_TYPE) + "]}",
                "{\"schemaVersion\":2,\"config\":" + good + ",\"layers\":[],\"subject\":"
                        + pointer.formatted(MANIFEST_TYPE) + "}");
        for (String document : documents) {
            String type = document.contains("manifests") ? INDEX_TYPE : MANIFEST_TYPE;
            registry.repository("app").putManifest(type, document.getBytes(UTF_8), "1");
            Path layout = directory.resolve("layout");

            refusedCopy(registry.host() + "/app:1", Location.parse("oci:" + layout + ":1"));

            assertThat(filesBelow(layout.resolve("blobs"))).isEmpty();
        }
        List<String> known = Stream.of(
                        Stream.of("1"),
                        registry.repository("app").manifests().stream(),
                        registry.repository("app").blobs().stream())
                .flatMap(names -> names)
                .toList();
        assertThat(registry.log().requests()).allMatch(request -> known.contains(request.reference()));
        assertThat(filesBelow(directory)).allMatch(file -> file.startsWith(directory.resolve("layout")));
    }

    /** What a registry lists as tags may be asked for, printed, put into a path. */
    @Test
    void textsThatAreNoTags_areNotListed() {
        TestRegistry registry = scene.registry();
        registry.inject(
                RequestPattern.of(Kind.TAGS),
                Fault.withBody("{\"tags\":[\"1.0\",\"../../x\",\"\",\"\\u001b[31mred\",\"a b\",\"latest\",null,7]}"
                        .getBytes(UTF_8)));
        putBundle(registry, "1.0", bundle("a"));

        assertThat(scene.store(registry, Scene.nobody()).tags(CallScope.unbounded()))
                .containsExactly("1.0", "latest");
    }

    /** S30: a cache that answers with a page of its own. */
    @ParameterizedTest
    @EnumSource
    void unverifiedAnswer_isNotCommittedAnywhere(Target kind) throws IOException {
        TestRegistry registry = scene.registry();
        Scene.fill(registry);
        TestRegistry target = scene.registry();
        String digest = Scene.LAYER.descriptor().digest().toString();
        byte[] page = "<html>log in</html>".repeat(30_000).getBytes(UTF_8);
        registry.inject(
                RequestPattern.of("GET", Kind.BLOB).path("/v2/app/blobs/" + digest),
                Fault.custom((request, next) ->
                        next.handle(request).withBody(Body.of(Arrays.copyOf(page, Scene.LAYER.bytes().length)))));
        Location to = Location.parse(
                switch (kind) {
                    case REGISTRY -> target.host() + "/app:1";
                    case LAYOUT -> "oci:" + directory.resolve("layout") + ":1";
                    case ARCHIVE -> "oci-archive:" + directory.resolve("archive.tar") + ":1";
                });

        CnabException refused = refusedCopy(registry.host() + "/app:1.0", to);

        assertThat(refused).hasMessageContaining(digest);
        assertThat(target.repository("app").hasBlob(digest)).isFalse();
        assertThat(target.repository("app").tags()).isEmpty();
        assertThat(filesBelow(directory))
                .noneMatch(file -> file.getFileName()
                        .toString()
                        .equals(Scene.LAYER.descriptor().digest().hex()))
                .noneMatch(file -> file.toString().contains("archive"))
                .allMatch(file -> sizeOf(file) < page.length / 2);
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static List<Path> filesBelow(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
