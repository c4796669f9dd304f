/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PullTest {
    private static final String REPOSITORY = "reg.example/app";

    private final MemoryStores stores = new MemoryStores();
    private final Remotes remotes = Remotes.builder().stores(stores).build();

    /** Whatever a registry answers, a pull gives a bundle that was verified, or one message. */
    @TestFactory
    Stream<DynamicTest> everyAnswerGivesABundleOrOneMessage() {
        return Vectors.load("parse-index.json").cases().stream()
                .map(c -> dynamicTest(c.string("id").orElseThrow(), () -> {
                    String ref = c.string("ref").orElseThrow();
                    try (Remotes one = Remotes.builder()
                            .stores(new OneStore(new CaseStore(c)))
                            .build()) {
                        PullResult pulled = one.pull(Reference.parse(ref));
                        assertThat(pulled.digest().toString())
                                .isEqualTo(c.object("resolved")
                                        .flatMap(found -> found.string("digest"))
                                        .orElse(""));
                    } catch (CnabException refused) {
                        assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n");
                    }
                }));
    }

    @Test
    void noTagMeansLatest() {
        push("latest", "{\"name\":\"a\",\"invocationImages\":[]}");

        assertThat(remotes.pull(Reference.parse(REPOSITORY)).bundle().name()).isEqualTo("a");
    }

    @Test
    void digestDecidesOverTheTag() {
        Digest first = push("1", "{\"name\":\"first\"}");
        push("1", "{\"name\":\"second\"}");

        assertThat(remotes.pull(Reference.parse(REPOSITORY + ":1@" + first))
                        .bundle()
                        .name())
                .isEqualTo("first");
        assertThat(remotes.pull(Reference.parse(REPOSITORY + ":1")).bundle().name())
                .isEqualTo("second");
    }

    @Test
    void answerOfAnotherDigestThanAskedForIsRefused() {
        Descriptor other = Descriptor.of(MediaType.OCI_INDEX, "{}".getBytes(StandardCharsets.UTF_8));
        try (Remotes one = Remotes.builder()
                .stores(new OneStore(new CaseStore(JsonObject.builder()
                        .put("ref", REPOSITORY)
                        .put("resolved", other.toJson())
                        .put(
                                "content",
                                new JsonArray(List.of(JsonObject.builder()
                                        .put("digest", other.digest().toString())
                                        .put("text", "{}")
                                        .build())))
                        .build())))
                .build()) {

            IntegrityException failure = catchThrowableOfType(
                    IntegrityException.class,
                    () -> one.pull(Reference.parse(REPOSITORY + "@sha256:" + "2".repeat(64))));

            assertThat(failure.getMessage()).contains(other.digest().toString(), "2".repeat(64));
        }
    }

    @Test
    void bundleThatIsNoBundleIsRefusedWithTheReference() {
        push("1", "{\"name\":7}");

        CnabException failure =
                catchThrowableOfType(CnabException.class, () -> remotes.pull(Reference.parse(REPOSITORY + ":1")));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_BUNDLE);
        assertThat(failure.getMessage()).contains(REPOSITORY + ":1", "name");
    }

    @Test
    void oddIndexIsAWarning() {
        push("1", "{\"name\":\"a\",\"invocationImages\":[{\"image\":\"x/y:1\"}]}");

        PullResult pulled = remotes.pull(Reference.parse(REPOSITORY + ":1"));

        assertThat(pulled.warnings())
                .extracting(Warning::kind)
                .containsExactly(Warning.Kind.INDEX_UNUSUAL, Warning.Kind.IMAGE_WITHOUT_DESCRIPTOR);
        assertThat(pulled.bundle())
                .isEqualTo(Bundle.parse("{\"name\":\"a\",\"invocationImages\":[{\"image\":\"x/y:1\"}]}"
                        .getBytes(StandardCharsets.UTF_8)));
    }

    /** Puts a bundle with an index of its config alone. */
    private Digest push(String tag, String bundle) {
        MemoryStore store = stores.at(REPOSITORY);
        Descriptor blob = MemoryStores.put(store, MediaType.CNAB_CONFIG, bundle);
        Descriptor manifest = MemoryStores.put(
                store, MediaType.OCI_MANIFEST, "{\"schemaVersion\":2,\"config\":" + text(blob) + ",\"layers\":null}");
        String entry = text(manifest).replaceFirst("\\}$", ",\"annotations\":{\"io.cnab.manifest.type\":\"config\"}}");
        return MemoryStores.put(store, MediaType.OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[" + entry + "]}", tag)
                .digest();
    }

    private static String text(Descriptor descriptor) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + descriptor.digest() + "\",\"size\":"
                + descriptor.size() + "}";
    }
}
