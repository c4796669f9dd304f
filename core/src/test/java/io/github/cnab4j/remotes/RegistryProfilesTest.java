/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.RegistryClient;
import io.github.cnab4j.registry.RegistryStore;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.server.protocol.ManifestOutline;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.store.WaitClock;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.BundleImage;
import io.github.cnab4j.testkit.generate.Content;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.GeneratedImage;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.ImageSpec;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.testkit.log.LoggedRequest;
import io.github.cnab4j.testkit.profile.RegistryProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fixup, push, pull and copy against registries with the habits of those that people use, also where one request in twenty fails.
 * The long form: {@code -Dprofiles.delay=50} makes each request take so many milliseconds more; {@code -Dprofiles.seed=N} chooses
 * other faults.
 */
@Timeout(300)
class RegistryProfilesTest {
    private static final long SEED = Long.getLong("profiles.seed", 1);
    private static final long DELAY = Long.getLong("profiles.delay", 0);
    private static final int ONE_IN = 20;
    /** Those that nobody can push to, each with its own test. */
    private static final Set<RegistryProfile> UNWILLING =
            EnumSet.of(RegistryProfile.DIGITALOCEAN, RegistryProfile.HOSTILE);

    private static final List<Fault> PASSING = List.of(
            Fault.status(500),
            Fault.status(502),
            Fault.status(503),
            Fault.status(429),
            Fault.resetBefore(),
            Fault.closeBefore(),
            Fault.loseResponse(),
            Fault.resetAfterRequestBytes(100),
            Fault.truncate(30));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final TestRegistry origin = started(TestRegistry.start());

