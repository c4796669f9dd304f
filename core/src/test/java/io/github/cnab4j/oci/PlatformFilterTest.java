/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformFilterTest {
    private static final Platform MACHINE = Platform.of("linux", "amd64", null);
    private static final String AMD64 =
            entry(1, ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"},\"x\":\"<&>\"");
    private static final String ARM64 =
            entry(2, ",\"platform\":{\"variant\":\"v8\",\"zzz\":1,\"os\":\"linux\",\"architecture\":\"arm64\"}");
    private static final String WINDOWS = entry(3, ",\"platform\":{\"os\":\"windows\",\"architecture\":\"amd64\"}");
    private static final String NESTED = entry(4, "").replace("manifest.v1", "index.v1");

    @Test
    void theIndexKeepsWhatItKeepsInItsOrder() {
        String head =
                "{\"zeta\":1.50,\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[";
        String tail = "],\"annotations\":{\"z\":\"1\",\"a\":\"2\"}}";

        FilteredIndex filtered = filter(
                head + ARM64 + " , " + WINDOWS + "\n, " + AMD64 + "," + NESTED + tail, "linux/amd64", "linux/arm64");

        assertThat(text(filtered.content()))
                .isEqualTo(head + ARM64 + "," + AMD64.replace("<&>", "\\u003c\\u0026\\u003e") + tail);
        assertThat(filtered.kept()).extracting(Descriptor::digest).containsExactly(digest(2), digest(1));
    }

    @Test
    void theDescriptorIsThatOfTheNewBytes() {
        FilteredIndex filtered =
                filter("{\"schemaVersion\":2,\"manifests\":[" + AMD64 + "," + WINDOWS + "]}", "linux/amd64");

        assertThat(filtered.descriptor()).isEqualTo(Descriptor.of(MediaType.OCI_INDEX, filtered.content()));
        assertThat(Manifest.parse(MediaType.OCI_INDEX, filtered.content()).successors())
                .isEqualTo(filtered.kept());
    }

    @Test
    void anIndexOfWhichEverythingIsKeptStaysAsItIs() {
        String index = "{ \"schemaVersion\":2,\n\"manifests\":[ " + AMD64 + " ] }";

        FilteredIndex filtered = filter(index, "linux/amd64", "linux/s390x");

        assertThat(text(filtered.content())).isEqualTo(index);
        assertThat(filtered.descriptor()).isEqualTo(Descriptor.of(MediaType.OCI_INDEX, bytes(index)));
    }

    @Test
    void entriesWithOneDigestAreJudgedOneByOne() {
        String other = AMD64.replace("amd64", "arm64");

        FilteredIndex filtered =
                filter("{\"schemaVersion\":2,\"manifests\":[" + AMD64 + "," + other + "]}", "linux/arm64");

        assertThat(filtered.kept())
                .extracting(Descriptor::platform)
                .containsExactly(Platform.of("linux", "arm64", null));
    }

    @Test
    void whereNothingMatchesTheHintNamesWhatThereIs() {
        InvalidInputException refused = catchThrowableOfType(
                InvalidInputException.class,
                () -> filter(
                        "{\"schemaVersion\":2,\"manifests\":[" + ARM64 + "," + WINDOWS + "," + NESTED + "]}",
                        "linux/amd64"));

        assertThat(refused.code()).isEqualTo(ErrorCode.NO_MATCHING_PLATFORM);
        assertThat(refused).hasMessageContaining("linux/amd64");
        assertThat(refused.hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("linux/arm64", "windows/amd64", "none given"));
    }

    @Test
    void anEmptyIndexMatchesNothing() {
        assertThatThrownBy(() -> filter("{\"schemaVersion\":2,\"manifests\":[]}", "linux/amd64"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NO_MATCHING_PLATFORM));
    }

    @Test
    void anImageIsNotFiltered() {
        byte[] image = bytes("{\"schemaVersion\":2,\"config\":" + entry(1, "") + "}");

        assertThatThrownBy(() -> PlatformFilter.filter(
                        Descriptor.of(MediaType.OCI_MANIFEST, image), image, matcher("linux/amd64")))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MANIFEST));
    }

    @Test
    void theBytesOfTheResultCannotBeChanged() {
        FilteredIndex filtered =
                filter("{\"schemaVersion\":2,\"manifests\":[" + AMD64 + "," + WINDOWS + "]}", "linux/amd64");
        filtered.content()[0] = 'x';

        assertThat(Digest.sha256(filtered.content()))
                .isEqualTo(filtered.descriptor().digest());
    }

    private static FilteredIndex filter(String index, String... wanted) {
        byte[] content = bytes(index);
        return PlatformFilter.filter(Descriptor.of(MediaType.OCI_INDEX, content), content, matcher(wanted));
    }

    private static PlatformMatcher matcher(String... wanted) {
        return PlatformMatcher.anyOf(
                List.of(wanted).stream()
                        .map(one -> Platform.parse(one, MACHINE))
                        .toList(),
                MACHINE);
    }

    private static Digest digest(int number) {
        return Digest.parse("sha256:" + String.format("%064x", number));
    }

    private static String entry(int number, String rest) {
        return "{\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"digest\":\"" + digest(number) + "\",\"size\":7"
                + rest + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
