/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.log.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One copy under several tags: put last, and of a failure it is said which were put. */
class SeveralTagsTest {
    private static final ArtifactCopyOptions TAGS =
            ArtifactCopyOptions.defaults().withTags(List.of("b", "c"));

    private final TestRegistry source = TestRegistry.start();
    private final TestRegistry target = TestRegistry.start();
    private final Remotes remotes = Remotes.builder().build();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        remotes.close();
        source.close();
        target.close();
    }

    private Location from() {
        source.load("app", new ContentGenerator(1).graph(5), "1");
        return Location.parse(source.host() + "/app:1");
    }

    private Location to() {
        return Location.parse(target.host() + "/app:a");
    }

    @Test
    void contentIsSentOnce_andTheTagsAreTheLastThatIsPut() {
        ArtifactCopyResult copied = remotes.copy(from(), to(), TAGS);

        assertThat(target.repository("app").tags()).containsExactly("a", "b", "c");
        assertThat(copied.tags()).containsExactly("a", "b", "c");
        List<String> puts =
                target
                        .log()
                        .requests(request -> request.kind() == Kind.MANIFEST
                                && request.method().equals("PUT"))
                        .stream()
                        .map(request -> request.path().substring(request.path().lastIndexOf('/') + 1))
                        .toList();
        assertThat(puts.subList(puts.size() - 3, puts.size())).containsExactly("a", "b", "c");
    }

    @Test
    void tagThatIsRefused_isNamed_withThoseThatWerePut() {
        Location from = from();
        target.inject(
                RequestPattern.of("PUT", Kind.MANIFEST)
                        .and(request -> request.path().endsWith("/b")),
                Fault.status(403));

        CopyException failure = catchThrowableOfType(CopyException.class, () -> remotes.copy(from, to(), TAGS));

        assertThat(failure).hasMessageContaining("; put: a; not put: b, c");
    }

    @Test
    void failureBeforeTheTags_saysThatNoneWasPut() {
        Location from = from();
        target.inject(RequestPattern.of("PUT", Kind.MANIFEST), Fault.status(403));

        CopyException failure = catchThrowableOfType(CopyException.class, () -> remotes.copy(from, to(), TAGS));

        assertThat(failure).hasMessageContaining("; none of the tags was put");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci:", "oci-archive:"})
    void layouts_haveAllTags(String kind) {
        String place = kind + directory.resolve("store");

        remotes.copy(from(), Location.parse(place + ":a"), TAGS);

        for (String tag : List.of("a", "b", "c")) {
            remotes.copy(
                    Location.parse(place + ":" + tag),
                    Location.parse(target.host() + "/app"),
                    ArtifactCopyOptions.defaults());
        }
        assertThat(target.repository("app").tags()).containsExactly("a", "b", "c");
    }
}
