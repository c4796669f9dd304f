/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.TestContent;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexDocumentTest {
    private static final String CONTAINERD = "io.containerd.image.name";
    private static final TestContent A = TestContent.manifest(TestContent.blob("a"));
    private static final TestContent B = TestContent.manifest(TestContent.blob("b"));
    private static final TestContent C = TestContent.manifest(TestContent.blob("c"));

    private static IndexDocument of(String... entries) {
        return IndexDocument.parse(
                ("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}").getBytes(UTF_8));
    }

    private static void assertEntries(IndexDocument actual, String... expected) {
        assertThat(new String(actual.toBytes(), UTF_8))
                .isEqualTo("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", expected) + "]}");
    }

    private static String named(TestContent content, String name) {
        return HandmadeLayout.named(content, name);
    }

    private static String both(TestContent content, String tag, String fullName) {
        return HandmadeLayout.entry(content, IndexEntry.REF_NAME, tag, CONTAINERD, fullName);
    }

    @Test
    void aNewName_comesLast() {
        assertEntries(
                of(named(A, "1"), named(B, "2")).withName("3", A.descriptor()),
                named(A, "1"),
                named(B, "2"),
                named(A, "3"));
    }

    @Test
    void aNameThatMoves_staysInItsPlace() {
        assertEntries(of(named(A, "1"), named(B, "2")).withName("1", C.descriptor()), named(C, "1"), named(B, "2"));
    }

    @Test
    void aNameThatMovesToAnUnnamedEntry_leavesNoOther() {
        assertEntries(
                of(named(A, "1"), HandmadeLayout.entry(B), named(C, "2")).withName("1", B.descriptor()),
                named(B, "1"),
                named(C, "2"));
    }

    @Test
    void aNameThatIsThereTwice_isThereOnceAfterwards() {
        assertEntries(of(named(A, "1"), named(B, "1")).withName("1", B.descriptor()), named(B, "1"));
        assertEntries(of(named(A, "1"), named(A, "1")).withName("1", A.descriptor()), named(A, "1"));
    }

    @Test
    void anEntryThatContainerdNames_losesTheTagButStays() {
        assertEntries(
                of(both(A, "1", "example.com/a:1"), both(B, "1", "example.com/b:1"))
                        .withName("1", C.descriptor()),
                HandmadeLayout.entry(A, CONTAINERD, "example.com/a:1"),
                HandmadeLayout.entry(B, CONTAINERD, "example.com/b:1"),
                named(C, "1"));
    }

    @Test
    void aNameThatIsWhereItBelongs_changesNothing() {
        IndexDocument document = of(named(A, "1"), both(B, "2", "example.com/b:2"));

        assertThat(document.withName("1", A.descriptor())).isSameAs(document);
        assertThat(document.withName("2", B.descriptor())).isSameAs(document);
    }

    @Test
    void anEntryWithAnotherMediaType_isReplaced() {
        Descriptor retyped = Descriptor.of(
                MediaType.DOCKER_MANIFEST,
                A.descriptor().digest(),
                A.descriptor().size());

        assertThat(of(named(A, "1")).withName("1", retyped).named("1")).contains(retyped);
    }

    @Test
    void entriesForManifests_areAddedOnce() {
        IndexDocument document = of(named(A, "1"));

        assertEntries(
                document.withEntries(List.of(A.descriptor(), B.descriptor(), B.descriptor())),
                named(A, "1"),
                HandmadeLayout.entry(B));
        assertThat(document.withEntries(List.of(A.descriptor()))).isSameAs(document);
    }

    @Test
    void noListAtAll_isAnEmptyOne() {
        IndexDocument document = IndexDocument.parse("{\"schemaVersion\":2,\"manifests\":null}".getBytes(UTF_8));

        assertThat(document.names()).isEmpty();
        assertEntries(document.withName("1", A.descriptor()), named(A, "1"));
    }

    @Test
    void moreThanAReaderTakes_isNotWritten() {
        IndexDocument document = IndexDocument.empty();
        List<Descriptor> many = IntStream.range(0, 60_000)
                .mapToObj(i -> Descriptor.of(
                        MediaType.OCI_MANIFEST,
                        Digest.sha256(Integer.toString(i).getBytes(UTF_8)),
                        i))
                .toList();

        IndexDocument large = document.withEntries(many);

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(large::toBytes)
                .returns(ErrorCode.LIMIT_EXCEEDED, InvalidInputException::code)
                .satisfies(why -> assertThat(why.hint()).isPresent());
    }
}
