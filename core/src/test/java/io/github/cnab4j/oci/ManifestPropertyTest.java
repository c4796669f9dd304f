/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What holds for every document, whoever wrote it. */
class ManifestPropertyTest {
    private static final List<MediaType> TYPES =
            List.of(MediaType.OCI_INDEX, MediaType.OCI_MANIFEST, MediaType.DOCKER_LIST, MediaType.DOCKER_MANIFEST);
    private static final String DESCRIPTOR =
            "{\"mediaType\":\"a/b\",\"digest\":\"sha256:" + "0123456789abcdef".repeat(4)
                    + "\",\"size\":7,\"annotations\":{\"a\":\"b\"},\"urls\":[\"x\"],\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}";
    private static final String IMAGE =
            "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":" + DESCRIPTOR
                    + ",\"layers\":[" + DESCRIPTOR + "],\"subject\":" + DESCRIPTOR + ",\"annotations\":{\"x\":\"y\"}}";
    private static final String INDEX =
            "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[" + DESCRIPTOR + ","
                    + DESCRIPTOR + "],\"artifactType\":\"c/d\",\"annotations\":{\"x\":\"y\"}}";
    private static final String[] FRAGMENTS = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "null",
        "0",
        "-1",
        "1e99",
        "2",
        "\"\"",
        "\"config\":",
        "\"layers\":",
        "\"manifests\":",
        "\"mediaType\":",
        "\"schemaVersion\":",
        "\"digest\":",
        "\"size\":",
        "\"platform\":",
        "\"Digest\":",
        "\"fsLayers\":",
        "sha256:",
        "\\u0000",
        "\\ud800",
        "é",
        "[[[[",
        "{}",
        "[]",
        "\"os.features\":",
        "\"subject\":",
        "\"urls\":"
    };

    @Test
    void everyTruncatedDocumentIsRefused() {
        for (String text : List.of(IMAGE, INDEX)) {
            byte[] whole = bytes(text);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                for (MediaType type : TYPES) {
                    assertThatThrownBy(() -> Manifest.parse(type, cut))
                            .isInstanceOfSatisfying(
                                    InvalidInputException.class,
                                    refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MANIFEST));
                }
            }
        }
    }

    @RepeatedTest(3)
    void anAlteredDocumentIsReadAsWhatItSaysOrRefused(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int read = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] content = bytes(altered(random, random.nextBoolean() ? IMAGE : INDEX));
            for (MediaType type : TYPES) {
                read += isRead(type, content) ? 1 : 0;
            }
        }
        assertThat(read).isPositive();
    }

    @RepeatedTest(3)
    void noDocumentIsBothAnImageAndAnIndex(RepetitionInfo repetition) {
        Random random = new Random(100 + repetition.getCurrentRepetition());
        for (int i = 0; i < 2_000; i++) {
            String text = altered(
                    random, (random.nextBoolean() ? IMAGE : INDEX).replaceFirst("\"mediaType\":\"app[^,]*,", ""));
            byte[] content = bytes(text);
            assertThat(isRead(MediaType.OCI_INDEX, content) && isRead(MediaType.OCI_MANIFEST, content))
                    .as(text)
                    .isFalse();
        }
    }

    @Test
    void aDocumentWithTooManyEntriesIsRefusedAsSuch() {
        byte[] content = bytes("{\"schemaVersion\":2,\"manifests\":[" + "{},".repeat(600_000) + "{}]}");

        assertThatThrownBy(() -> Manifest.parse(MediaType.OCI_INDEX, content))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }

    @Test
    void aDocumentThatIsTooDeepIsRefusedAsSuch() {
        byte[] content = bytes("{\"schemaVersion\":2,\"manifests\":" + "[".repeat(100_000));

        assertThatThrownBy(() -> Manifest.parse(MediaType.OCI_INDEX, content))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }

    private static boolean isRead(MediaType type, byte[] content) {
        Manifest manifest;
        try {
            manifest = Manifest.parse(type, content);
        } catch (InvalidInputException refused) {
            assertThat(refused.code()).isIn(ErrorCode.INVALID_MANIFEST, ErrorCode.LIMIT_EXCEEDED);
            assertThat(refused.getMessage()).hasSizeLessThan(1_000).doesNotContainPattern("\\p{Cntrl}");
            return false;
        }
        assertThat(Manifest.parse(type, GoJson.write(manifest.json()))).isEqualTo(manifest);
        assertThat(manifest.mediaType()).isEqualTo(type);
        assertThat(manifest.successors()).doesNotHaveDuplicates();
        return true;
    }

    private static String altered(Random random, String text) {
        StringBuilder altered = new StringBuilder(text);
        for (int edits = random.nextInt(4); edits > 0; edits--) {
            int from = random.nextInt(altered.length());
            int to = Math.min(altered.length(), from + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> altered.delete(from, Math.max(to, from + 1));
                case 1 -> altered.insert(from, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
                case 2 -> altered.setCharAt(from, (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
                default -> altered.replace(from, to, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
            }
        }
        return altered.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
