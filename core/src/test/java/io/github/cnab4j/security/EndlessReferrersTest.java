/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.ArtifactCopyOptions;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** S23: lists of what refers to a manifest that do not end, or lead back to where they began. */
@Timeout(60)
class EndlessReferrersTest {
    private static final Digest SUBJECT = Scene.MANIFEST.descriptor().digest();

    @RegisterExtension
    final Scene scene = new Scene();

    private static String entry(String digest, long size) {
        return "{\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    private static Response page(List<String> entries) {
        return Response.of(200)
                .with("Content-Type", MediaType.OCI_INDEX.value())
                .withBody(Body.of(
                        ("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}").getBytes(UTF_8)));
    }

    private CnabException refused(TestRegistry registry) {
        CnabException refused = catchThrowableOfType(
                CnabException.class,
                () -> scene.store(registry, Scene.nobody()).referrers(CallScope.unbounded(), SUBJECT));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        return refused;
    }

    @Test
    void aMillionReferrers_areGivenUpAfterTenThousand() {
        TestRegistry registry = scene.filled(Access.anonymous());
        AtomicInteger pages = new AtomicInteger();
        registry.inject(RequestPattern.of(Kind.REFERRERS), Fault.custom((request, next) -> {
            int page = pages.incrementAndGet();
            return page(IntStream.range(0, 1000)
                            .mapToObj(i -> entry("sha256:%064x".formatted(1000L * page + i), 2))
                            .toList())
                    .with("Link", "</v2/app/referrers/" + SUBJECT + "?page=" + page + ">; rel=\"next\"");
        }));

        assertThat(refused(registry)).hasMessageContaining("more than 10000 manifests refer to");

        assertThat(pages).hasValueLessThan(13);
    }

    @Test
    void pageThatNamesItselfAsTheNext_isReadTwiceAtMost() {
        TestRegistry registry = scene.filled(Access.anonymous());
        registry.inject(
                RequestPattern.of(Kind.REFERRERS),
                Fault.custom((request, next) ->
                        page(List.of()).with("Link", "</v2/app/referrers/" + SUBJECT + "?n=1>; rel=\"next\"")));

        assertThat(refused(registry)).hasMessageContaining("has no end");

        assertThat(registry.log().count("GET", Kind.REFERRERS)).isEqualTo(2);
    }

    /** Each of two manifests is listed, ten thousand times, as what refers to the other. */
    @Test
    void referrersThatReferToEachOther_areCopiedOnce() {
        TestRegistry registry = scene.filled(Access.anonymous());
        TestRegistry target = scene.registry();
        TestContent other = TestContent.manifest(TestContent.random(5, 1000));
        registry.repository("app").putBlob(TestContent.random(5, 1000).bytes());
        registry.repository("app").putManifest(MediaType.OCI_MANIFEST.value(), other.bytes(), "2.0");
        registry.inject(RequestPattern.of(Kind.REFERRERS), Fault.custom((request, next) -> {
            TestContent listed = request.path().endsWith(SUBJECT.toString()) ? other : Scene.MANIFEST;
            return page(Collections.nCopies(
                    10_000, entry(listed.descriptor().digest().toString(), listed.bytes().length)));
        }));

        try (Remotes remotes = Remotes.builder().build()) {
            remotes.copy(
                    Location.parse(registry.host() + "/app:1.0"),
                    Location.parse(target.host() + "/app:1.0"),
                    ArtifactCopyOptions.defaults().withReferrers(true));
        }

        assertThat(target.repository("app").manifests())
                .contains(SUBJECT.toString(), other.descriptor().digest().toString());
        assertThat(registry.log().count()).isLessThan(40);
    }
}
