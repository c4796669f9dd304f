/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededContentTest {
    private static final int BLOCK = 1024 * 1024;

    private static byte[] read(SeededContent content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 1000, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5})
    void theContentHasItsSizeAndItsDigest(long size) throws IOException {
        SeededContent content = new SeededContent("seed", size);

        byte[] bytes = read(content);

        assertThat(bytes.length).isEqualTo((int) size);
        assertThat(content.digest()).isEqualTo(Sha256.of(bytes));
    }

    @Test
    void openingAgainGivesTheSame() throws IOException {
        SeededContent content = new SeededContent("seed", 2 * BLOCK);

        assertThat(Arrays.equals(read(content), read(content))).isTrue();
    }

    @Test
    void otherSeedsGiveOtherContentAndNoBlockIsLikeAnother() throws IOException {
        byte[] bytes = read(new SeededContent("seed", 2 * BLOCK));

        assertThat(new SeededContent("other", 1000).digest()).isNotEqualTo(new SeededContent("seed", 1000).digest());
        assertThat(Arrays.equals(bytes, 0, BLOCK, bytes, BLOCK, 2 * BLOCK)).isFalse();
    }
}