    private <T extends AutoCloseable> T started(T resource) {
        open.add(0, resource);
        return resource;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    static Stream<Arguments> runs() {
        return Arrays.stream(RegistryProfile.values())
                .filter(profile -> !UNWILLING.contains(profile))
                .flatMap(profile -> Arrays.stream(ImageFormat.values())
                        .filter(format -> profile != RegistryProfile.ZOT || format == ImageFormat.OCI)
                        .flatMap(format -> Stream.of(false, true)
                                .map(failing -> argumentSet(
                                        profile + " " + format + (failing ? ", one in twenty fails" : ""),
                                        profile,
                                        format,
                                        failing))));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void bundleComesWhole(RegistryProfile profile, ImageFormat format, boolean failing) {
        TestRegistry registry = started(profile.start());
        Optional<InjectedFault> faults = failing ? Optional.of(failing(registry)) : Optional.empty();
        delayed(registry);
        if (profile.wantsRepositories()) {
            Stream.of("apart", "app", "copied")
                    .forEach(name -> registry.repository(name).putBlob(new byte[] {1}));
        }
        GeneratedBundle generated = bundleOf(format, takesIndexes(profile, format));
        Bundle bundle = Bundle.parse(generated.bytes());
        Remotes remotes = remotes(profile, registry);

        FixupResult fixed = remotes.fixup(bundle, at(registry, "apart:1"), FixupOptions.defaults());
        PushResult apart =
                remotes.push(fixed.bundle(), fixed.relocationMap(), at(registry, "apart:1"), PushOptions.defaults());
        PushResult pushed =
                remotes.fixupAndPush(bundle, at(registry, "app:1"), FixupOptions.defaults(), PushOptions.defaults());
        PullResult pulled = remotes.pull(at(registry, "app:1"));
        remotes.copy(at(registry, "app:1"), at(registry, "copied:1"), ArtifactCopyOptions.defaults());
        remotes.copy(at(registry, "app:1"), at(origin, "mirrored:1"), ArtifactCopyOptions.defaults());

        faults.ifPresent(fault -> assertThat(fault.strikes()).isPositive());
        assertThat(pulled.bundle().canonical()).isEqualTo(bundle.canonical());
        assertThat(pulled.digest()).isEqualTo(pushed.descriptor().digest());
        assertThat(apart.form().configForm()).isEqualTo(pushed.form().configForm());
        assertThat(apart.form().indexForm()).isEqualTo(pushed.form().indexForm());
        String digest = pushed.descriptor().digest().toString();
        assertComplete(registry.repository("apart"), apart.descriptor().digest().toString(), generated);
        assertComplete(registry.repository("app"), digest, generated);
        assertComplete(registry.repository("copied"), digest, generated);
        assertComplete(origin.repository("mirrored"), digest, generated);
        // Whatever it answers: a copy of a bundle asks what refers to it, and goes on.
        assertThat(registry.log().count(Kind.REFERRERS)).isPositive();
    }

    @Test
    void zot_doesNotGetDockersTypes_andSaysSo() {
        TestRegistry registry = started(RegistryProfile.ZOT.start());

        CnabException failed = pushFails(RegistryProfile.ZOT, registry, ImageFormat.DOCKER);

        assertThat(failed.code()).isEqualTo(ErrorCode.REJECTED);
        assertThat(failed).hasMessageContaining("does not take this media type");
        assertThat(registry.repository("app").tags()).isEmpty();
    }

    @Test
    void nexus_doesNotGetAnImageThatIsAnOciIndex_andSaysSo() {
        TestRegistry registry = started(RegistryProfile.NEXUS.start());

        CnabException failed = pushFails(RegistryProfile.NEXUS, registry, ImageFormat.OCI);

        assertThat(failed.code()).isEqualTo(ErrorCode.REJECTED);
        assertThat(failed).hasMessageContaining("source/platforms:1.0").hasMessageContaining("MANIFEST_INVALID");
        assertThat(registry.repository("app").tags()).isEmpty();
    }

    @Test
    void ecr_namesTheRepositoryThatHasToBeMadeFirst() {
        TestRegistry registry = started(RegistryProfile.ECR.start());

        CnabException failed = pushFails(RegistryProfile.ECR, registry, ImageFormat.OCI);

        assertThat(failed.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failed).hasMessageContaining(registry.host() + "/app");
        assertThat(failed.hint().orElseThrow()).contains("Create the repository");
        assertThat(registry.log().count("PUT", Kind.UPLOAD)).isZero();
    }

    @Test
    void digitalOcean_overItsQuota_isTold_andReadFrom() {
        TestRegistry registry = started(RegistryProfile.DIGITALOCEAN.start());
        GeneratedBundle generated = bundleOf(ImageFormat.OCI, true);
        registry.load("app", generated.invocationImage().content(), "1");

        CnabException failed = pushFails(RegistryProfile.DIGITALOCEAN, registry, ImageFormat.OCI);

        assertThat(failed.code()).isEqualTo(ErrorCode.DENIED);
        assertThat(failed).hasMessageContaining("storage quota exceeded");
        remotes(RegistryProfile.DIGITALOCEAN, registry)
                .copy(at(registry, "app:1"), at(origin, "mirrored:1"), ArtifactCopyOptions.defaults());
        assertThat(origin.repository("mirrored").tags()).containsExactly("1");
    }

    @Test
    void hostileTarget_isFound_andGetsNoTag() {
        TestRegistry registry = started(RegistryProfile.HOSTILE.start());

        CnabException failed = pushFails(RegistryProfile.HOSTILE, registry, ImageFormat.OCI);

        assertThat(failed).hasMessageContaining("changed the manifest").hasMessageContaining(registry.host());
        assertThat(registry.repository("app").tags()).isEmpty();
        assertThat(elsewhere(registry, Kind.UPLOAD)).isNotEmpty();
    }

    /** What a client was sent to the other host with; there must be no credentials. */
    private static List<LoggedRequest> elsewhere(TestRegistry registry, Kind kind) {
        List<LoggedRequest> requests = registry.log()
                .requests(request -> request.headers().first("Host").orElse("").startsWith("localhost"));
        assertThat(requests)
                .allSatisfy(request -> assertThat(request.authorization()).isEmpty());
        return requests.stream().filter(request -> request.kind() == kind).toList();
    }

    @Test
    void hostileSource_getsNoCredentialsElsewhere_andItsListsEnd() {
        TestRegistry registry = started(RegistryProfile.HOSTILE.start());
        GeneratedImage image = new ContentGenerator(SEED).image(ImageSpec.small());
        registry.load("app", image, "1");
        RegistryStore store = client(RegistryProfile.HOSTILE, registry).store(new Repository(registry.host(), "app"));
        CallScope scope = CallScope.unbounded();
        Content layer = image.layers().get(0);
        Descriptor blob = Descriptor.of(new MediaType("application/octet-stream"), layer.bytes());

        assertThatThrownBy(() -> Verified.readAll(scope, store, blob, 1 << 22)).isInstanceOf(CnabException.class);
        assertThatThrownBy(() -> store.tags(scope)).isInstanceOf(CnabException.class);
        assertThatThrownBy(() ->
                        store.referrers(scope, Digest.parse(image.manifest().digest())))
                .isInstanceOf(CnabException.class);

        assertThat(elsewhere(registry, Kind.BLOB)).isNotEmpty();
        assertThat(elsewhere(registry, Kind.REFERRERS)).isEmpty();
    }

    @Test
    void hostileSource_isFound_andNothingOfItIsStored() {
        TestRegistry registry = started(RegistryProfile.HOSTILE.start());
        GeneratedBundle generated = bundleOf(ImageFormat.OCI, true);
        registry.load("app", generated.invocationImage().content(), "1");
        Remotes remotes = remotes(RegistryProfile.HOSTILE, registry);

        CnabException pull = catchThrowableOfType(CnabException.class, () -> remotes.pull(at(registry, "app:1")));
        CnabException copy = catchThrowableOfType(
                CnabException.class,
                () -> remotes.copy(at(registry, "app:1"), at(origin, "mirrored:1"), ArtifactCopyOptions.defaults()));

        assertThat(List.of(pull, copy)).allSatisfy(failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.CONTENT_MISMATCH);
            assertThat(failed).hasMessageContaining(registry.host());
        });
        assertThat(origin.repository("mirrored").tags()).isEmpty();
        assertThat(origin.repository("mirrored").manifests()).isEmpty();
        assertThat(origin.repository("mirrored").blobs()).isEmpty();
    }

