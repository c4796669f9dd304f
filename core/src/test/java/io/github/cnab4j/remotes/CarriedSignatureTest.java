/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.archive.ArchiveFile;
import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.Platform;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.signature.SignatureTags;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as a condition of what is done, and on their way through archives. */
class CarriedSignatureTest {
    private static final JsonObject KEYS = Vectors.load("signatures.json").document();
    private static final SigningKey KEY =
            SigningKey.parse(text("privateKey"), () -> text("password").toCharArray());
    private static final VerificationKey PUBLIC = VerificationKey.parse(text("publicKey"));
    private static final VerificationKey OTHER = VerificationKey.parse(text("otherPublicKey"));
    private static final List<SignatureRequirement> SIGNED = List.of(SignatureRequirement.by(PUBLIC));

    private static final List<Platform> AMD64 = List.of(Platform.parse("linux/amd64"));

    private final TestRegistry registry = TestRegistry.start();
    private final TestRegistry other = TestRegistry.start();
    private final Remotes remotes = Remotes.builder().build();

    @TempDir
    Path directory;

    private Location bundle;
    private Location target;
    private Path file;
    private Digest digest;

    private static String text(String name) {
        return KEYS.string(name).orElseThrow();
    }

    @BeforeEach
    void push() {
        GeneratedBundle generated = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(7), 2);
        registry.load(generated);
        bundle = Location.parse(registry.host() + "/bundle:1.0");
        target = Location.parse(other.host() + "/carried/bundle:1.0");
        file = directory.resolve("bundle.tgz");
        digest = remotes.fixupAndPush(
                        Bundle.parse(generated.bytes()), bundle, FixupOptions.defaults(), PushOptions.defaults())
                .descriptor()
                .digest();
    }

    @AfterEach
    void stop() {
        remotes.close();
        registry.close();
        other.close();
    }

    private void sign(Location location) {
        remotes.sign(location, KEY, SignOptions.defaults());
    }

    private ArchiveResult archive(Path path, ArchiveOptions options) {
        return remotes.archive(bundle, path, options);
    }

    private PushResult publish(List<SignatureRequirement> required) {
        return remotes.publish(file, target, PublishOptions.defaults().withRequiredSignatures(required));
    }

    private void requireNothingDone(ThrowingCallable work) throws IOException {
        assertThat(catchThrowableOfType(CnabException.class, work))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SIGNATURE_INVALID))
                .hasMessageContaining(digest.toString());
        assertThat(other.repositories()).isEmpty();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(path -> !path.equals(file))).isEmpty();
        }
    }

    private void copy(UnaryOperator<ArtifactCopyOptions> change, List<SignatureRequirement> required) {
        remotes.copy(
                bundle, target, change.apply(ArtifactCopyOptions.defaults()).withRequiredSignatures(required));
    }

    private void eachWay(List<SignatureRequirement> required, boolean allowed) throws IOException {
        List<ThrowingCallable> ways = List.of(
                () -> remotes.pull(bundle, PullOptions.defaults().withRequiredSignatures(required)),
                () -> remotes.copy(
                        bundle, target, ArtifactCopyOptions.defaults().withRequiredSignatures(required)),
                () -> remotes.copy(
                        bundle,
                        Location.parse("oci:" + directory.resolve("layout") + ":1"),
                        ArtifactCopyOptions.defaults().withRequiredSignatures(required)),
                () -> archive(
                        directory.resolve("new.tgz"), ArchiveOptions.defaults().withRequiredSignatures(required)),
                () -> publish(required),
                () -> copy(options -> options.withTags(List.of("1", "1.0")), required),
                () -> copy(options -> options.withPlatforms("linux/amd64"), required),
                () -> copy(options -> options.withRepositoryLayout(RepositoryLayout.MIRROR), required),
                () -> copy(options -> options.withDependencies(true), required),
                () -> copy(options -> options.withRelocationMap(true), required),
                () -> archive(
                        directory.resolve("few.tgz"),
                        ArchiveOptions.defaults().withPlatforms(AMD64).withRequiredSignatures(required)),
                () -> remotes.publish(
                        file,
                        target,
                        PublishOptions.defaults().withPlatforms(AMD64).withRequiredSignatures(required)));
        for (ThrowingCallable way : ways) {
            if (allowed) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(way)).isNull();
            } else {
                requireNothingDone(way);
            }
        }
    }

    @Test
    void unsigned_isNotPulledCopiedArchivedOrPublished() throws IOException {
        archive(file, ArchiveOptions.defaults());

        eachWay(SIGNED, false);
    }

    @Test
    void signedByAnother_isNotEither() throws IOException {
        sign(bundle);
        archive(file, ArchiveOptions.defaults());

        eachWay(List.of(SignatureRequirement.by(OTHER)), false);
        eachWay(List.of(SignatureRequirement.by(PUBLIC), SignatureRequirement.by(OTHER)), false);
    }

    @Test
    void signedAsDemanded_is() throws IOException {
        sign(bundle);
        archive(file, ArchiveOptions.defaults());

        eachWay(List.of(new SignatureRequirement(List.of(OTHER, PUBLIC)), SignatureRequirement.by(PUBLIC)), true);
    }

    @Test
    void requirementWithoutKeys_isRefused() {
        assertThatThrownBy(() -> new SignatureRequirement(List.of())).isInstanceOf(InvalidInputException.class);
    }

    /** Somebody moves the tag while the signature is looked at: what was looked at is what is copied. */
    @Test
    void tagThatIsMovedMeanwhile_changesNothing() {
        sign(bundle);
        byte[] foreign =
                ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        registry.inject(
                RequestPattern.of(Kind.MANIFEST).and(request -> request.path().endsWith(".sig")),
                Fault.custom((request, next) -> {
                    registry.repository("bundle")
                            .putManifest("application/vnd.oci.image.index.v1+json", foreign, "1.0");
                    return next.handle(request);
                }));

        remotes.copy(bundle, target, ArtifactCopyOptions.defaults().withRequiredSignatures(SIGNED));

        assertThat(registry.repository("bundle").resolve("1.0")).isNotEqualTo(digest.toString());
        assertThat(other.repository("carried/bundle").resolve("1.0")).hasValue(digest.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void signaturesOfTheBundleAndItsImages_areCarried(String compression) {
        String image = registry.repository("app/component-1").manifests().get(0);
        sign(bundle);
        sign(Location.parse(registry.host() + "/bundle@" + image));
        archive(file, ArchiveOptions.defaults().withCompression(Compression.parse(compression)));
        registry.close();
        other.inject(RequestPattern.of(Kind.REFERRERS), Fault.status(404));

        LayoutVerifyResult carried = remotes.verifyLayout(
                Location.parse("oci-archive:" + file), VerifyOptions.defaults().withKey(PUBLIC));
        PushResult published = publish(SIGNED);

        assertThat(carried.signed()).isTrue();
        assertThat(carried.warnings()).isEmpty();
        assertThat(published.descriptor().digest()).isEqualTo(digest);
        for (Location signed : List.of(target, target.withDigest(Digest.parse(image)))) {
            assertThat(remotes.verify(signed, VerifyOptions.defaults().withKey(PUBLIC))
                            .signed())
                    .isTrue();
        }
        assertThatThrownBy(() -> remotes.verifyLayout(
                        Location.parse("oci-archive:" + file),
                        VerifyOptions.defaults().withKey(OTHER)))
                .hasMessageContaining("none of its 2 signatures is by this key");
    }

    @Test
    void whatReadersOfThickBundlesSee_isNamesOfImages() {
        sign(bundle);
        archive(file, ArchiveOptions.defaults());

        try (ArchiveFile archive = ArchiveFile.open(CallScope.unbounded(), file)) {
            byte[] index = archive.readSmall(CallScope.unbounded(), "artifacts/layout/index.json", 1 << 20)
                    .orElseThrow();
            List<String> names =
                    JsonReader.readObject(index, JsonLimits.MANIFEST)
                            .array("manifests")
                            .orElseThrow()
                            .elements()
                            .stream()
                            .map(entry ->
                                    ((JsonObject) entry).object("annotations").orElseThrow())
                            .map(annotations -> annotations
                                    .string("org.opencontainers.image.ref.name")
                                    .orElseThrow())
                            .toList();
            assertThat(names)
                    .endsWith(SignatureTags.referrers(digest), SignatureTags.signature(digest))
                    .allSatisfy(Reference::parse);
        }
    }

    @Test
    void archivesWithSignatures_areDeterministic_andWithoutThemAsTheyWere() throws IOException {
        Path unsigned = directory.resolve("unsigned.tgz");
        Path without = directory.resolve("without.tgz");
        Path again = directory.resolve("again.tgz");
        archive(unsigned, ArchiveOptions.defaults());
        sign(bundle);
        sign(bundle.withDigest(
                Digest.parse(registry.repository("app/component-1").manifests().get(0))));
        archive(file, ArchiveOptions.defaults());
        archive(again, ArchiveOptions.defaults().withParallelism(1));
        archive(without, ArchiveOptions.defaults().withReferrers(false));

        assertThat(again).hasSameBinaryContentAs(file);
        assertThat(without).hasSameBinaryContentAs(unsigned);
        assertThat(Files.size(file)).isGreaterThan(Files.size(unsigned));
    }

    @Test
    void publishWithoutReferrers_bringsNone() {
        sign(bundle);
        archive(file, ArchiveOptions.defaults());

        remotes.publish(file, target, PublishOptions.defaults().withReferrers(false));

        assertThatThrownBy(() -> remotes.verify(target, VerifyOptions.defaults().withKey(PUBLIC)))
                .hasMessageContaining("it has no signature");
    }

    @Test
    void signaturesTravelThroughArchivesOfImages() {
        sign(bundle);
        Location images = Location.parse("oci-archive:" + directory.resolve("images.tar") + ":1.0");

        remotes.copy(bundle, images, ArtifactCopyOptions.defaults());
        registry.close();
        remotes.copy(images, target, ArtifactCopyOptions.defaults().withRequiredSignatures(SIGNED));

        assertThat(remotes.verifyLayout(images, VerifyOptions.defaults().withKey(PUBLIC))
                        .signed())
                .isTrue();
        assertThat(remotes.verify(target, VerifyOptions.defaults().withKey(PUBLIC))
                        .signed())
                .isTrue();
    }

    /** An archive with another bundle.json than the one that was signed: whoever made it has no signature for it. */
    @Test
    void publishOfAnotherBundleWithTheSignatureOfThisOne_isRefused() throws IOException {
        sign(bundle);
        Path plain = directory.resolve("plain.tar");
        archive(plain, ArchiveOptions.defaults().withCompression(Compression.none()));
        var members = TarFiles.read(plain);
        String altered = new String(members.get("bundle.json"), java.nio.charset.StandardCharsets.UTF_8)
                .replace("made for a test", "made for a theft");
        members.put("bundle.json", altered.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        members.keySet().removeIf(name -> name.endsWith("/"));
        try (var out = Files.newOutputStream(file)) {
            TarFiles.write(out, members);
        }

        assertThatThrownBy(() -> publish(SIGNED)).hasMessageContaining("it has no signature");
        assertThat(other.repositories()).isEmpty();
        assertThatThrownBy(() -> remotes.verifyLayout(
                        Location.parse("oci-archive:" + file),
                        VerifyOptions.defaults().withKey(PUBLIC)))
                .hasMessageContaining("it has no signature");
    }

    private void putSignatures(byte[] image) {
        registry.inject(RequestPattern.of(Kind.REFERRERS), Fault.status(404));
        registry.repository("bundle")
                .putManifest("application/vnd.oci.image.manifest.v1+json", image, SignatureTags.signature(digest));
    }

    @Test
    void alteredSignature_isNone() throws IOException {
        sign(bundle);
        String image = new String(
                registry.repository("bundle").manifest(SignatureTags.signature(digest)),
                java.nio.charset.StandardCharsets.UTF_8);
        registry.repository("bundle").deleteManifest(SignatureTags.referrers(digest));
        int at = image.indexOf("cosign/signature\":\"") + 40;
        char other = image.charAt(at) == 'A' ? 'B' : 'A';
        putSignatures((image.substring(0, at) + other + image.substring(at + 1))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        archive(file, ArchiveOptions.defaults());

        eachWay(SIGNED, false);
    }

    @Test
    void signatureOfAnotherDigest_isNone() throws IOException {
        Digest image =
                Digest.parse(registry.repository("app/component-1").manifests().get(0));
        sign(bundle.withDigest(image));
        putSignatures(registry.repository("bundle").manifest(SignatureTags.signature(image)));
        archive(file, ArchiveOptions.defaults());

        eachWay(SIGNED, false);
    }
}
