/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.archive.ArchiveFile;
import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles into archives and out of them again. */
class ArchiveTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final CallScope SCOPE = CallScope.unbounded();

    @RegisterExtension
    final RegistryExtension sources = new RegistryExtension();

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    @TempDir
    Path directory;

    private Digest digest;
    private Location source;
    private Location target;
    private Path file;

    @BeforeEach
    void pushTheExample() throws IOException {
        source = Location.parse(sources.registry().host() + "/apps/hello:1.0");
        target = Location.parse(targets.registry().host() + "/carried/hello:2");
        file = directory.resolve("hello.tgz");
        Bundle bundle = Bundle.parse(Files.readAllBytes(EXAMPLES.resolve("bundle.json")));
        try (Remotes remotes = Remotes.builder().build()) {
            digest = remotes.fixupAndPush(
                            bundle,
                            source,
                            FixupOptions.defaults().withFrom(ImageSource.parse("oci:" + EXAMPLES.resolve("images"))),
                            PushOptions.defaults())
                    .descriptor()
                    .digest();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd"})
    void aBundleCarriedInAnArchive_isTheSameBundle(String compression) {
        ArchiveResult archived = archive(file, Compression.parse(compression));
        sources.registry().close();

        PushResult published = publish(file);
        PullResult pulled = pull(target);

        assertThat(archived.digest()).isEqualTo(digest);
        assertThat(archived.size()).isEqualTo(file.toFile().length());
        assertThat(published.descriptor().digest()).isEqualTo(digest);
        assertThat(pulled.digest()).isEqualTo(digest);
        assertThat(pulled.relocationMap().entries().values())
                .allMatch(place -> place.startsWith(target.repositoryOnly() + "@sha256:"));
    }

    @Test
    void publishingAgain_sendsNothing() {
        archive(file, Compression.gzip());
        publish(file);

        PushResult again = publish(file);

        assertThat(again.report().uploaded()).isZero();
        assertThat(again.descriptor().digest()).isEqualTo(digest);
    }

    /** What came before the failure is not sent again. */
    @Test
    void publishingAfterAFailure_sendsTheRest() {
        archive(file, Compression.gzip());
        InjectedFault refusal = targets.registry().inject(RequestPattern.of("PUT", Kind.MANIFEST), Fault.status(403));
        assertThat(catchThrowable(() -> publish(file))).isInstanceOf(CnabException.class);
        assertThat(targets.registry().repository("carried/hello").resolve("2")).isEmpty();
        List<String> before = targets.registry().repository("carried/hello").blobs();
        targets.registry().remove(refusal);

        PushResult published = publish(file);

        int blobs = targets.registry().repository("carried/hello").blobs().size();
        int manifests =
                targets.registry().repository("carried/hello").manifests().size();
        assertThat(before).isNotEmpty();
        assertThat(published.report().uploaded()).isEqualTo(blobs - before.size() + manifests);
        assertThat(published.descriptor().digest()).isEqualTo(digest);
    }

    /** One facade for a service's life: an archive is looked at anew by each operation. */
    @Test
    void anArchiveThatChanged_isReadAnew() throws IOException {
        archive(file, Compression.gzip());
        try (Remotes remotes = Remotes.builder().build()) {
            remotes.publish(file, target, PublishOptions.defaults());
            Files.writeString(file, "no archive any more");

            assertThat(catchThrowable(() -> remotes.publish(file, target, PublishOptions.defaults())))
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void archive_hasTheMembersOfCnab104_whatDescribesItFirst() throws IOException {
        archive(file, Compression.none());

        List<String> names = TarFiles.names(file);

        assertThat(names)
                .startsWith(
                        "bundle.json",
                        "relocation-mapping.json",
                        "artifacts/",
                        "artifacts/layout/",
                        "artifacts/layout/oci-layout",
                        "artifacts/layout/index.json",
                        "artifacts/layout/blobs/",
                        "artifacts/layout/blobs/sha256/");
        Set<String> blobs = names.stream()
                .filter(name -> name.matches("artifacts/layout/blobs/sha256/[0-9a-f]{64}"))
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
        assertThat(blobs).isEqualTo(imageBlobs());
    }

    @Test
    void archive_holdsTheBundleAndTheMapOfItsImages() {
        archive(file, Compression.gzip());

        try (ArchiveFile archive = ArchiveFile.open(SCOPE, file)) {
            Bundle bundle = Bundle.parse(member(archive, "bundle.json"));
            RelocationMap map = RelocationMap.parse(member(archive, "relocation-mapping.json"));
            PullResult pulled = pull(source);

            assertThat(bundle).isEqualTo(pulled.bundle());
            assertThat(map).isEqualTo(pulled.relocationMap());
            assertThat(map.entries().values())
                    .allSatisfy(place -> assertThat(
                                    new String(member(archive, "artifacts/layout/index.json"), StandardCharsets.UTF_8))
                            .contains("\"org.opencontainers.image.ref.name\":\"" + place + "\""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd"})
    void equalContent_givesEqualBytes(String compression) throws IOException {
        Path other = directory.resolve("other.tgz");
        Compression kind = Compression.parse(compression);

        archive(file, kind);
        try (Remotes remotes = Remotes.builder().build()) {
            remotes.archive(
                    source,
                    other,
                    ArchiveOptions.defaults().withCompression(kind).withParallelism(1));
        }

        assertThat(other).hasSameBinaryContentAs(file);
    }

    @Test
    void aLayoutsBundle_isArchivedUnderTheNamesOfItsImages() {
        Location layout = Location.parse("oci:" + directory.resolve("layout") + ":1");
        copy(source, layout);

        try (Remotes remotes = Remotes.builder().build()) {
            ArchiveResult archived = remotes.archive(layout, file, ArchiveOptions.defaults());

            assertThat(archived.relocationMap().entries().values())
                    .allMatch(place -> place.matches("example\\.com/hello/[a-z]+@sha256:[0-9a-f]{64}"));
        }
        assertThat(publish(file).descriptor().digest()).isEqualTo(digest);
    }

    @Test
    void aBundleWhoseIndexIsNotTheUsualOne_isSaidToGetAnother() throws IOException {
        Location other = source.withTag("other");
        Bundle bundle = Bundle.parse(Files.readAllBytes(EXAMPLES.resolve("bundle.json")));
        try (Remotes remotes = Remotes.builder().build()) {
            remotes.fixupAndPush(
                    bundle,
                    other,
                    FixupOptions.defaults().withFrom(ImageSource.parse("oci:" + EXAMPLES.resolve("images"))),
                    PushOptions.defaults().withManifestOption(index -> index.with("annotations", JsonObject.empty())));

            assertThat(remotes.archive(other, file, ArchiveOptions.defaults()).warnings())
                    .extracting(Warning::kind)
                    .contains(Warning.Kind.INDEX_NOT_KEPT);
            assertThat(remotes.archive(source, file, ArchiveOptions.defaults()).warnings())
                    .isEmpty();
        }
    }

    @Test
    void aRegistryThatGivesOtherBytes_leavesNothing() {
        sources.registry().inject(RequestPattern.of("GET", Kind.BLOB), Fault.flipBit(3));

        Throwable failure = catchThrowable(() -> archive(file, Compression.gzip()));

        assertThat(failure).isInstanceOf(CnabException.class).hasMessageContaining("content mismatch");
        assertThat(files()).isEmpty();
    }

    @Test
    void anArchiveIsAStoreToCopyToAndFrom() {
        Location archive = Location.parse("oci-archive:" + directory.resolve("images.tar") + ":1");

        ArtifactCopyResult there = copy(source, archive);
        ArtifactCopyResult back = copy(archive, target);

        assertThat(there.location()).isEqualTo(archive.pinnedTo(digest));
        assertThat(back.descriptor().digest()).isEqualTo(digest);
        assertThat(pull(archive).digest()).isEqualTo(digest);
        assertThat(pull(target).digest()).isEqualTo(digest);
    }

    @Test
    void imagesOfAThickBundle_canBeCopiedOutOfIt() {
        archive(file, Compression.gzip());
        String image = pull(source).bundle().images().get("worker").base().contentDigest();

        ArtifactCopyResult copied = copy(Location.parse("oci-archive:" + file + "@" + image), target);

        assertThat(copied.descriptor().digest()).hasToString(image);
    }

    @Test
    void aBundleIsPushedIntoAnArchive() throws IOException {
        Location archive = Location.parse("oci-archive:" + directory.resolve("pushed.tar") + ":1");
        Bundle bundle = Bundle.parse(Files.readAllBytes(EXAMPLES.resolve("bundle.json")));

        try (Remotes remotes = Remotes.builder().build()) {
            PushResult pushed = remotes.fixupAndPush(
                    bundle,
                    archive,
                    FixupOptions.defaults().withFrom(ImageSource.parse("oci:" + EXAMPLES.resolve("images"))),
                    PushOptions.defaults());

            assertThat(pushed.descriptor().digest()).isEqualTo(digest);
            assertThat(remotes.pull(archive).digest()).isEqualTo(digest);
        }
        assertThat(copy(archive, target).descriptor().digest()).isEqualTo(digest);
    }

    @Test
    void imagesOfAPush_areTakenFromAnArchive() {
        archive(file, Compression.gzip());
        Bundle bundle = pull(source).bundle();
        sources.registry().close();

        try (Remotes remotes = Remotes.builder().build()) {
            PushResult pushed = remotes.fixupAndPush(
                    bundle,
                    target,
                    FixupOptions.defaults()
                            .withFrom(ImageSource.parse("oci-archive:" + file))
                            .withRelocationMap(relocationMapIn(file)),
                    PushOptions.defaults());

            assertThat(pushed.descriptor().digest()).isEqualTo(digest);
        }
    }

    @Test
    void anArchiveThatIsThere_isReplacedOnlyByAWholeOne() throws IOException {
        Files.writeString(file, "precious");

        Throwable failure = catchThrowable(() -> {
            try (Remotes remotes = Remotes.builder().build()) {
                remotes.archive(source.withTag("absent"), file, ArchiveOptions.defaults());
            }
        });

        assertThat(failure).isInstanceOf(CnabException.class);
        assertThat(file).hasContent("precious");
        assertThat(files()).containsExactly("hello.tgz");
        archive(file, Compression.gzip());
        assertThat(publish(file).descriptor().digest()).isEqualTo(digest);
    }

    @Test
    void stopped_leavesNothing() {
        Cancellation stop = new Cancellation();

        Throwable failure = catchThrowable(() -> {
            try (Remotes remotes = Remotes.builder().scope(stop).build()) {
                stop.cancel();
                remotes.archive(source, file, ArchiveOptions.defaults());
            }
        });

        assertThat(failure).isInstanceOf(CancelledException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatCannotBeWritten_isSaidBeforeAnythingIsRead() {
        sources.registry().close();

        FileException failure = catchThrowableOfType(
                FileException.class, () -> archive(directory.resolve("absent").resolve("a.tgz"), Compression.gzip()));

        assertThat(failure).hasMessageContaining("directory does not exist");
    }

    private ArchiveResult archive(Path path, Compression compression) {
        try (Remotes remotes = Remotes.builder().build()) {
            return remotes.archive(source, path, ArchiveOptions.defaults().withCompression(compression));
        }
    }

    private PushResult publish(Path path) {
        try (Remotes remotes = Remotes.builder().build()) {
            return remotes.publish(path, target, PublishOptions.defaults());
        }
    }

    private static PullResult pull(Location location) {
        try (Remotes remotes = Remotes.builder().build()) {
            return remotes.pull(location);
        }
    }

    private static ArtifactCopyResult copy(Location from, Location to) {
        try (Remotes remotes = Remotes.builder().build()) {
            return remotes.copy(from, to, ArtifactCopyOptions.defaults());
        }
    }

    private static RelocationMap relocationMapIn(Path path) {
        try (ArchiveFile archive = ArchiveFile.open(SCOPE, path)) {
            return RelocationMap.parse(member(archive, "relocation-mapping.json"));
        }
    }

    private static byte[] member(ArchiveFile archive, String name) {
        return archive.readSmall(SCOPE, name, 1 << 20).orElseThrow();
    }

    private Set<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What the example's images are made of, but for the index that lists them. */
    private static Set<String> imageBlobs() throws IOException {
        try (Stream<Path> blobs = Files.list(EXAMPLES.resolve("images/blobs/sha256"))) {
            return blobs.map(blob -> blob.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