    @Test
    void documentationHasTheHabitsOfAll() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Pattern row = Pattern.compile("\\| `([A-Z_]+)` \\| ([QS0-9 ]+) \\|");
        for (String line : Files.readAllLines(Path.of("..", "docs", "reference", "registry-quirks.md"))) {
            Matcher matcher = row.matcher(line);
            if (matcher.matches()) {
                documented.put(matcher.group(1), matcher.group(2));
            }
        }
        Map<String, String> real = new TreeMap<>();
        for (RegistryProfile profile : RegistryProfile.values()) {
            real.put(profile.name(), String.join(" ", profile.habits()));
        }

        assertThat(documented).isEqualTo(real);
    }

    private CnabException pushFails(RegistryProfile profile, TestRegistry registry, ImageFormat format) {
        Bundle bundle = Bundle.parse(bundleOf(format, true).bytes());
        CnabException failed = catchThrowableOfType(
                CnabException.class,
                () -> remotes(profile, registry)
                        .fixupAndPush(bundle, at(registry, "app:1"), FixupOptions.defaults(), PushOptions.defaults()));
        assertThat(failed).isNotNull();
        return failed;
    }

    /** An index of the bundle's own can be written in another form, an image that is one cannot. */
    private static boolean takesIndexes(RegistryProfile profile, ImageFormat format) {
        return profile != RegistryProfile.NEXUS || format != ImageFormat.OCI;
    }

    /** An image, one whose layer is larger than what a proxy lets pass, and perhaps an index of two platforms. */
    private GeneratedBundle bundleOf(ImageFormat format, boolean withIndex) {
        ContentGenerator generator = new ContentGenerator(SEED);
        ImageSpec small = ImageSpec.small().withFormat(format);
        BundleBuilder builder = new BundleBuilder(origin.host(), "source", generator.image(small))
                .component("large", generator.image(small.withLayers(1, (1 << 20) + (1 << 18))));
        if (withIndex) {
            builder.component(
                    "platforms",
                    generator.multiPlatform(format, TargetPlatform.LINUX_AMD64, TargetPlatform.of("linux/arm64")));
        }
        GeneratedBundle bundle = builder.build();
        origin.load(bundle);
        return bundle;
    }

    private Remotes remotes(RegistryProfile profile, TestRegistry registry) {
        return started(Remotes.builder()
                .stores(new DefaultStores(client(profile, registry)))
                .build());
    }

    private static RegistryClient client(RegistryProfile profile, TestRegistry registry) {
        Account user = RegistryProfile.USER;
        Credential credential = profile.wantsIdentityToken()
                ? new Credential.IdentityToken(user.identityToken().orElseThrow())
                : new Credential.Basic(user.name(), user.password());
        return RegistryClient.builder()
                .credentials(
                        (host, repository) -> host.equals(registry.host()) ? Optional.of(credential) : Optional.empty())
                .insecureHosts(Set.of(registry.host()))
                .time(WaitClock.system(), () -> 0)
                .build();
    }

    private static Reference at(TestRegistry registry, String rest) {
        return Reference.parse(registry.host() + "/" + rest);
    }

    private static InjectedFault failing(TestRegistry registry) {
        RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(SEED);
        return registry.inject(RequestPattern.any(), Occurrence.every(ONE_IN), Fault.custom((request, next) -> {
            Fault fault;
            synchronized (random) {
                fault = PASSING.get(random.nextInt(PASSING.size()));
            }
            return fault.intercept(request, next);
        }));
    }

    private static void delayed(TestRegistry registry) {
        if (DELAY > 0) {
            registry.inject(RequestPattern.any(), Fault.delay(Duration.ofMillis(DELAY)));
        }
    }

    /** All that the tag leads to is there, and the images are the source's byte for byte: a digest stands for its bytes. */
    private static void assertComplete(TestRepository repository, String digest, GeneratedBundle generated) {
        assertThat(repository.resolve("1")).contains(digest);
        assertTree(repository, digest);
        for (BundleImage image : generated.images()) {
            assertThat(repository.manifest(image.content().digest()))
                    .isEqualTo(image.content().manifest().bytes());
            assertTree(repository, image.content().digest());
        }
    }

    private static void assertTree(TestRepository repository, String digest) {
        ManifestOutline manifest = ManifestOutline.parse(repository.manifest(digest));
        manifest.manifests().forEach(child -> assertTree(repository, child.digest()));
        Stream.concat(Stream.ofNullable(manifest.config()), manifest.layers().stream())
                .forEach(blob -> assertThat(repository.blob(blob.digest())).hasSize((int) blob.size()));
    }
}
