/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
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
import io.github.cnab4j.testkit.fault.Gate;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests a store sends, and what becomes of the answers. */
@Timeout(60)
class RequestTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final TestContent LAYER = TestContent.random(1, 300_000);
    private static final TestContent MANIFEST = TestContent.manifest(LAYER);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    private TestRegistry registry(Access access) {
        TestRegistry registry = TestRegistry.builder().access(access).start();
        open.add(0, registry);
        return registry;
    }

    private TestRegistry registry() {
        return registry(Access.anonymous());
    }

    private RegistryClient client(Credential... credentials) {
        RegistryClient client = RegistryClient.builder()
                .credentials(
                        (host, repository) -> credentials.length == 0 ? Optional.empty() : Optional.of(credentials[0]))
                .time(new FakeClock(), () -> 1)
                .build();
        open.add(0, client);
        return client;
    }

    private RegistryStore target(TestRegistry registry, String repository, Credential... credentials) {
        return client(credentials).target(new Repository(registry.host(), repository));
    }

    private static PushOutcome push(RegistryStore store, TestContent content, PushHints hints) {
        return store.push(SCOPE, content.descriptor(), content.source(), hints);
    }

    private static PushHints mountFrom(StoreId... places) {
        return new PushHints(List.of(places), List.of(), true, sent -> {});
    }

    private static void fill(TestRegistry registry, String repository) {
        registry.repository(repository).putBlob(LAYER.bytes());
        registry.repository(repository).putBlob(TestContent.config().bytes());
        registry.repository(repository)
                .putManifest(MANIFEST.descriptor().mediaType().value(), MANIFEST.bytes(), "1.0");
    }

    @Test
    void newBlob_isAskedFor_thenSentInTwoRequests() {
        TestRegistry registry = registry();

        push(target(registry, "app"), LAYER, PushHints.NONE);

        // HEAD: is it there; POST: open an upload; PUT: all bytes and the digest.
        assertThat(registry.log().counts()).hasToString("{HEAD BLOB=1, POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @Test
    void blobKnownToBeMissing_isNotAskedFor() {
        TestRegistry registry = registry();

        push(target(registry, "app"), LAYER, mountFrom());

        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @Test
    void blobOfAnotherRepository_isMountedInOneRequest() {
        TestRegistry registry = registry();
        fill(registry, "origin");

        PushOutcome outcome =
                push(target(registry, "app"), LAYER, mountFrom(new StoreId("registry", registry.host(), "origin")));

        assertThat(outcome).isEqualTo(PushOutcome.MOUNTED);
        assertThat(registry.log().lines()).hasSize(1);
        assertThat(registry.repository("app")
                        .hasBlob(LAYER.descriptor().digest().toString()))
                .isTrue();
    }

    @Test
    void blobMountedFromItsOwnRepository_wasThere() {
        TestRegistry registry = registry();
        fill(registry, "app");
        RegistryStore store = target(registry, "app");

        assertThat(push(store, LAYER, mountFrom(store.id()))).isEqualTo(PushOutcome.ALREADY_PRESENT);
        assertThat(registry.log().lines()).hasSize(1);
    }

    @Test
    void mountThatOpensAnUpload_goesOnWithIt() {
        TestRegistry registry = registry();
        registry.inject(RequestPattern.of("POST", Kind.UPLOAD), Fault.refuseMount());

        PushOutcome outcome =
                push(target(registry, "app"), LAYER, mountFrom(new StoreId("registry", registry.host(), "origin")));

        assertThat(outcome).isEqualTo(PushOutcome.UPLOADED);
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 501})
    void refusedMount_costsOnePlainUpload_andIsNotTriedAgain(int status) {
        TestRegistry registry = registry();
        registry.inject(RequestPattern.of("POST", Kind.UPLOAD), Fault.refuseMount(status));
        RegistryStore store = target(registry, "app");
        PushHints hints = mountFrom(new StoreId("registry", registry.host(), "origin"));

        assertThat(push(store, LAYER, hints)).isEqualTo(PushOutcome.UPLOADED);
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=2, PUT UPLOAD=1}");
        assertThat(push(store, TestContent.random(2, 300_000), hints)).isEqualTo(PushOutcome.UPLOADED);
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=3, PUT UPLOAD=2}");
    }

    @Test
    void smallBlobs_goWithOneRequest_whereTheRegistryTakesThat() {
        TestRegistry registry = registry();
        RegistryStore store = target(registry, "app");

        for (int i = 0; i < 3; i++) {
            assertThat(push(store, TestContent.random(i, 1000), mountFrom())).isEqualTo(PushOutcome.UPLOADED);
        }

        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=3}");
        assertThat(registry.repository("app")
                        .blob(TestContent.random(2, 1000).descriptor().digest().toString()))
                .isEqualTo(TestContent.random(2, 1000).bytes());
    }

    /** Asking for a mount would find out whether the blob is there; sending it again costs as much and no more. */
    @Test
    void smallBlobThatMightBeThere_goesWithOneRequestToo() {
        TestRegistry registry = registry();
        RegistryStore store = target(registry, "app");

        push(store, TestContent.blob("one"), mountFrom(store.id()));
        push(store, TestContent.blob("two"), mountFrom(store.id()));

        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=2}");
    }

    @Test
    void registryThatIgnoresAPostedBlob_isTriedOnce_andGetsItInTheUploadThatItOpened() {
        TestRegistry registry = registry();
        InjectedFault ignoring = registry.inject(
                RequestPattern.of("POST", Kind.UPLOAD)
                        .and(request -> request.query().first("digest").isPresent()),
                Fault.ignorePostedBlob());
        RegistryStore store = target(registry, "app");

        push(store, TestContent.blob("one"), mountFrom());
        push(store, TestContent.blob("two"), mountFrom());

        assertThat(ignoring.strikes()).isEqualTo(1);
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=2, PUT UPLOAD=2}");
        assertThat(registry.openUploads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void registryThatTakesAPostedBlobForAPart_getsItInAnotherUpload(boolean says) {
        TestRegistry registry = registry();
        if (!says) {
            registry.inject(RequestPattern.of("PUT", Kind.UPLOAD), Occurrence.first(1), Fault.status(400));
        }
        registry.inject(RequestPattern.of("POST", Kind.UPLOAD), Fault.keepPostedBlob());
        RegistryStore store = target(registry, "app");
        TestContent blob = TestContent.blob("one");

        assertThat(push(store, blob, mountFrom())).isEqualTo(PushOutcome.UPLOADED);

        assertThat(registry.repository("app").blob(blob.descriptor().digest().toString()))
                .isEqualTo(blob.bytes());
        assertThat(registry.openUploads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 411, 413, 500})
    void registryThatRefusesAPostedBlob_getsItTheUsualWay_andIsNotTriedAgain(int status) {
        TestRegistry registry = registry();
        InjectedFault refusing = registry.inject(
                RequestPattern.of("POST", Kind.UPLOAD)
                        .and(request -> request.query().first("digest").isPresent()),
                Fault.status(status));
        RegistryStore store = target(registry, "app");

        assertThat(push(store, TestContent.blob("one"), mountFrom())).isEqualTo(PushOutcome.UPLOADED);
        assertThat(push(store, TestContent.blob("two"), mountFrom())).isEqualTo(PushOutcome.UPLOADED);

        assertThat(refusing.strikes()).isEqualTo(1);
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=3, PUT UPLOAD=2}");
    }

    @ParameterizedTest
    @CsvSource({"1, '{POST UPLOAD=4, PUT UPLOAD=1}'", "2, '{POST UPLOAD=5, PUT UPLOAD=3}'"})
    void registryThatHangsUpOnAPostedBlob_getsItTheUsualWay_andTwoTimesTell(int times, String requests) {
        TestRegistry registry = registry();
        registry.inject(
                RequestPattern.of("POST", Kind.UPLOAD).parameter("digest"),
                Occurrence.first(times),
                Fault.resetBefore());
        RegistryStore store = target(registry, "app");

        for (String blob : List.of("one", "two", "three")) {
            assertThat(push(store, TestContent.blob(blob), mountFrom())).isEqualTo(PushOutcome.UPLOADED);
        }

        assertThat(registry.log().counts()).hasToString(requests);
    }

    @Test
    void whileOneBlobFindsOut_othersGoTheUsualWay() throws Exception {
        TestRegistry registry = registry();
        Gate gate = new Gate();
        registry.inject(RequestPattern.of("POST", Kind.UPLOAD), Occurrence.first(1), Fault.hold(gate));
        RegistryStore store = target(registry, "app");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<PushOutcome> first = other.submit(() -> push(store, TestContent.blob("one"), mountFrom()));
            assertThat(gate.awaitArrivals(1, Duration.ofSeconds(20))).isTrue();

            push(store, TestContent.blob("two"), mountFrom());

            assertThat(registry.log().count("PUT", Kind.UPLOAD)).isEqualTo(1);
            gate.open();
            assertThat(first.get()).isEqualTo(PushOutcome.UPLOADED);
        } finally {
            gate.open();
            other.shutdown();
        }
        push(store, TestContent.blob("three"), mountFrom());
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=3, PUT UPLOAD=1}");
    }

    @Test
    void mountFromAnotherRegistry_isNotAskedFor() {
        TestRegistry registry = registry();

        push(target(registry, "app"), LAYER, mountFrom(new StoreId("registry", "registry.example", "origin")));

        assertThat(registry.log().lines()).noneMatch(line -> line.contains("mount="));
    }

    @Test
    void registryThatHadNoTimeForAPostedBlob_isTriedAgain() {
        TestRegistry registry = registry();
        registry.inject(RequestPattern.of("POST", Kind.UPLOAD), Occurrence.first(1), Fault.tooManyRequests("100000"));
        RegistryStore store = target(registry, "app");

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> push(store, TestContent.blob("one"), mountFrom()));
        push(store, TestContent.blob("two"), mountFrom());

        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=2}");
    }

    @Test
    void registryThatHadNoTimeForAMount_didNotRefuseIt() {
        TestRegistry registry = registry();
        fill(registry, "origin");
        registry.inject(RequestPattern.of("POST", Kind.UPLOAD), Occurrence.first(1), Fault.tooManyRequests("100000"));
        RegistryStore store = target(registry, "app");
        PushHints hints = mountFrom(new StoreId("registry", registry.host(), "origin"));

        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> push(store, LAYER, hints));

        assertThat(push(store, LAYER, hints)).isEqualTo(PushOutcome.MOUNTED);
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=2}");
    }

    /** Only the last byte completes the request, and it is held back until the source has proved itself. */
    @Test
    void damagedSource_isNotTakenWithOneRequest() {
        TestRegistry registry = registry();
        RegistryStore store = target(registry, "app");
        TestContent blob = TestContent.random(7, 1000);
        byte[] damaged = blob.bytes().clone();
        damaged[500] ^= 1;

        assertThatExceptionOfType(CnabException.class)
                .isThrownBy(() -> store.push(SCOPE, blob.descriptor(), ContentSource.ofBytes(damaged), mountFrom()));

        assertThat(registry.repository("app").hasBlob(blob.descriptor().digest().toString()))
                .isFalse();
        assertThat(registry.log().count("PUT", Kind.UPLOAD)).isZero();
    }

    @Test
    void sourceThatIsGone_costsTheTargetNoRequest() {
        TestRegistry registry = registry();
        RegistryStore store = target(registry, "app");
        ContentSource gone = scope -> {
            throw new NotFoundException("GET", "the source is gone", null);
        };

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> store.push(SCOPE, LAYER.descriptor(), gone, mountFrom()))
                .withMessage("the source is gone");

        assertThat(registry.log().count()).isZero();
    }

    static List<CnabException> sourceFailures() {
        return List.of(
                new NotFoundException("GET", "the source is gone", null),
                new FileException("the source is gone", null, null),
                new CancelledException("the source is gone"));
    }

    @ParameterizedTest
    @MethodSource("sourceFailures")
    void smallBlobWhoseSourceIsGone_costsTheTargetNoRequest_andSaysNothingOfTheRegistry(CnabException failure) {
        TestRegistry registry = registry();
        RegistryStore store = target(registry, "app");
        TestContent small = TestContent.blob("one");
        ContentSource gone = scope -> {
            throw failure;
        };

        assertThatExceptionOfType(failure.getClass())
                .isThrownBy(() -> store.push(SCOPE, small.descriptor(), gone, mountFrom()));
        assertThat(registry.log().count()).isZero();

        push(store, small, mountFrom());
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=1}");
    }

    @Test
    void sourceThatIsGone_leavesNoUploadThatARefusedMountOpened() {
        TestRegistry registry = registry();
        RegistryStore store = target(registry, "app");
        ContentSource gone = scope -> {
            throw new NotFoundException("GET", "the source is gone", null);
        };

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> store.push(
                        SCOPE,
                        LAYER.descriptor(),
                        gone,
                        mountFrom(new StoreId("registry", registry.host(), "origin"))));

        assertThat(registry.log().counts()).hasToString("{DELETE UPLOAD=1, POST UPLOAD=1}");
        assertThat(registry.openUploads()).isZero();
    }

    @Test
    void wishForALongWait_isToldToThePerson_howeverLong() {
        TestRegistry registry = registry();
        registry.inject(RequestPattern.of(Kind.TAGS), Fault.tooManyRequests("9".repeat(18)));

        RejectedException refused = catchThrowableOfType(
                RejectedException.class, () -> target(registry, "app").tags(SCOPE));

        assertThat(refused.hint().orElseThrow()).contains("asks to wait for 8760 hours");
    }

    @Test
    void mountThatIsNotToBeHad_isNoReasonToSendWhatIsThere() {
        TestRegistry registry = registry();
        registry.inject(RequestPattern.of("POST", Kind.UPLOAD), Fault.refuseMount());
        fill(registry, "app");
        PushHints hints = new PushHints(
                List.of(new StoreId("registry", registry.host(), "origin")), List.of(), false, sent -> {});

        assertThat(push(target(registry, "app"), LAYER, hints)).isEqualTo(PushOutcome.ALREADY_PRESENT);

        assertThat(registry.log().count("PUT", Kind.UPLOAD)).isZero();
        assertThat(registry.openUploads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void registryThatTakesNoWholeUpload_getsAStream(int status) {
        TestRegistry registry = registry();
        registry.inject(RequestPattern.of("PUT", Kind.UPLOAD), Occurrence.first(1), Fault.status(status));

        assertThat(push(target(registry, "app"), LAYER, mountFrom())).isEqualTo(PushOutcome.UPLOADED);
        assertThat(registry.log().count("PATCH", Kind.UPLOAD)).isEqualTo(1);
        assertThat(registry.repository("app").blob(LAYER.descriptor().digest().toString()))
                .isEqualTo(LAYER.bytes());
    }

    /** Proxies say so to what they do not like, and when something goes wrong in passing. */
    @ParameterizedTest
    @CsvSource({
        "1, '{DELETE UPLOAD=1, HEAD BLOB=1, POST UPLOAD=3, PUT UPLOAD=3}'",
        "2, '{DELETE UPLOAD=2, HEAD BLOB=1, PATCH UPLOAD=2, POST UPLOAD=4, PUT UPLOAD=4}'"
    })
    void badGateway_saysSomethingOfTheRequest_onlyIfItComesAgain(int times, String requests) {
        TestRegistry registry = registry();
        registry.inject(RequestPattern.of("PUT", Kind.UPLOAD), Occurrence.first(times), Fault.status(502));
        RegistryStore store = target(registry, "app");

        push(store, LAYER, mountFrom());
        push(store, TestContent.random(9, 300_000), mountFrom());

        assertThat(registry.log().counts()).hasToString(requests);
        assertThat(registry.openUploads()).isZero();
    }

    @Test
    void repositoryThatNobodyPushedTo_isUnknown_untilItHasATag() {
        TestRegistry registry = registry();
        RegistryStore store = target(registry, "app");

        assertThat(store.repositoryUnknown(SCOPE)).isTrue();
        fill(registry, "app");
        assertThat(store.repositoryUnknown(SCOPE)).isFalse();
        assertThat(registry.log().lines()).containsOnly("GET /v2/app/tags/list?n=1");
    }

    @Test
    void tokens_areFetchedOncePerRepository_howeverManyRequestsWantThem() throws Exception {
        TestRegistry registry = registry(Access.tokens(Account.of("ann", "secret")));
        RegistryStore store = target(registry, "app", new Credential.Basic("ann", "secret"));
        ExecutorService callers = Executors.newFixedThreadPool(16);
        List<Future<PushOutcome>> pushes = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            TestContent blob = TestContent.random(i + 10, 1000);
            pushes.add(callers.submit(() -> push(store, blob, PushHints.NONE)));
        }
        for (Future<PushOutcome> push : pushes) {
            assertThat(push.get()).isEqualTo(PushOutcome.UPLOADED);
        }
        callers.shutdown();

        assertThat(registry.log().count(Kind.TOKEN)).isEqualTo(1);
    }

    @Test
    void questionsBeforeAPush_useThePushsToken() {
        TestRegistry registry = registry(Access.tokens(Account.of("ann", "secret")));
        RegistryStore store = target(registry, "app", new Credential.Basic("ann", "secret"));

        store.exists(SCOPE, MANIFEST.descriptor());
        store.repositoryUnknown(SCOPE);
        push(store, LAYER, PushHints.NONE);

        assertThat(registry.log().count(Kind.TOKEN)).isEqualTo(1);
    }

    @Test
    void password_goesAlongOnceTheRegistryAskedForIt() {
        TestRegistry registry = registry(Access.basic(Account.of("ann", "secret")));

        push(target(registry, "app", new Credential.Basic("ann", "secret")), LAYER, PushHints.NONE);

        // One challenge, then the same question again with the password; the upload's requests have it at once.
        assertThat(registry.log().counts()).hasToString("{HEAD BLOB=2, POST UPLOAD=1, PUT UPLOAD=1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens", "basic"})
    void wrongPassword_isRefusedInWordsWithoutIt(String kind) {
        Account account = Account.of("ann", "secret");
        TestRegistry registry = registry(kind.equals("basic") ? Access.basic(account) : Access.tokens(account));
        RegistryStore store = target(registry, "app", new Credential.Basic("ann", "wrong-one"));

        AccessDeniedException denied =
                catchThrowableOfType(AccessDeniedException.class, () -> push(store, LAYER, PushHints.NONE));

        assertThat(denied).hasMessageContaining(registry.host());
        assertThat(denied.hint()).isPresent();
        assertThat(denied.toString()).doesNotContain("wrong-one");
    }

    @ParameterizedTest
    @CsvSource({
        "401, io.github.cnab4j.error.AccessDeniedException",
        "403, io.github.cnab4j.error.AccessDeniedException",
        "404, io.github.cnab4j.error.NotFoundException",
        "429, io.github.cnab4j.error.RejectedException",
        "500, io.github.cnab4j.error.RejectedException",
        "503, io.github.cnab4j.error.RejectedException"
    })
    void refusal_isToldByItsClass_withThePlace(int status, Class<? extends StoreException> type) {
        TestRegistry registry = registry();
        fill(registry, "app");
        registry.inject(RequestPattern.any(), Fault.status(status));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> target(registry, "app").resolve(SCOPE, "1.0"))
                .isInstanceOf(type)
                .withMessageContaining(registry.host() + "/app:1.0");
    }

    @Test
    void flippedByte_isReadOnceMore_andNeverComesOutWhole() {
        TestRegistry registry = registry();
        fill(registry, "app");
        InjectedFault flip =
                registry.inject(RequestPattern.of("GET", Kind.BLOB), Occurrence.first(3), Fault.flipBit(299_999));
        RegistryStore store = target(registry, "app");

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> Verified.readAll(SCOPE, store, LAYER.descriptor(), 1 << 20));

        assertThat(flip.strikes()).isEqualTo(2);
        assertThat(Verified.readAll(SCOPE, store, LAYER.descriptor(), 1 << 20)).isEqualTo(LAYER.bytes());
        assertThat(registry.log().count("GET", Kind.BLOB)).isEqualTo(4);
    }

    @Test
    void flippedByteOfAManifest_isReadOnceMore() {
        TestRegistry registry = registry();
        fill(registry, "app");
        registry.inject(RequestPattern.of("GET", Kind.MANIFEST), Occurrence.nth(1), Fault.flipBit(5));

        assertThat(target(registry, "app").resolveAndRead(SCOPE, "1.0", 1 << 20).descriptor())
                .isEqualTo(MANIFEST.descriptor());
        assertThat(registry.log().count("GET", Kind.MANIFEST)).isEqualTo(2);
    }

    @Test
    void truncatedBlobThatIsRead_isAskedForAgain() {
        TestRegistry registry = registry();
        TestContent blob = TestContent.random(3, 10_000);
        registry.repository("app").putBlob(blob.bytes());
        registry.inject(RequestPattern.of("GET", Kind.BLOB), Occurrence.first(2), Fault.truncate(1000));

        assertThat(Verified.readAll(SCOPE, target(registry, "app"), blob.descriptor(), 1 << 20))
                .isEqualTo(blob.bytes());
        assertThat(registry.log().count("GET", Kind.BLOB)).isEqualTo(3);
    }

    @Test
    void wrongDigestHeader_isARefusalToBelieve() {
        TestRegistry registry = registry();
        fill(registry, "app");
        registry.inject(
                RequestPattern.of(Kind.MANIFEST),
                Fault.withHeader("Docker-Content-Digest", "sha256:" + "0".repeat(64)));
        RegistryStore store = target(registry, "app");

        assertThatExceptionOfType(CnabException.class).isThrownBy(() -> {
            var found = store.resolve(SCOPE, "1.0");
            Verified.readAll(SCOPE, store, found, 1 << 20);
        });
    }

    @Test
    void resolve_readsTheManifestWhereHeadersAreMissing() {
        TestRegistry registry = registry();
        fill(registry, "app");
        registry.inject(RequestPattern.of("HEAD", Kind.MANIFEST), Fault.withoutHeader("Docker-Content-Digest"));

        assertThat(target(registry, "app").resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
        assertThat(registry.log().counts()).hasToString("{GET MANIFEST=1, HEAD MANIFEST=1}");
    }

    @Test
    void redirectToAnotherHost_isFollowedWithoutThePassword() {
        TestRegistry storage = registry();
        TestRegistry registry = registry(Access.basic(Account.of("ann", "secret")));
        fill(registry, "app");
        String digest = storage.repository("store").putBlob(LAYER.bytes());
        registry.inject(
                RequestPattern.of("GET", Kind.BLOB)
                        .and(request -> request.headers().first("Authorization").isPresent()),
                Fault.redirect(307, storage.uri() + "/v2/store/blobs/" + digest));
        RegistryStore store = target(registry, "app", new Credential.Basic("ann", "secret"));

        assertThat(Verified.readAll(SCOPE, store, LAYER.descriptor(), 1 << 20)).isEqualTo(LAYER.bytes());
        assertThat(storage.log().requests())
                .hasSize(1)
                .allMatch(request -> request.authorization().isEmpty());
    }

    @Test
    void tagsOfManyPages_areAllListed() {
        TestRegistry registry = registry();
        fill(registry, "app");
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            tags.add("t%04d".formatted(i));
        }
        registry.repository("app")
                .putManifest(MANIFEST.descriptor().mediaType().value(), MANIFEST.bytes(), tags.toArray(String[]::new));

        assertThat(target(registry, "app").tags(SCOPE)).hasSize(1501).containsAll(tags);
        assertThat(registry.log().count(Kind.TAGS)).isEqualTo(2);
    }

    @Test
    void pageThatNamesItselfAsTheNext_isNotReadForEver() {
        TestRegistry registry = registry();
        fill(registry, "app");
        registry.inject(
                RequestPattern.of(Kind.TAGS),
                Fault.withHeader("Link", "</v2/app/tags/list?n=1000&last=x>; rel=\"next\""));

        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> target(registry, "app").tags(SCOPE));
    }

    @Test
    void nextPageOnAnotherHost_isNotAsked() {
        TestRegistry other = registry();
        TestRegistry registry = registry();
        fill(registry, "app");
        registry.inject(
                RequestPattern.of(Kind.TAGS),
                Fault.withHeader("Link", "<" + other.uri() + "/v2/app/tags/list>; rel=\"next\""));

        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> target(registry, "app").tags(SCOPE));
        assertThat(other.log().count()).isZero();
    }

    @Test
    void moreCallersThanConnections_waitForTheirTurn() throws Exception {
        TestRegistry registry = registry();
        fill(registry, "app");
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try (RegistryClient narrow =
                RegistryClient.builder().connectionsPerHost(2).build()) {
            RegistryStore store = narrow.store(new Repository(registry.host(), "app"));
            List<Future<Boolean>> questions = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                questions.add(callers.submit(() -> store.exists(SCOPE, LAYER.descriptor())));
            }
            for (Future<Boolean> question : questions) {
                assertThat(question.get()).isTrue();
            }
        } finally {
            callers.shutdown();
        }
    }

    /** The challenge is not held while the request goes again. */
    @Test
    void oneConnection_isEnoughForAPassword() {
        TestRegistry registry = TestRegistry.builder()
                .access(Access.basic(Account.of("ann", "secret")))
                .start();
        open.add(registry);
        fill(registry, "app");
        RegistryClient client = RegistryClient.builder()
                .connectionsPerHost(1)
                .credentials((host, repository) -> Optional.of(new Credential.Basic("ann", "secret")))
                .build();
        open.add(client);

        assertThat(client.store(new Repository(registry.host(), "app")).tags(SCOPE))
                .isNotEmpty();
    }

    /** What expects TLS says so to anything else, and a connection that broke is no proof of the contrary. */
    @Test
    void insecureRegistry_thatCallsAnythingWithoutTlsInvalid_isSpokenToInTls() {
        TestRegistry registry = registry();
        registry.inject(RequestPattern.of(Kind.PING), Fault.status(400));
        RegistryClient client = RegistryClient.builder()
                .time(new FakeClock(), () -> 1)
                .insecureHosts(Set.of(registry.host()))
                .build();
        open.add(client);

        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() ->
                        client.store(new Repository(registry.host(), "app")).tags(SCOPE));

        assertThat(registry.log().counts()).hasToString("{GET PING=1}");
    }

    @Test
    void registryThatIsDown_isUnreachableByName() {
        TestRegistry registry = registry();
        RegistryStore store = target(registry, "app");
        registry.close();

        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> store.resolve(SCOPE, "1.0"))
                .withMessageContaining(registry.host());
    }

    @Test
    void closedClient_refusesWork() {
        TestRegistry registry = registry();
        fill(registry, "app");
        RegistryClient client = client();
        RegistryStore store = client.store(new Repository(registry.host(), "app"));
        client.close();

        assertThatExceptionOfType(CnabException.class).isThrownBy(() -> store.resolve(SCOPE, "1.0"));
    }

    @Test
    void refusedManifest_keepsTheRegistrysCodes() {
        TestRegistry registry = registry();
        RejectedException refused = catchThrowableOfType(
                RejectedException.class,
                () -> push(target(registry, "app"), MANIFEST, PushHints.NONE.withTags(List.of("1.0"))));

        assertThat(refused.registryCodes()).contains("MANIFEST_BLOB_UNKNOWN");
        assertThat(registry.repository("app").tags()).isEmpty();
    }

    @Test
    void unknownRepository_isToldApartFromAnUnknownTag() {
        TestRegistry registry = registry();
        fill(registry, "app");

        assertThat(catchThrowableOfType(
                                NotFoundException.class,
                                () -> target(registry, "app").resolve(SCOPE, "none"))
                        .repositoryUnknown())
                .isFalse();
        assertThat(catchThrowableOfType(
                                NotFoundException.class,
                                () -> target(registry, "none").tags(SCOPE))
                        .repositoryUnknown())
                .isTrue();
    }
}
