/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in {@code index.json}: an answer or one of the library's exceptions, and what can be read stays readable. */
class LayoutIndexFuzzTest {
    private static final int ROUNDS = 2000;
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final TestContent A = TestContent.manifest(TestContent.blob("a"));
    private static final TestContent B = TestContent.index(A);

    private static final List<String> PIECES = List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "9007199254740993",
            "\"\"",
            "{}",
            "[]",
            "[[[[",
            "}",
            ",",
            ":",
            "\"",
            "\\u0000",
            "\\ud800",
            "sha256:",
            "sha512:",
            "../",
            "\u0000",
            "\u00ff",
            "manifests",
            "annotations",
            "digest",
            "size",
            "schemaVersion",
            "mediaType",
            "org.opencontainers.image.ref.name",
            "io.containerd.image.name",
            "\"1.0\"",
            "\"size\":\"7\"",
            "\"annotations\":null",
            "\"platform\":7",
            "\"annotations\":{\"k\":1}");

    @TempDir
    Path directory;

    @Test
    void anyIndex_givesAnAnswerOrALibraryException() throws IOException {
        String valid = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                + HandmadeLayout.named(A, "1.0") + ","
                + HandmadeLayout.entry(
                        B, IndexEntry.REF_NAME, "2.0", "io.containerd.image.name", "docker.io/library/web:2.0")
                + "],\"annotations\":{\"x\":\"y\"}}";
        HandmadeLayout layout =
                HandmadeLayout.empty(directory.resolve("layout")).blob(A).blob(B);
        Path index = layout.root().resolve("index.json");
        int usable = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            byte[] content = mutate(valid, new Random(seed)).getBytes(ISO_8859_1);
            Files.write(index, content);
            usable += isUsable(layout, seed) ? 1 : 0;
        }

        assertThat(usable).as("rounds that got past the parser").isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
    }

    private static boolean isUsable(HandmadeLayout layout, int seed) {
        try {
            LayoutStore store = LayoutStore.open(layout.root());
            List<String> before = store.tags(SCOPE);
            before.forEach(tag -> read(store, tag));
            find(store, "web:2.0");
            if (seed % 50 == 0) {
                A.pushTo(store, "new");
                assertThat(LayoutStore.open(layout.root()).tags(SCOPE))
                        .as("seed %d", seed)
                        .contains("new")
                        .containsAll(before);
            }
            return true;
        } catch (CnabException refused) {
            assertThat(refused.getMessage()).as("seed %d", seed).isNotBlank();
            return false;
        } catch (RuntimeException | Error other) {
            throw new AssertionError("seed " + seed, other);
        }
    }

    private static void read(LayoutStore store, String tag) {
        try {
            Verified.readAll(SCOPE, store, store.resolve(SCOPE, tag), 10_000);
        } catch (CnabException refused) {
            assertThat(refused.code()).isNotNull();
        }
    }

    private static void find(LayoutStore store, String name) {
        try {
            store.findImage(SCOPE, name);
        } catch (CnabException refused) {
            assertThat(refused.code()).isNotNull();
        }
    }

    private static String mutate(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int from = random.nextInt(mutated.length() + 1);
            int to = Math.min(mutated.length(), from + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> mutated.delete(from, to);
                case 1 -> mutated.insert(from, mutated.substring(from, to));
                case 2 -> mutated.insert(from, PIECES.get(random.nextInt(PIECES.size())));
                case 3 -> mutated.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
                default -> replaceValue(mutated, random);
            }
        }
        return mutated.toString();
    }

    /** Puts another value behind one of the colons, so that the text often stays JSON. */
    private static void replaceValue(StringBuilder text, Random random) {
        int colon = text.indexOf("\":", random.nextInt(text.length() + 1));
        if (colon >= 0) {
            int end = colon + 2;
            while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            text.replace(colon + 2, end, PIECES.get(random.nextInt(8)));
        }
    }
}
