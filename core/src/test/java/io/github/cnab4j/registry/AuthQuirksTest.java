/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.registry.auth.CredentialProvider;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.access.TokenAccess;
import io.github.cnab4j.testkit.access.TokenFlavour;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.testkit.log.LoggedRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Habits of registries and token services when they ask who is there, by the numbers of {@code docs/reference/registry-quirks.md}. */
@Timeout(60)
class AuthQuirksTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final TestContent LAYER = TestContent.random(1, 300_000);
    private static final TestContent OTHER = TestContent.random(2, 300_000);
    private static final TestContent MANIFEST = TestContent.manifest(LAYER);
    private static final Account ANN = Account.of("ann", "secret").withIdentityToken("id-1");
    private static final Credential PASSWORD = new Credential.Basic("ann", "secret");
    private static final String ONE_PUSH = "{GET TOKEN=1, POST UPLOAD=2, PUT UPLOAD=1}";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final FakeClock clock = new FakeClock();
    private volatile Instant serverTime = Instant.parse("2026-01-01T00:00:00Z");

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    private TestRegistry start(Access access) {
        TestRegistry registry = TestRegistry.builder().access(access).start();
        open.add(registry);
        registry.repository("app").putBlob(LAYER.bytes());
        registry.repository("app").putBlob(TestContent.config().bytes());
        registry.repository("app").putManifest(MANIFEST.descriptor().mediaType().value(), MANIFEST.bytes(), "1.0");
        registry.repository("origin").putBlob(OTHER.bytes());
        return registry;
    }

    private TokenAccess tokens(TokenFlavour... flavours) {
        return Access.tokens(ANN).withClock(() -> serverTime).with(flavours);
    }

    private RegistryClient client(CredentialProvider credentials) {
        RegistryClient client = RegistryClient.builder()
                .credentials(credentials)
                .time(clock, () -> 1)
                .build();
        open.add(0, client);
        return client;
    }

    private RegistryStore target(TestRegistry registry, Credential credential) {
        return client((host, repository) -> Optional.of(credential)).target(new Repository(registry.host(), "app"));
    }

    private RegistryStore stranger(TestRegistry registry) {
        return client(CredentialProvider.anonymous()).store(new Repository(registry.host(), "app"));
    }

    private static PushOutcome push(RegistryStore store, TestContent content, StoreId... mountFrom) {
        PushHints hints = new PushHints(List.of(mountFrom), List.of(), true, sent -> {});
        return store.push(SCOPE, content.descriptor(), content.source(), hints);
    }

    private static StoreId origin(TestRegistry registry) {
        return new StoreId("registry", registry.host(), "origin");
    }

    private static void assertPushed(TestRegistry registry, TestContent content) {
        assertThat(registry.repository("app").blob(content.descriptor().digest().toString()))
                .isEqualTo(content.bytes());
        assertThat(registry.openUploads()).isZero();
    }

    private static List<LoggedRequest> tokenRequests(TestRegistry registry) {
        return registry.log().requests(request -> request.kind() == Kind.TOKEN);
    }

    private static long refused(TestRegistry registry) {
        return registry.log().count(request -> request.status() == 401);
    }

    private void passOnBothSides(Duration time) {
        clock.advance(time);
        serverTime = serverTime.plus(time);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN_FIELD", "ACCESS_TOKEN_FIELD"})
    void q01_tokenUnderEitherName_isTaken(TokenFlavour flavour) {
        TestRegistry registry = start(tokens(flavour));

        push(target(registry, PASSWORD), OTHER);

        assertPushed(registry, OTHER);
        assertThat(registry.log().counts()).hasToString(ONE_PUSH);
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_LIFETIME", "ZERO_LIFETIME"})
    void q02_tokenOfUntoldLifetime_isUsedForLessThanAMinute(TokenFlavour flavour) {
        TestRegistry registry = start(tokens(flavour).withLifetime(Duration.ofSeconds(60)));
        RegistryStore store = target(registry, PASSWORD);

        push(store, OTHER);
        passOnBothSides(Duration.ofSeconds(45));
        store.exists(SCOPE, LAYER.descriptor());
        assertThat(registry.log().count(Kind.TOKEN)).isEqualTo(1);
        passOnBothSides(Duration.ofSeconds(10));
        store.exists(SCOPE, LAYER.descriptor());

        assertThat(registry.log().count(Kind.TOKEN)).isEqualTo(2);
        assertThat(refused(registry))
                .as("renewed before the registry refused it")
                .isEqualTo(1);
    }

    @Test
    void q02_clockOfTheService_doesNotMatter() {
        TestRegistry registry = start(tokens(TokenFlavour.CLOCK_AHEAD).withLifetime(Duration.ofMinutes(5)));
        RegistryStore store = target(registry, PASSWORD);

        push(store, OTHER);
        passOnBothSides(Duration.ofMinutes(4));
        store.exists(SCOPE, LAYER.descriptor());
        assertThat(registry.log().count(Kind.TOKEN)).isEqualTo(1);
        passOnBothSides(Duration.ofSeconds(55));
        store.exists(SCOPE, LAYER.descriptor());

        assertThat(registry.log().count(Kind.TOKEN)).isEqualTo(2);
        assertThat(refused(registry)).isEqualTo(1);
    }

    @Test
    void q02_tokenThatEndsBeforeItsTime_isRenewedOnceItIsRefused() {
        TestRegistry registry = start(tokens());
        RegistryStore store = target(registry, PASSWORD);

        push(store, OTHER);
        serverTime = serverTime.plus(Duration.ofHours(1));
        store.resolve(SCOPE, "1.0");

        assertThat(registry.log().counts()).hasToString("{GET TOKEN=2, HEAD MANIFEST=2, POST UPLOAD=2, PUT UPLOAD=1}");
    }

    @Test
    void q03_serviceThatKnowsNoPost_isAskedByGet() {
        TestRegistry registry = start(tokens(TokenFlavour.GET_ONLY));

        push(target(registry, PASSWORD), OTHER);

        assertThat(registry.log().counts()).hasToString(ONE_PUSH);
    }

    @Test
    void q03_serviceThatKnowsNoGet_isAskedByPost() {
        TestRegistry registry = start(tokens(TokenFlavour.POST_ONLY));

        push(target(registry, PASSWORD), OTHER);

        assertPushed(registry, OTHER);
        assertThat(registry.log().counts()).hasToString("{GET TOKEN=1, POST TOKEN=1, POST UPLOAD=2, PUT UPLOAD=1}");
    }

    @Test
    void q03_identityToken_whereThereIsNoPost_isThePassword() {
        TestRegistry registry = start(Access.tokens(Account.of("", "id-1")).with(TokenFlavour.GET_ONLY));

        push(target(registry, new Credential.IdentityToken("id-1")), OTHER);

        assertThat(registry.log().counts()).hasToString("{GET TOKEN=1, POST TOKEN=1, POST UPLOAD=2, PUT UPLOAD=1}");
    }

    @Test
    void q04_identityToken_isTradedForATokenByPost_andNeverAPassword() {
        TestRegistry registry = start(tokens(TokenFlavour.IDENTITY_TOKENS_ONLY, TokenFlavour.ACCESS_TOKEN_FIELD));

        push(target(registry, new Credential.IdentityToken("id-1")), OTHER);

        assertPushed(registry, OTHER);
        assertThat(registry.log().counts()).hasToString("{POST TOKEN=1, POST UPLOAD=2, PUT UPLOAD=1}");
        assertThat(registry.log().requests())
                .noneMatch(request -> request.authorization()
                        .filter(value -> value.startsWith("Basic"))
                        .isPresent())
                .noneMatch(request -> request.query().contains("id-1"));
    }

    @Test
    void q05_challengeWithoutWords_isAnsweredWithThePassword() {
        TestRegistry registry = start(Access.basic(ANN));
        registry.inject(RequestPattern.any(), Fault.withoutHeader("WWW-Authenticate"));

        push(target(registry, PASSWORD), OTHER);

        assertPushed(registry, OTHER);
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=2, PUT UPLOAD=1}");
        AccessDeniedException denied = catchThrowableOfType(
                AccessDeniedException.class, () -> stranger(registry).resolve(SCOPE, "1.0"));
        assertThat(denied.hint().orElseThrow()).contains("no credentials for " + registry.host());
    }

    @Test
    void q06_scopeThatIsMissingUnder403_isAskedForOnce() {
        TestRegistry registry = start(tokens());
        RequestPattern authorized = RequestPattern.of(Kind.MANIFEST)
                .and(request -> request.headers().contains("Authorization"));
        Fault insufficient = Fault.custom((request, next) -> Response.of(403)
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"/token\",scope=\"repository:app:pull\",error=\"insufficient_scope\""));
        RegistryStore store = target(registry, PASSWORD);
        store.resolve(SCOPE, "1.0");
        registry.inject(authorized, Occurrence.first(1), insufficient);

        assertThat(store.resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
        assertThat(registry.log().counts()).hasToString("{GET TOKEN=2, HEAD MANIFEST=4}");

        registry.log().clear();
        registry.inject(authorized, insufficient);
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> store.resolve(SCOPE, "1.0"));
        assertThat(registry.log().counts())
                .as("once for HEAD, once for the GET that makes up for it")
                .hasToString("{GET MANIFEST=2, GET TOKEN=2, HEAD MANIFEST=2}");
    }

    @Test
    void q06_mountThatTheTokenDoesNotAllow_isAnUpload() {
        Account narrow = ANN.allowed(repository -> repository.equals("app") ? Account.EVERYTHING : Set.of());
        TestRegistry registry = start(Access.tokens(narrow).with(TokenFlavour.FORBIDS_FOR_SCOPE));

        assertThat(push(target(registry, PASSWORD), OTHER, origin(registry))).isEqualTo(PushOutcome.UPLOADED);

        assertPushed(registry, OTHER);
    }

    @ParameterizedTest
    @EnumSource(names = {"BASIC_BESIDE", "CROWDED_CHALLENGE"})
    void q07_tokenIsFoundAmongOtherChallenges_andThePasswordStaysWithItsService(TokenFlavour flavour) {
        TestRegistry registry = start(tokens(flavour));

        push(target(registry, PASSWORD), OTHER);

        assertPushed(registry, OTHER);
        assertThat(registry.log().counts()).hasToString(ONE_PUSH);
        assertThat(tokenRequests(registry)).allMatch(request -> request.query().contains("service=test-registry"));
        assertThat(registry.log().requests(request -> request.kind() != Kind.TOKEN))
                .noneMatch(request -> request.authorization()
                        .filter(value -> value.startsWith("Basic"))
                        .isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BASIC realm=\"Sonatype\"",
                "basic",
                "Negotiate, Basic realm=x",
                "Digest realm=\"a,b\", bAsIc realm=\"\\\"\""
            })
    void q07_passwordIsAskedForInAnyCase(String challenge) {
        TestRegistry registry = start(Access.basic(ANN));
        registry.inject(
                RequestPattern.any().and(request -> !request.headers().contains("Authorization")),
                Fault.withHeader("WWW-Authenticate", challenge));

        push(target(registry, PASSWORD), OTHER);

        assertPushed(registry, OTHER);
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=2, PUT UPLOAD=1}");
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_SCOPE", "STAR_SCOPE", "NO_SERVICE"})
    void q08_scopeThatIsNotNamed_isOurOwn(TokenFlavour flavour) {
        TestRegistry registry = start(tokens(flavour));

        push(target(registry, PASSWORD), OTHER);

        assertThat(registry.log().counts()).hasToString(ONE_PUSH);
        assertThat(tokenRequests(registry))
                .allMatch(request -> request.query().contains("scope=repository%3Aapp%3Apull%2Cpush"));
    }

    @Test
    void q09_serviceThatHonoursOneScope_costsTheMount() {
        TestRegistry registry = start(tokens(TokenFlavour.FIRST_SCOPE_ONLY));
        RegistryStore store = target(registry, PASSWORD);

        assertThat(push(store, OTHER, origin(registry))).isEqualTo(PushOutcome.UPLOADED);

        assertPushed(registry, OTHER);
        // Together, the target's scope first; after the refusal the target's alone.
        assertThat(tokenRequests(registry).get(0).query())
                .containsSubsequence("repository%3Aapp%3Apull%2Cpush", "repository%3Aorigin%3Apull");
        assertThat(registry.log().count(request -> request.query().contains("mount=")))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void q10_tokenThatIsRefusedForTheSource_costsTheMount() {
        Account narrow = ANN.allowed(repository -> repository.equals("app") ? Account.EVERYTHING : Set.of());
        TestRegistry registry = start(Access.tokens(narrow).with(TokenFlavour.ALL_OR_NOTHING));
        RegistryStore store = target(registry, PASSWORD);

        assertThat(push(store, OTHER, origin(registry))).isEqualTo(PushOutcome.UPLOADED);

        assertPushed(registry, OTHER);
        assertThat(registry.log().counts()).hasToString("{GET TOKEN=2, POST UPLOAD=2, PUT UPLOAD=1}");
    }

    @Test
    void q11_actionsAreWrittenAsAllServicesReadThem() {
        TestRegistry registry = start(tokens(TokenFlavour.LITERAL_ACTIONS));

        assertThat(push(target(registry, PASSWORD), OTHER, origin(registry))).isEqualTo(PushOutcome.MOUNTED);
        client((host, repository) -> Optional.of(PASSWORD))
                .store(new Repository(registry.host(), "app"))
                .resolve(SCOPE, "1.0");

        assertThat(registry.log().count(Kind.TOKEN)).isEqualTo(2);
    }

    @Test
    void q12_relativeRealm_isAtTheRegistry() {
        TestRegistry registry = start(tokens(TokenFlavour.RELATIVE_REALM));

        push(target(registry, PASSWORD), OTHER);

        assertThat(registry.log().counts()).hasToString(ONE_PUSH);
    }

    @Test
    void q13_tokenThatEndsWithinAnUpload_isRenewed_andTheUploadGoesOn() {
        TestRegistry registry = start(tokens().withLifetime(Duration.ofSeconds(60)));
        registry.inject(RequestPattern.of("PATCH"), Occurrence.nth(2), Fault.custom((request, next) -> {
            serverTime = serverTime.plus(Duration.ofMinutes(2));
            return next.handle(request);
        }));
        RegistryClient client = RegistryClient.builder()
                .credentials((host, repository) -> Optional.of(PASSWORD))
                .time(clock, () -> 1)
                .chunkSize(100_000)
                .build();
        open.add(0, client);

        push(client.target(new Repository(registry.host(), "app")), OTHER);

        assertPushed(registry, OTHER);
        assertThat(registry.log().count(Kind.TOKEN)).isEqualTo(2);
        assertThat(registry.log().count(request -> request.method().equals("PATCH") && request.status() == 202))
                .as("no part is sent twice")
                .isEqualTo(3);
    }

    @Test
    void q13_tokenThatEndsAtTheEndOfAnUpload_isRenewed() {
        TestRegistry registry = start(tokens());
        InjectedFault late = registry.inject(
                RequestPattern.of("PUT", Kind.UPLOAD), Occurrence.nth(1), Fault.custom((request, next) -> {
                    request.body().readAllBytes();
                    return Fault.expiredToken().intercept(request, next);
                }));

        push(target(registry, PASSWORD), OTHER);

        assertThat(late.strikes()).isEqualTo(1);
        assertPushed(registry, OTHER);
        assertThat(registry.log().count(Kind.TOKEN)).isEqualTo(2);
    }

    @Test
    void q14_registryThatHidesFromStrangers_isAskedHowToComeIn_once() {
        TestRegistry registry = start(tokens(TokenFlavour.HIDES));
        RegistryStore store = target(registry, PASSWORD);

        Descriptor found = store.resolve(SCOPE, "1.0");
        store.resolve(SCOPE, "1.0");

        assertThat(found).isEqualTo(MANIFEST.descriptor());
        assertThat(registry.log().counts()).hasToString("{GET PING=1, GET TOKEN=1, HEAD MANIFEST=3}");
    }

    @Test
    void q14_registryThatForbidsStrangers_isAskedHowToComeIn() {
        TestRegistry registry = start(Access.basic(ANN));
        registry.inject(
                RequestPattern.of(Kind.MANIFEST)
                        .and(request -> !request.headers().contains("Authorization")),
                Fault.status(403));

        assertThat(target(registry, PASSWORD).resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
        assertThat(registry.log().counts()).hasToString("{GET PING=1, HEAD MANIFEST=2}");
    }

    @Test
    void q14_whatIsReallyMissing_isBelieved_andTheFrontDoorIsAskedOnce() {
        TestRegistry registry = start(Access.anonymous());
        RegistryStore store = target(registry, PASSWORD);

        for (String tag : List.of("2.0", "3.0")) {
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> store.resolve(SCOPE, tag));
        }
        assertThat(registry.log().counts()).hasToString("{GET PING=1, HEAD MANIFEST=2}");

        registry.log().clear();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> stranger(registry).resolve(SCOPE, "2.0"));
        assertThat(registry.log().counts()).hasToString("{HEAD MANIFEST=1}");
    }

    @Test
    void q15_refusalOfTheTokenService_isToldInItsWords() {
        TestRegistry registry = start(tokens(TokenFlavour.OVER_QUOTA));

        AccessDeniedException denied =
                catchThrowableOfType(AccessDeniedException.class, () -> push(target(registry, PASSWORD), OTHER));

        assertThat(denied).hasMessageContaining("storage quota exceeded, delete some tags");
        assertThat(denied.hint()).isPresent();
        assertThat(registry.log().counts()).hasToString("{GET TOKEN=1, POST UPLOAD=1}");
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_TOKEN_FOR_ALL", "FIXED_SCOPE", "GET_ONLY"})
    void q16_tokensAreKeptByWhatTheyWereAskedFor(TokenFlavour flavour) {
        TestRegistry registry = start(tokens(flavour));
        RegistryClient client = client((host, repository) -> Optional.of(PASSWORD));
        RegistryStore app = client.target(new Repository(registry.host(), "app"));
        RegistryStore origin = client.target(new Repository(registry.host(), "origin"));

        for (int round = 0; round < 2; round++) {
            app.exists(SCOPE, LAYER.descriptor());
            origin.exists(SCOPE, OTHER.descriptor());
        }

        assertThat(registry.log().count(Kind.TOKEN)).isLessThanOrEqualTo(3);
        assertThat(registry.log().count(request -> request.status() == 200 && request.kind() == Kind.BLOB))
                .isEqualTo(4);
    }

    @Test
    void q16_tokenOfOne_isNotUsedForAnother() {
        Account reader = Account.of("bob", "other").allowed(repository -> Set.of("pull"));
        TestRegistry registry = start(Access.tokens(ANN, reader));
        Credential[] now = {new Credential.Basic("bob", "other")};
        RegistryStore store =
                client((host, repository) -> Optional.of(now[0])).target(new Repository(registry.host(), "app"));

        store.exists(SCOPE, LAYER.descriptor());
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> push(store, OTHER));
        now[0] = PASSWORD;
        push(store, OTHER);

        assertPushed(registry, OTHER);
    }

    @Test
    void strangersPullWithTokensOfNobody() {
        TestRegistry registry = start(tokens().withAnonymousPull());

        assertThat(stranger(registry).resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());

        assertThat(registry.log().counts()).hasToString("{GET TOKEN=1, HEAD MANIFEST=2}");
        assertThat(tokenRequests(registry))
                .allMatch(request -> request.authorization().isEmpty());
    }

    @Test
    void tokenServiceOnAnotherHost_seesThePassword_andTheRegistryDoesNot() {
        TokenAccess tokens = tokens();
        TestRegistry service = start(tokens);
        TestRegistry registry = start(tokens.withRealm(URI.create(service.uri() + Kind.TOKEN_PATH)));

        push(target(registry, PASSWORD), OTHER);

        assertThat(service.log().counts()).hasToString("{GET TOKEN=1}");
        assertThat(registry.log().counts()).hasToString("{POST UPLOAD=2, PUT UPLOAD=1}");
        assertThat(registry.log().requests())
                .noneMatch(request -> request.authorization()
                        .filter(value -> value.startsWith("Basic"))
                        .isPresent());
    }
}
