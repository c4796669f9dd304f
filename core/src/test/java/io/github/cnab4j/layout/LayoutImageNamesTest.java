/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.TestContent;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which image of a layout a full image name means. */
class LayoutImageNamesTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final String CONTAINERD = "io.containerd.image.name";
    private static final TestContent A = TestContent.manifest(TestContent.blob("a"));
    private static final TestContent B = TestContent.manifest(TestContent.blob("b"));

    @TempDir
    Path directory;

    private HandmadeLayout layout;

    @BeforeEach
    void createLayout() {
        layout = HandmadeLayout.empty(directory.resolve("layout")).blob(A).blob(B);
    }

    private Optional<Descriptor> find(String name) {
        return LayoutStore.open(layout.root()).findImage(SCOPE, name);
    }

    @ParameterizedTest
    @CsvSource({
        // the entry's name, the name looked for
        "registry.example/app/web:1.0, registry.example/app/web:1.0",
        "docker.io/library/nginx:1.2, nginx:1.2",
        "nginx:1.2, docker.io/library/nginx:1.2",
        "nginx, docker.io/library/nginx:latest",
        "docker.io/library/nginx:latest, nginx",
        "index.docker.io/library/nginx:1, library/nginx:1",
        "docker.io/cnab/web:1, cnab/web:1",
        "localhost/web:1, localhost/web:1",
        "localhost:5000/web:1, localhost:5000/web:1",
        "Host/web:1, Host/web:1",
        // relocated images keep their path
        "mirror.example/app/web:1.0, registry.example/app/web:1.0",
        "mirror.example:5000/library/nginx:1, nginx:1",
        // other tools' tags that are names by themselves
        "web, web",
    })
    void aNameInEitherForm_findsTheEntry(String entry, String name) {
        layout.index(HandmadeLayout.named(B, "unrelated"), HandmadeLayout.named(A, entry));
        assertThat(find(name)).contains(A.descriptor());

        layout.index(HandmadeLayout.entry(A, IndexEntry.REF_NAME, "some-tag", CONTAINERD, entry));
        assertThat(find(name)).contains(A.descriptor());
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example/app/web:1.0, registry.example/app/web:1.1",
        "registry.example/app/web:1.0, registry.example/other/web:1.0",
        "registry.example/app/web:1.0, registry.example/app/web",
        "registry.example/app/web:1.0, web:1.0",
        "1.0, registry.example/app/web:1.0",
        "registry.example:5000/web, registry.example",
    })
    void anotherName_findsNothing(String entry, String name) {
        layout.index(HandmadeLayout.named(A, entry));

        assertThat(find(name)).isEmpty();
    }

    @Test
    void theSameHost_goesBeforeAnyHost() {
        layout.index(
                HandmadeLayout.named(B, "mirror.example/app:1"), HandmadeLayout.named(A, "registry.example/app:1"));

        assertThat(find("registry.example/app:1")).contains(A.descriptor());
        assertThat(find("mirror.example/app:1")).contains(B.descriptor());
    }

    @Test
    void theNameAsItIsWritten_goesBeforeWhatItMeans() {
        layout.index(HandmadeLayout.named(B, "docker.io/library/nginx:latest"), HandmadeLayout.named(A, "nginx"));

        assertThat(find("nginx")).contains(A.descriptor());
    }

    @Test
    void aDigest_findsTheManifestWhateverItIsCalled() {
        layout.index(HandmadeLayout.named(A, "whatever"));

        assertThat(find("registry.example/app@" + A.descriptor().digest())).contains(A.descriptor());
        assertThat(find("registry.example/app:1.0@" + B.descriptor().digest()))
                .as("not listed in the index")
                .contains(B.descriptor());
    }

    @Test
    void aDigestThatIsNotThere_findsNothingThoughTheTagIs() {
        layout.index(HandmadeLayout.named(A, "registry.example/app:1.0"));

        assertThat(find("registry.example/app:1.0@sha256:" + "0".repeat(64))).isEmpty();
    }

    @Test
    void aDigestAsEntry_isNotFoundByATag() {
        layout.index(
                HandmadeLayout.named(A, "registry.example/app@" + A.descriptor().digest()));

        assertThat(find("registry.example/app:1.0")).isEmpty();
        assertThat(find("registry.example/app")).isEmpty();
    }

    @Test
    void severalManifestsOfEqualStanding_areAnErrorThatNamesThem() {
        layout.index(HandmadeLayout.named(A, "one.example/app:1"), HandmadeLayout.named(B, "two.example/app:1"));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> find("registry.example/app:1"))
                .returns(ErrorCode.IMAGE_CONFLICT, CnabException::code)
                .withMessageContaining(A.descriptor().digest().toString())
                .withMessageContaining(B.descriptor().digest().toString())
                .satisfies(why -> assertThat(why.hint()).isPresent());
    }

    @Test
    void oneManifestTwice_isNoConflict() {
        layout.index(HandmadeLayout.named(A, "one.example/app:1"), HandmadeLayout.named(A, "two.example/app:1"));

        assertThat(find("registry.example/app:1")).contains(A.descriptor());
    }

    @Test
    void anEntryWithoutItsBlob_isNotFound() {
        TestContent absent = TestContent.manifest(TestContent.blob("absent"));
        layout.index(HandmadeLayout.named(absent, "web:1"));

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> find("web:1"))
                .withMessageContaining(absent.descriptor().digest().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "@", "/", "a:b:c", "://", "\u0000", "web:", ":1"})
    void textThatIsNoName_findsNothing(String text) {
        layout.index(HandmadeLayout.named(A, "registry.example/app:1"));

        if (text.contains("@")) {
            assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> find(text));
        } else {
            assertThat(find(text)).isEmpty();
        }
    }
}
