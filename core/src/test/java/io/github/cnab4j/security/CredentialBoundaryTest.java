/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.security;

import static io.github.cnab4j.security.Scene.ann;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.registry.RegistryClient;
import io.github.cnab4j.registry.RegistryStore;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.registry.auth.DockerConfig;
import io.github.cnab4j.remotes.ArtifactCopyOptions;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.testkit.log.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials stay with the scheme, host and port that they were given for, wherever a registry sends its clients. */
@Timeout(60)
class CredentialBoundaryTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final TestContent LAYER = Scene.LAYER;

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    Path directory;

    private static RequestPattern authorized(String method) {
        return RequestPattern.of(method).and(request -> request.headers().contains("Authorization"));
    }

    /** Whatever comes of it: only who sees what is asked here. */
    private static void pushAndRead(RegistryStore store) {
        for (Runnable work : List.<Runnable>of(
                () -> store.push(SCOPE, LAYER.descriptor(), LAYER.source(), PushHints.NONE),
                () -> Verified.readAll(SCOPE, store, Scene.MANIFEST.descriptor(), 1 << 20))) {
            try {
                work.run();
            } catch (CnabException sentAstray) {
                assertThat(sentAstray.toString()).doesNotContain(Scene.SECRET);
            }
        }
    }

    private static List<LoggedRequest> seenAs(TestRegistry registry, String host) {
        return registry.log()
                .requests(request -> request.headers().first("Host").orElse("").equals(host));
    }

    /** S03, S04: every method, another port or another name of the same machine. */
    @ParameterizedTest
    @CsvSource({
        "GET, port",
        "HEAD, port",
        "POST, port",
        "PUT, port",
        "PATCH, port",
        "GET, name",
        "HEAD, name",
        "POST, name",
        "PUT, name",
        "PATCH, name"
    })
    void redirectElsewhere_carriesNoCredentials(String method, String what) {
        TestRegistry registry = scene.filled(Scene.BASIC);
        TestRegistry other = what.equals("port") ? scene.registry() : registry;
        String host = what.equals("port") ? other.host() : other.host().replace("127.0.0.1", "localhost");
        InjectedFault redirect = registry.inject(
                authorized(method),
                Fault.custom((request, next) -> Response.of(307).with("Location", "http://" + host + request.path())));
        if (method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
            registry.repository("app").deleteBlob(LAYER.descriptor().digest().toString());
        }

        pushAndRead(scene.store(registry, ann().chunkSize(200_000)));

        assertThat(redirect.strikes()).isPositive();
        assertThat(seenAs(other, host))
                .isNotEmpty()
                .allMatch(request -> request.authorization().isEmpty());
    }

    /** S01, S02: neither asked for content nor, since it stays where it is, anything else. */
    @Test
    void urlsOfALayer_areNeverAsked() {
        String mediaType = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
        TestRegistry other = scene.registry(Scene.BASIC);
        TestRegistry registry = scene.registry(Scene.BASIC);
        TestRegistry target = scene.registry();
        String layer = "{\"mediaType\":\"" + mediaType + "\",\"size\":" + LAYER.bytes().length + ",\"digest\":\""
                + LAYER.descriptor().digest() + "\",\"urls\":[\"" + other.uri() + "/layer\",\"http://ann:"
                + Scene.SECRET + "@" + other.host() + "/layer\"]}";
        String manifest = new String(Scene.MANIFEST.bytes(), UTF_8)
                .replaceAll("\"layers\":\\[.*]", "\"layers\":[" + Matcher.quoteReplacement(layer) + "]");
        registry.repository("app").putBlob(TestContent.config().bytes());
        registry.repository("app")
                .putManifest("application/vnd.oci.image.manifest.v1+json", manifest.getBytes(UTF_8), "1.0");

        try (Remotes remotes = Remotes.builder()
                .credentials((host, repository) -> Optional.of(new Credential.Basic("ann", Scene.SECRET)))
                .build()) {
            remotes.copy(
                    Location.parse(registry.host() + "/app:1.0"),
                    Location.parse(target.host() + "/app:1.0"),
                    ArtifactCopyOptions.defaults());
        }

        assertThat(other.log().count()).isZero();
        assertThat(target.repository("app").manifest("1.0")).isEqualTo(manifest.getBytes(UTF_8));
    }

    /** S08: a download that breaks off at the storage is gone on with there, again without credentials. */
    @Test
    void downloadGoneOnWithAtTheStorage_carriesNoCredentials() {
        TestRegistry storage = scene.registry();
        String digest = storage.repository("store").putBlob(LAYER.bytes());
        TestRegistry registry = scene.filled(Scene.BASIC);
        registry.inject(authorized("GET"), Fault.redirect(307, storage.uri() + "/v2/store/blobs/" + digest));
        storage.inject(RequestPattern.of("GET", Kind.BLOB), Occurrence.first(2), Fault.truncate(100_000));

        assertThat(Verified.readAll(SCOPE, scene.store(registry, ann()), LAYER.descriptor(), 1 << 20))
                .isEqualTo(LAYER.bytes());

        assertThat(storage.log().requests())
                .hasSize(3)
                .allMatch(request -> request.authorization().isEmpty())
                .anyMatch(request -> request.headers().contains("Range"));
    }

    /** S03, at the token service, to which the password itself goes. */
    @Test
    void tokenServiceThatRedirectsElsewhere_passesNoPasswordOn() {
        TestRegistry other = scene.registry();
        TestRegistry registry = scene.filled(Scene.TOKENS);
        InjectedFault redirect =
                registry.inject(RequestPattern.of("GET", Kind.TOKEN), Fault.redirect(302, other.uri() + "/token"));

        pushAndRead(scene.store(registry, ann()));

        assertThat(redirect.strikes()).isPositive();
        assertThat(registry.log().requests(request -> request.kind() == Kind.TOKEN))
                .anyMatch(request -> request.authorization().isPresent());
        assertThat(other.log().requests())
                .isNotEmpty()
                .allMatch(request -> request.authorization().isEmpty());
    }

    /** S03: what has the secret in its body is not sent on at all. */
    @Test
    void tokenServiceThatRedirectsAnIdentityToken_isNotFollowed() {
        TestRegistry other = scene.registry();
        TestRegistry registry = scene.filled(Scene.TOKENS);
        InjectedFault redirect =
                registry.inject(RequestPattern.of("POST", Kind.TOKEN), Fault.redirect(307, other.uri() + "/token"));

        pushAndRead(scene.store(
                registry,
                Scene.nobody()
                        .credentials((host, repository) -> Optional.of(new Credential.IdentityToken(Scene.SECRET)))));

        assertThat(redirect.strikes()).isPositive();
        assertThat(other.log().count()).isZero();
    }

    /** S29: what a storage host says about authentication is neither answered nor taken for the registry's. */
    @Test
    void challengeOfARedirectsTarget_isNotAnswered_andChangesNothing() {
        TestRegistry realm = scene.registry(Scene.TOKENS);
        TestRegistry storage = scene.registry();
        TestRegistry registry = scene.filled(Scene.TOKENS);
        storage.inject(
                RequestPattern.any(),
                Fault.reply(Response.of(401)
                        .with("WWW-Authenticate", "Bearer realm=\"" + realm.uri() + "/token\",scope=\"storage\"")));
        InjectedFault redirect = registry.inject(
                RequestPattern.of("GET", Kind.BLOB)
                        .and(request -> request.headers().contains("Authorization")),
                Occurrence.nth(1),
                Fault.redirect(
                        307,
                        storage.uri() + "/v2/store/blobs/" + LAYER.descriptor().digest()));
        RegistryStore store = scene.store(registry, ann());

        CnabException denied = catchThrowableOfType(
                CnabException.class, () -> Verified.readAll(SCOPE, store, LAYER.descriptor(), 1 << 20));
        byte[] second = Verified.readAll(SCOPE, store, LAYER.descriptor(), 1 << 20);

        assertThat(denied).isNotNull();
        assertThat(second).isEqualTo(LAYER.bytes());
        assertThat(redirect.strikes()).isEqualTo(1);
        assertThat(realm.log().count()).isZero();
        assertThat(storage.log().requests())
                .hasSize(1)
                .allMatch(request -> request.authorization().isEmpty());
        // The token of before is still the registry's.
        assertThat(registry.log().count(Kind.TOKEN)).isEqualTo(1);
    }

    /** S28: same host, same scope, another person. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tokenOfOnePerson_isNotUsedForAnother(boolean tokens) {
        Account ann = Account.of("ann", Scene.SECRET);
        Account bob = Account.of("bob", "another");
        TestRegistry registry = scene.filled(tokens ? Access.tokens(ann, bob) : Access.basic(ann, bob));
        AtomicReference<Credential> who = new AtomicReference<>(new Credential.Basic("ann", Scene.SECRET));
        RegistryStore store =
                scene.store(registry, Scene.nobody().credentials((host, repository) -> Optional.of(who.get())));

        store.exists(SCOPE, LAYER.descriptor());
        who.set(new Credential.Basic("bob", "another"));
        registry.log().clear();
        store.exists(SCOPE, LAYER.descriptor());

        String bobs = "Basic " + Base64.getEncoder().encodeToString("bob:another".getBytes(UTF_8));
        if (tokens) {
            assertThat(registry.log().requests(request -> request.kind() == Kind.TOKEN))
                    .singleElement()
                    .satisfies(request -> assertThat(request.authorization()).hasValue(bobs));
        } else {
            assertThat(registry.log().requests())
                    .allMatch(request -> request.authorization().equals(Optional.of(bobs)));
        }
    }

    /** S09: a helper that is missing is a failure; nobody is asked with other credentials, and not anonymously either. */
    @Test
    void helperThatIsMissing_isAnError_andNothingElseIsSent() throws IOException {
        TestRegistry registry = scene.filled(Scene.BASIC);
        Files.writeString(
                directory.resolve("config.json"),
                "{\"credsStore\":\"absent\",\"auths\":{\"" + registry.host()
                        + "\":{\"username\":\"ann\",\"password\":\"" + Scene.SECRET + "\"}}}");
        DockerConfig config = DockerConfig.fromEnvironment(
                Map.of("DOCKER_CONFIG", directory.toString(), "PATH", directory.toString()), directory);
        RegistryStore store = scene.store(registry, RegistryClient.builder().credentials(config));

        CnabException failure =
                catchThrowableOfType(CnabException.class, () -> store.exists(SCOPE, LAYER.descriptor()));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
        assertThat(failure.getMessage()).contains("docker-credential-absent").doesNotContain(Scene.SECRET);
        assertThat(registry.log().requests())
                .hasSize(1)
                .allMatch(request -> request.authorization().isEmpty());
    }
}
