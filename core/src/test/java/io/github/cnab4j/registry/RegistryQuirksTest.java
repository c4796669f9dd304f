/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.ManifestCondition;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.Quirk;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.testkit.tls.SelfSigned;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Habits of real registries, by the numbers of {@code docs/reference/registry-quirks.md}: what comes of them, with which requests. */
@Timeout(60)
class RegistryQuirksTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final TestContent LAYER = TestContent.random(1, 300_000);
    private static final TestContent LARGE = TestContent.random(2, 6 << 20);
    private static final TestContent MANIFEST = TestContent.manifest(LAYER);
    private static final String LAYER_DIGEST = LAYER.descriptor().digest().toString();

    private final List<AutoCloseable> open = new ArrayList<>();
    private final TestRegistry registry = TestRegistry.start();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
        registry.close();
    }

    private RegistryStore target(TestRegistry at, RegistryClient.Builder options) {
        RegistryClient client = options.time(new FakeClock(), () -> 1).build();
        open.add(0, client);
        return client.target(new Repository(at.host(), "app"));
    }

    private RegistryStore target() {
        return target(registry, RegistryClient.builder());
    }

    private RegistryStore inChunks(long chunk) {
        return target(registry, RegistryClient.builder().chunkSize(chunk));
    }

    private static RegistryClient.Builder ann() {
        return RegistryClient.builder()
                .credentials((host, repository) -> Optional.of(new Credential.Basic("ann", "secret")));
    }

    private static PushHints missing(StoreId... mountFrom) {
        return new PushHints(List.of(mountFrom), List.of(), true, sent -> {});
    }

    private static PushOutcome push(RegistryStore store, TestContent content) {
        return store.push(SCOPE, content.descriptor(), content.source(), missing());
    }

    private static PushOutcome pushTagged(RegistryStore store, String tag) {
        return store.push(SCOPE, MANIFEST.descriptor(), MANIFEST.source(), PushHints.NONE.withTags(List.of(tag)));
    }

    private void fill(String repository) {
        registry.repository(repository).putBlob(LAYER.bytes());
        registry.repository(repository).putBlob(TestContent.config().bytes());
        registry.repository(repository)
                .putManifest(MANIFEST.descriptor().mediaType().value(), MANIFEST.bytes(), "1.0");
    }

    private void assertPushed(TestRegistry at, TestContent content, String requests) {
        assertThat(at.repository("app").blob(content.descriptor().digest().toString()))
                .isEqualTo(content.bytes());
        assertThat(at.log().counts()).hasToString(requests);
        assertThat(at.openUploads()).isZero();
    }

    @Test
    void q17_relativeLocation() {
        registry.with(Quirk.RELATIVE_LOCATION);

        push(target(), LAYER);

        assertPushed(registry, LAYER, "{POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @Test
    void q18_locationThatGivesUpEncryptionAndPort_isTakenForTheSamePlace() throws Exception {
        SelfSigned certificate = SelfSigned.create();
        TestRegistry secure =
                TestRegistry.builder().tls(certificate.serverContext()).start();
        open.add(secure);
        InjectedFault quirk = secure.with(Quirk.PLAIN_LOCATION);

        push(target(secure, RegistryClient.builder().insecureHosts(Set.of(secure.host()))), LAYER);

        assertThat(quirk.strikes()).isPositive();
        assertThat(secure.repository("app").hasBlob(LAYER_DIGEST)).isTrue();
        assertThat(secure.log().count(Kind.UPLOAD)).isEqualTo(2);
    }

    @Test
    void q19_locationThatChangesEachTime_isFollowed() {
        registry.with(Quirk.CHANGING_LOCATION);

        push(inChunks(100_000), LAYER);

        assertPushed(registry, LAYER, "{PATCH UPLOAD=3, POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @Test
    void q20_locationOnAnotherHost_seesNoPassword() {
        TestRegistry storage = TestRegistry.start();
        TestRegistry guarded = TestRegistry.builder()
                .access(Access.basic(Account.of("ann", "secret")))
                .start();
        open.add(storage);
        open.add(guarded);
        guarded.inject(
                RequestPattern.of("POST", Kind.UPLOAD)
                        .and(request -> request.headers().contains("Authorization")),
                Fault.custom((request, next) -> {
                    String session =
                            next.handle(request).headers().first("Location").orElseThrow();
                    return Response.of(202).with("Location", storage.uri() + session);
                }));
        storage.inject(RequestPattern.of("PUT", Kind.UPLOAD), Fault.reply(Response.of(201)));

        assertThat(push(target(guarded, ann()), LAYER)).isEqualTo(PushOutcome.UPLOADED);

        assertThat(guarded.log().counts()).hasToString("{POST UPLOAD=2}");
        assertThat(storage.log().requests())
                .hasSize(1)
                .allMatch(request -> request.authorization().isEmpty());
    }

    @Test
    void q21_registryThatTakesBytesByPatchOnly_isLearnt() {
        InjectedFault quirk = registry.with(Quirk.BYTES_BY_PATCH_ONLY);
        RegistryStore store = target();

        push(store, LAYER);
        push(store, TestContent.random(7, 300_000));

        assertThat(quirk.strikes()).isEqualTo(1);
        assertPushed(registry, LAYER, "{DELETE UPLOAD=1, PATCH UPLOAD=2, POST UPLOAD=3, PUT UPLOAD=3}");
    }

    @Test
    void q22_noChunks_areNotMissed() {
        InjectedFault quirk = registry.with(Quirk.NO_CHUNKS);

        push(target(), LARGE);

        assertThat(quirk.strikes()).isZero();
        assertPushed(registry, LARGE, "{POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @Test
    void q22_partsThatWereWished_becomeOneWhereNoneAreTaken_alsoForTheNextBlob() {
        InjectedFault quirk = registry.with(Quirk.NO_CHUNKS);
        RegistryStore store = inChunks(100_000);
        TestContent next = TestContent.random(8, 300_000);

        push(store, LAYER);
        push(store, next);

        assertThat(quirk.strikes()).isEqualTo(2);
        assertPushed(registry, LAYER, "{DELETE UPLOAD=2, PATCH UPLOAD=2, POST UPLOAD=4, PUT UPLOAD=2}");
        assertThat(registry.repository("app").hasBlob(next.descriptor().digest().toString()))
                .isTrue();
    }

    @Test
    void q24_smallestPart_isKeptTo() {
        TestRegistry picky = TestRegistry.builder()
                .api(options -> options.withMinChunkBytes(5 << 20))
                .start();
        open.add(picky);

        push(target(picky, RegistryClient.builder().chunkSize(1 << 20)), LARGE);

        assertPushed(picky, LARGE, "{PATCH UPLOAD=2, POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @Test
    void q25_partsThatAreTooLarge_becomeSmaller() {
        InjectedFault quirk = registry.with(Quirk.CHUNKS_UP_TO_4_MIB);

        push(inChunks(5 << 20), LARGE);

        assertThat(quirk.strikes()).isEqualTo(1);
        assertThat(registry.repository("app")
                        .hasBlob(LARGE.descriptor().digest().toString()))
                .isTrue();
        assertThat(registry.openUploads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-%d", "bytes 0-%d", "0--1", "nonsense", ""})
    void q27_rangesOfAllForms_areRead_orNotNeeded(String form) {
        registry.inject(RequestPattern.of("PATCH"), Fault.custom((request, next) -> {
            Response response = next.handle(request);
            String last = response.headers().first("Range").orElseThrow().substring(2);
            return form.equals("0--1") && !last.equals("0")
                    ? response
                    : response.with("Range", form.replace("%d", last));
        }));

        push(inChunks(100_000), LAYER);

        assertPushed(registry, LAYER, "{PATCH UPLOAD=3, POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @Test
    void q28_lengths_areAlwaysTold() {
        InjectedFault quirk = registry.with(Quirk.LENGTH_REQUIRED);
        fill("app");

        push(target(), TestContent.random(7, 300_000));
        push(target(), TestContent.blob("small"));
        pushTagged(target(), "2.0");

        assertThat(quirk.strikes()).isZero();
    }

    private static RequestPattern uploadsOver(long bytes) {
        return RequestPattern.of(Kind.UPLOAD).and(request -> request.contentLength() > bytes);
    }

    private static Fault tooLarge() {
        return Fault.reply(Response.of(413)
                .with("Content-Type", "text/html")
                .withBody(Body.of("<html>413 Request Entity Too Large</html>".getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @CsvSource({"4_194_304, 2, false", "1_048_576, 6, false", "4_194_304, 2, true"})
    void q29_proxyThatLimitsBodies_getsParts(String limit, int parts, boolean registryItself) {
        Fault refusal = registryItself ? Fault.status(413, ErrorCode.SIZE_INVALID, "too much") : tooLarge();
        registry.inject(uploadsOver(Long.parseLong(limit.replace("_", ""))), refusal);

        push(target(), LARGE);

        assertThat(registry.repository("app")
                        .hasBlob(LARGE.descriptor().digest().toString()))
                .isTrue();
        assertThat(registry.log().count(request -> request.method().equals("PATCH") && request.status() == 202))
                .isEqualTo(parts);
        assertThat(registry.openUploads()).isZero();
    }

    @Test
    void q29_proxyThatLimitsBodiesTooMuch_isNamed() {
        registry.inject(uploadsOver(100_000), tooLarge());

        RejectedException refused = catchThrowableOfType(RejectedException.class, () -> push(target(), LARGE));

        assertThat(refused).hasMessageContaining("web page instead of a registry's answer");
        assertThat(refused.hint().orElseThrow()).contains("proxy");
        assertThat(registry.openUploads()).isZero();
    }

    @Test
    void q31_registryWithoutEmptyBlobs_isNamedWithTheLayer() {
        registry.with(Quirk.NO_EMPTY_BLOBS);
        TestContent empty = TestContent.blob("");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> target().push(
                                SCOPE,
                                empty.descriptor(),
                                empty.source(),
                                missing(new StoreId("registry", registry.host(), "other"))))
                .withMessageContaining(empty.descriptor().digest().toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 204})
    void q32_otherSuccess_isBelievedAfterALook(int status) {
        registry.inject(RequestPattern.of("PUT", Kind.UPLOAD), Fault.withStatus(status));

        push(target(), LAYER);

        assertPushed(registry, LAYER, "{HEAD BLOB=1, POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @Test
    void q33_answerBeforeTheBodyIsRead_isRead() {
        registry.inject(
                RequestPattern.of("PUT", Kind.UPLOAD),
                Fault.raw("HTTP/1.1 400 No\r\nContent-Type: application/json\r\nContent-Length: 61\r\n\r\n"
                        + "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"quota is exhausted, go\"}]}"));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> push(target(), LARGE))
                .withMessageContaining("quota is exhausted");
    }

    @Test
    void q36_mountWithoutSource_isNeverAskedFor() {
        InjectedFault quirk = registry.with(Quirk.MOUNT_NEEDS_FROM);
        fill("origin");
        RegistryStore store = target();

        store.push(
                SCOPE, LAYER.descriptor(), LAYER.source(), missing(new StoreId("registry", registry.host(), "origin")));
        push(store, LARGE);

        assertThat(quirk.strikes()).isZero();
        assertThat(registry.log().count(request -> request.query().contains("mount=")))
                .isEqualTo(1);
    }

    @Test
    void q37_tokenForAMount_readsTheSourceToo() {
        TestRegistry guarded = TestRegistry.builder()
                .access(Access.tokens(Account.of("ann", "secret")))
                .start();
        open.add(guarded);
        guarded.repository("origin").putBlob(LAYER.bytes());

        PushOutcome outcome = target(guarded, ann())
                .push(
                        SCOPE,
                        LAYER.descriptor(),
                        LAYER.source(),
                        missing(new StoreId("registry", guarded.host(), "origin")));

        assertThat(outcome).isEqualTo(PushOutcome.MOUNTED);
        assertThat(guarded.log().requests(request -> request.kind() == Kind.TOKEN))
                .hasSize(1)
                .allMatch(request -> request.query().contains("repository%3Aapp%3Apull%2Cpush")
                        && request.query().contains("repository%3Aorigin%3Apull"));
    }

    @Test
    void q38_repositoryThatMustBeMadeFirst_isNamed_beforeAnyByteGoes() {
        registry.with(Quirk.NO_CREATION);

        NotFoundException refused = catchThrowableOfType(NotFoundException.class, () -> push(target(), LARGE));

        assertThat(refused).hasMessageContaining(registry.host() + "/app");
        assertThat(refused.hint().orElseThrow()).contains("Create the repository");
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=1}");
    }

    @Test
    void q42_registryWithoutDockersTypes_saysSo() {
        fill("app");
        registry.inject(
                RequestPattern.of("PUT", Kind.MANIFEST),
                Fault.refuseManifest(
                        ManifestCondition.mediaType(
                                MANIFEST.descriptor().mediaType().value()),
                        415,
                        ErrorCode.UNSUPPORTED));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> pushTagged(target(), "2.0"))
                .withMessageContaining("does not take this media type")
                .satisfies(refused -> assertThat(refused.registryCodes()).containsExactly("UNSUPPORTED"));
        assertThat(registry.log().counts()).hasToString("{PUT MANIFEST=1}");
    }

    @Test
    void q44_tagThatMayNotChangeItsType_isRefusedInTheRegistrysWords() {
        fill("app");
        registry.inject(
                RequestPattern.of("PUT", Kind.MANIFEST),
                Fault.status(400, ErrorCode.MANIFEST_INVALID, "a tag cannot change its media type"));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> pushTagged(target(), "1.0"))
                .withMessageContaining("a tag cannot change its media type")
                .withMessageContaining(registry.host() + "/app:1.0");
        assertThat(registry.log().counts()).hasToString("{PUT MANIFEST=1}");
    }

    @Test
    void q46_immutableTag_thatHasTheDigest_isAsGoodAsPut() {
        fill("app");
        InjectedFault quirk = registry.with(Quirk.IMMUTABLE_TAGS);

        assertThat(pushTagged(target(), "1.0")).isEqualTo(PushOutcome.UPLOADED);

        assertThat(quirk.strikes()).isEqualTo(1);
        assertThat(registry.log().counts()).hasToString("{HEAD MANIFEST=1, PUT MANIFEST=1}");
    }

    @Test
    void q46_immutableTag_thatHasAnotherDigest_isRefusedWithBoth() {
        fill("app");
        TestContent other = TestContent.manifest(TestContent.config());
        registry.repository("app").putManifest(other.descriptor().mediaType().value(), other.bytes(), "2.0");
        registry.with(Quirk.IMMUTABLE_TAGS);

        RejectedException refused = catchThrowableOfType(RejectedException.class, () -> pushTagged(target(), "2.0"));

        assertThat(refused)
                .hasMessageContaining(other.descriptor().digest().toString())
                .hasMessageContaining(MANIFEST.descriptor().digest().toString());
        assertThat(refused.hint().orElseThrow()).contains("another one");
        assertThat(registry.repository("app").resolve("2.0"))
                .contains(other.descriptor().digest().toString());
    }

    @Test
    void q47_conflict_isTriedAgain_aFewTimes() {
        fill("app");
        InjectedFault conflict =
                registry.inject(RequestPattern.of("PUT", Kind.MANIFEST), Occurrence.first(2), Fault.status(409));

        pushTagged(target(), "2.0");

        assertThat(conflict.strikes()).isEqualTo(2);
        assertThat(registry.log().counts()).hasToString("{PUT MANIFEST=3}");

        registry.inject(RequestPattern.of("PUT", Kind.MANIFEST), Fault.status(409));
        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> pushTagged(target(), "3.0"));
        assertThat(registry.log().counts()).hasToString("{PUT MANIFEST=7}");
    }

    @Test
    void q49_manifestThatIsStoredUnderAnotherDigest_isAFailure_butSilenceIsNot() {
        fill("app");
        InjectedFault silence =
                registry.inject(RequestPattern.of("PUT", Kind.MANIFEST), Fault.withoutHeader("Docker-Content-Digest"));
        pushTagged(target(), "2.0");
        registry.remove(silence);
        registry.inject(RequestPattern.of("PUT", Kind.MANIFEST), Fault.wrongDigest());

        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> pushTagged(target(), "3.0"))
                .withMessageContaining("changed the manifest");
    }

    @Test
    void q50_manifestThatIsTooLarge_isRefusedByTheRegistrysLimitOrOurs() {
        fill("app");
        registry.inject(RequestPattern.of("PUT", Kind.MANIFEST), Fault.status(413));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> pushTagged(target(), "2.0"))
                .withMessageContaining("too large for the registry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Docker-Content-Digest", "Content-Length", "Content-Type"})
    void q51_q52_headThatLeavesSomethingOut_isMadeUpForByGet(String field) {
        fill("app");
        registry.inject(RequestPattern.of("HEAD", Kind.MANIFEST), Fault.withoutHeader(field));

        assertThat(target().resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
        assertThat(registry.log().counts()).hasToString("{GET MANIFEST=1, HEAD MANIFEST=1}");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405})
    void q53_headThatIsRefused_isMadeUpForByGet_andForABlobByThePush(int status) {
        fill("app");
        registry.inject(RequestPattern.of("HEAD"), Fault.status(status));

        assertThat(target().resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
        assertThat(target().push(SCOPE, LAYER.descriptor(), LAYER.source(), PushHints.NONE))
                .isEqualTo(PushOutcome.UPLOADED);
        assertThat(registry.log().counts())
                .hasToString("{GET MANIFEST=1, HEAD BLOB=1, HEAD MANIFEST=1, POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @Test
    void q54_missingContentUnder403_isTriedToPush() {
        registry.inject(RequestPattern.of("HEAD", Kind.BLOB), Fault.status(403));

        assertThat(target().push(SCOPE, LAYER.descriptor(), LAYER.source(), PushHints.NONE))
                .isEqualTo(PushOutcome.UPLOADED);
    }

    @Test
    void q55_compressionIsNotAskedFor() {
        fill("app");
        target().resolveAndRead(SCOPE, "1.0", 1 << 20);

        assertThat(registry.log().requests())
                .allMatch(request -> request.headers().first("Accept-Encoding").equals(Optional.of("identity")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/html", "application/octet-stream", "nonsense", ""})
    void q56_wrongContentType_isMadeUpForByTheBytes(String type) {
        fill("app");
        registry.inject(RequestPattern.of(Kind.MANIFEST), Fault.withHeader("Content-Type", type));

        assertThat(target().resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
    }

    @Test
    void q57_storageThatRefusesAuthorization_getsNone() {
        TestRegistry storage = TestRegistry.start();
        TestRegistry guarded = TestRegistry.builder()
                .access(Access.tokens(Account.of("ann", "secret")))
                .start();
        open.add(storage);
        open.add(guarded);
        guarded.repository("app").putBlob(LAYER.bytes());
        storage.repository("store").putBlob(LAYER.bytes());
        storage.inject(
                RequestPattern.any().and(request -> request.headers().contains("Authorization")), Fault.status(400));
        guarded.inject(
                RequestPattern.of("GET", Kind.BLOB)
                        .and(request -> request.headers().contains("Authorization")),
                Fault.redirect(307, storage.uri() + "/v2/store/blobs/" + LAYER_DIGEST));

        assertThat(Verified.readAll(SCOPE, target(guarded, ann()), LAYER.descriptor(), 1 << 20))
                .isEqualTo(LAYER.bytes());
        assertThat(storage.log().counts()).hasToString("{GET BLOB=1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sig=a%2Fb%2B~+c", "sig=%7e%2f", "a=1&&b", "x=y?z", "sig=a|b"})
    void q58_signedUrl_isAskedForAsItIsWritten(String query) {
        TestRegistry storage = TestRegistry.start();
        open.add(storage);
        fill("app");
        storage.repository("store").putBlob(LAYER.bytes());
        registry.inject(
                RequestPattern.of("GET", Kind.BLOB),
                Fault.redirect(307, storage.uri() + "/v2/store/blobs/" + LAYER_DIGEST + "?" + query));

        Verified.readAll(SCOPE, target(), LAYER.descriptor(), 1 << 20);

        assertThat(storage.log().lines()).containsExactly("GET /v2/store/blobs/" + LAYER_DIGEST + "?" + query);
    }

    @Test
    void q61_rangesHaveAnEnd() {
        fill("app");
        InjectedFault quirk = registry.with(Quirk.CLOSED_RANGES_ONLY);
        registry.inject(RequestPattern.of("GET", Kind.BLOB), Occurrence.nth(1), Fault.truncate(100_000));

        assertThat(Verified.readAll(SCOPE, target(), LAYER.descriptor(), 1 << 20))
                .isEqualTo(LAYER.bytes());
        assertThat(quirk.strikes()).isZero();
        assertThat(registry.log().requests(request -> request.status() == 206)).hasSize(1);
    }

    @Test
    void q62_rangesThatAreIgnored_costBytes_notTheCopy() {
        fill("app");
        InjectedFault quirk = registry.with(Quirk.RANGES_IGNORED);
        registry.inject(RequestPattern.of("GET", Kind.BLOB), Occurrence.nth(1), Fault.truncate(100_000));

        assertThat(Verified.readAll(SCOPE, target(), LAYER.descriptor(), 1 << 20))
                .isEqualTo(LAYER.bytes());
        assertThat(quirk.strikes()).isEqualTo(2);
    }

    @Test
    void q64_otherContentUnderTheRightDigest_isRefused() {
        fill("app");
        registry.inject(
                RequestPattern.of("GET", Kind.BLOB),
                Fault.withBody("<html>log in</html>".getBytes(StandardCharsets.UTF_8)));

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> Verified.readAll(SCOPE, target(), LAYER.descriptor(), 1 << 20));
        assertThat(registry.log().counts()).hasToString("{GET BLOB=2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.oci.image.manifest.v1+json",
                "application/vnd.oci.image.index.v1+json",
                "application/vnd.docker.distribution.manifest.v2+json",
                "application/vnd.docker.distribution.manifest.list.v2+json"
            })
    void q65_allTypesAreAccepted_inOneField(String type) {
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
        registry.repository("app").putManifest(type, manifest, "1.0");
        registry.with(Quirk.ACCEPT_DECIDES);

        Descriptor found = target().resolve(SCOPE, "1.0");

        assertThat(found.mediaType()).isEqualTo(new MediaType(type));
        assertThat(registry.log().counts()).hasToString("{HEAD MANIFEST=1}");
        assertThat(registry.log().requests())
                .allMatch(request -> request.headers().all("Accept").size() == 1);
    }

    @Test
    void q66_blobsAreReadWithAccept() {
        fill("app");
        InjectedFault quirk = registry.with(Quirk.ACCEPT_REQUIRED);

        Verified.readAll(SCOPE, target(), LAYER.descriptor(), 1 << 20);

        assertThat(quirk.strikes()).isZero();
    }

    @Test
    void q68_rateLimitUnder403_isWaitedFor_andNamed() {
        fill("app");
        Fault limit = Fault.status(403, ErrorCode.DENIED, "You have exceeded a secondary rate limit");
        registry.inject(RequestPattern.of("GET", Kind.MANIFEST), Occurrence.first(2), limit);

        target().resolveAndRead(SCOPE, "1.0", 1 << 20);

        assertThat(registry.log().counts()).hasToString("{GET MANIFEST=3}");
        registry.inject(RequestPattern.of("GET", Kind.MANIFEST), limit);
        assertThat(catchThrowableOfType(RejectedException.class, () -> target().resolveAndRead(SCOPE, "1.0", 1 << 20))
                        .code())
                .isEqualTo(io.github.cnab4j.error.ErrorCode.RATE_LIMITED);
    }

    @Test
    void q69_refusalInPlainTextWithBareLineFeeds_isReadAndShown() {
        fill("app");
        String raw = "HTTP/1.1 429 Too Many Requests\nContent-Type: text/plain\nContent-Length: 20\n"
                + "Retry-After: 100000\nConnection: close\n\nYou pull too much.\n\n";
        registry.inject(RequestPattern.of("GET", Kind.MANIFEST), Fault.raw(raw));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> target().resolveAndRead(SCOPE, "1.0", 1 << 20))
                .withMessageContaining("You pull too much.");
    }

    @Test
    void q70_tagIsLookedUpWithoutGet() {
        fill("app");

        Descriptor found = target().resolve(SCOPE, "1.0");
        Verified.readAll(SCOPE, target(), found, 1 << 20);

        assertThat(registry.log().lines())
                .containsExactly("HEAD /v2/app/manifests/1.0", "GET /v2/app/manifests/" + found.digest());
    }

    @Test
    void q70_quotaThatIsUsedUp_isNotWaitedFor() {
        fill("app");
        registry.with(Quirk.QUOTA_OF_TEN_READS);
        RegistryStore store = target();
        Descriptor found = store.resolve(SCOPE, "1.0");
        for (int i = 0; i < 10; i++) {
            Verified.readAll(SCOPE, store, found, 1 << 20);
        }

        StoreException refused =
                catchThrowableOfType(StoreException.class, () -> Verified.readAll(SCOPE, store, found, 1 << 20));

        assertThat(refused).hasMessageContaining("the limit of reads is reached");
        assertThat(refused.code().name()).isEqualTo("RATE_LIMITED");
        assertThat(store.exists(SCOPE, found)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 499, 500, 502, 503, 504, 522})
    void q71_failuresThatPass_areTriedAgain(int status) {
        fill("app");
        registry.inject(RequestPattern.any(), Occurrence.every(2), Fault.status(status));
        RegistryStore store = target();

        store.resolveAndRead(SCOPE, "1.0", 1 << 20);
        store.exists(SCOPE, LAYER.descriptor());
        store.tags(SCOPE);
        pushTagged(store, "2.0");

        assertThat(registry.log().counts()).hasToString("{GET MANIFEST=1, GET TAGS=2, HEAD BLOB=2, PUT MANIFEST=2}");
    }

    @Test
    void q72_burstOfManifests_isSpread() {
        fill("app");
        registry.inject(RequestPattern.of("PUT", Kind.MANIFEST), Occurrence.every(3), Fault.tooManyRequests("1"));
        RegistryStore store = target();

        for (int i = 0; i < 10; i++) {
            pushTagged(store, "t" + i);
        }

        assertThat(registry.repository("app").tags()).hasSize(11);
        assertThat(registry.log().counts()).hasToString("{PUT MANIFEST=14}");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 404, 405, 406, 501})
    void q73_registryWithoutReferrers_isAskedOnce(int status) {
        fill("app");
        registry.inject(
                RequestPattern.of(Kind.REFERRERS),
                Fault.reply(Response.of(status)
                        .with("Content-Type", "text/html")
                        .withBody(Body.of("<p>".getBytes(StandardCharsets.UTF_8)))));
        RegistryStore store = target();

        assertThat(store.referrers(SCOPE, MANIFEST.descriptor().digest())).isEmpty();
        assertThat(store.referrers(SCOPE, LAYER.descriptor().digest())).isEmpty();

        assertThat(registry.log().counts()).hasToString("{GET REFERRERS=1}");
    }

    /** Rights are a repository's; that there are no such lists is the registry's. */
    @ParameterizedTest
    @CsvSource({"200, 1", "400, 1", "401, 2", "403, 2", "404, 1", "405, 1", "406, 1", "501, 1"})
    void q73_registryWithoutReferrers_isAskedOnceForAllRepositories(int status, int questions) {
        registry.inject(
                RequestPattern.of(Kind.REFERRERS),
                Fault.reply(Response.of(status)
                        .with("Content-Type", "text/html")
                        .withBody(Body.of("<p>".getBytes(StandardCharsets.UTF_8)))));
        try (RegistryClient client = RegistryClient.builder().build()) {
            for (String name : List.of("app", "other")) {
                RegistryStore store = client.store(new Repository(registry.host(), name));
                assertThat(store.referrers(SCOPE, MANIFEST.descriptor().digest()))
                        .isEmpty();
            }
        }

        assertThat(registry.log().count(Kind.REFERRERS)).isEqualTo(questions);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"NAME_UNKNOWN", "MANIFEST_UNKNOWN"})
    void q73_repositoryOrManifestThatIsNotThere_saysNothingOfOthers(ErrorCode code) {
        registry.inject(RequestPattern.of(Kind.REFERRERS), Occurrence.nth(1), Fault.status(404, code, "not here"));
        fill("app");
        RegistryStore store = target();

        assertThat(store.referrers(SCOPE, LAYER.descriptor().digest())).isEmpty();
        assertThat(store.referrers(SCOPE, MANIFEST.descriptor().digest())).isPresent();
    }
}
