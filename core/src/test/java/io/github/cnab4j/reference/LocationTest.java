/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
    private static final Digest DIGEST = Digest.parse("sha256:" + "0123456789abcdef".repeat(4));

    @ParameterizedTest
    @ValueSource(strings = {"h.test/app:1", "docker://h.test/app:1"})
    void aRegistryNeedsNoTransport(String text) {
        assertThat(Location.parse(text)).isEqualTo(new RegistryLocation(Reference.parse("h.test/app:1")));
    }

    @Test
    void anImageNamedOciNeedsOne() {
        Location location = Location.parse("docker://oci:1");

        assertThat(location).isEqualTo(new RegistryLocation(Reference.parse("oci:1")));
        assertThat(location.toString()).isEqualTo("docker.io/library/oci:1");
        assertThat(Location.parse(location.familiar())).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker://oci:5000/app:1",
                "docker://docker-daemon:80/app",
                "docker://oci-archive:1/app",
                "docker://docker-archive:1/app"
            })
    void aRegistryNamedAsATransportIsWrittenSoThatItIsReadBack(String text) {
        Location location = Location.parse(text);

        assertThat(location).isInstanceOf(RegistryLocation.class).hasToString(text);
        assertThat(Location.parse(location.familiar())).isEqualTo(location);
    }

    @Test
    void aRegistryIsShownInFullAndInDockersFamiliarForm() {
        Location location = Location.parse("app:1");

        assertThat(location.toString()).isEqualTo("docker.io/library/app:1");
        assertThat(location.familiar()).isEqualTo("app:1");
    }

    @ParameterizedTest
    @CsvSource({
        "docker-daemon:app, app, ",
        "docker-daemon:app:1, app:1, 1",
        "docker-daemon:docker.io/library/app:1, app:1, 1",
        "docker-daemon:localhost:5000/a/b:1, localhost:5000/a/b:1, 1",
        "docker-daemon:ID, ID, "
    })
    void anImageOfTheEngineIsReadAndWrittenBack(String text, String image, String tag) {
        String id = "sha256:" + "ab".repeat(32);
        Location location = Location.parse(text.replace("ID", id));

        assertThat(location).isEqualTo(new EngineLocation(image.replace("ID", id)));
        assertThat(location.tag()).isEqualTo(tag);
        assertThat(location.digest()).isNull();
        assertThat(Location.parse(location.toString())).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource({
        "docker-archive:image.tar, docker load, oci-archive:FILE",
        "docker-archive:/tmp/image.tar:app:1, skopeo copy, docker-daemon:NAME",
        "containers-storage:app:1, docker-daemon:NAME, podman system service"
    })
    void aTransportOfAnotherToolIsNotTakenForAnImage(String text, String way, String another) {
        InvalidInputException refusal = refusal(text);

        assertThat(refusal).hasMessageMatching("the transport [a-z-]+: is not supported");
        assertThat(refusal.hint().orElseThrow()).contains(way, another, "docker://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-daemon:", "docker-daemon://app", "docker-daemon:UPPER", "docker-daemon:sha256:12@"})
    void whatIsNoImageOfTheEngineIsRefused(String text) {
        assertThat(refusal(text)).hasMessageContaining("docker-daemon:");
    }

    @Test
    void anImageOfTheEngineThatIsNamedByItsIdHasNoTag() {
        Location byId = Location.parse("docker-daemon:sha256:" + "ab".repeat(32));

        assertThat(byId.orLatest()).isEqualTo(byId);
        assertThat(Location.parse("docker-daemon:app").orLatest())
                .isEqualTo(Location.parse("docker-daemon:app:latest"));
        assertThat(Location.parse("docker-daemon:app:1").repositoryOnly())
                .isEqualTo(Location.parse("docker-daemon:app"));
    }

    @ParameterizedTest
    @CsvSource({
        "oci:dir, dir, , false",
        "oci:dir:1, dir, 1, false",
        "oci:./a/b:1, ./a/b, 1, false",
        "oci:/abs/dir:1@DIGEST, /abs/dir, 1, true",
        "oci:/abs/dir@DIGEST, /abs/dir, , true",
        "oci:a:b/dir, a:b/dir, , false",
        "oci:a@b/dir, a@b/dir, , false",
        "oci:dir/, dir, , false",
        "oci:dir@x, dir@x, , false",
        "oci:a:b/, a:b, , false",
        "oci:C:/dir:1, C:/dir, 1, false",
        "oci:C:\\dir:1, C:\\dir, 1, false",
        "oci:C:/, C:/, , false",
        "oci:/, /, , false",
    })
    void aLayoutHasADirectoryATagAndADigest(String text, String directory, String tag, boolean digested) {
        Location location = Location.parse(text.replace("DIGEST", DIGEST.toString()));

        assertThat(location).isEqualTo(new LayoutLocation(directory, tag, digested ? DIGEST : null));
        assertThat(Location.parse(location.toString())).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource({
        "oci-archive:a.tgz, a.tgz, , false",
        "oci-archive:./a/b.tar:1, ./a/b.tar, 1, false",
        "oci-archive:/abs/a-1.0.tgz@DIGEST, /abs/a-1.0.tgz, , true",
        "oci-archive:a.tar:1@DIGEST, a.tar, 1, true",
        "oci-archive:C:/dir/a.tar:1, C:/dir/a.tar, 1, false",
    })
    void anArchiveHasAFileATagAndADigest(String text, String file, String tag, boolean digested) {
        Location location = Location.parse(text.replace("DIGEST", DIGEST.toString()));

        assertThat(location).isEqualTo(new ArchiveLocation(file, tag, digested ? DIGEST : null));
        assertThat(Location.parse(location.toString())).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oci-archive:",
                "oci-archive:dir/",
                "oci-archive:a.tar:",
                "oci-archive::1",
                "oci-archive:a@b.tar:1",
                "oci-archive://h.test/app",
                "oci-archive:a\nb",
            })
    void anArchiveOutsideItsGrammarIsRefused(String text) {
        assertThat(refusal(text).code()).isEqualTo(ErrorCode.INVALID_REFERENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oci:",
                "oci:dir:",
                "oci::1",
                "oci:dir:-x",
                "oci:dir@sha256:12",
                "oci:dir@md5:0123456789abcdef0123456789abcdef",
                "oci://h.test/app",
                "oci:a\u0000b",
                "oci:a\nb",
            })
    void aLayoutOutsideItsGrammarIsRefused(String text) {
        assertThat(refusal(text).code()).isEqualTo(ErrorCode.INVALID_REFERENCE);
    }

    @ParameterizedTest
    @CsvSource({"h.test/app", "oci:dir", "oci-archive:a.tar"})
    void tagAndDigestReplaceEachOther(String repository) {
        Location location = Location.parse(repository + ":1@" + DIGEST);

        assertThat(location.tag()).isEqualTo("1");
        assertThat(location.digest()).isEqualTo(DIGEST);
        assertThat(location.withTag("2").toString()).isEqualTo(repository + ":2");
        assertThat(location.withDigest(DIGEST).toString()).isEqualTo(repository + "@" + DIGEST);
        assertThat(location.repositoryOnly().toString()).isEqualTo(repository);
        assertThat(location.withTag("2").pinnedTo(DIGEST).toString()).isEqualTo(repository + ":2@" + DIGEST);
        assertThat(location.repositoryOnly().pinnedTo(DIGEST)).isEqualTo(location.withDigest(DIGEST));
        assertThat(location.orLatest()).isEqualTo(location);
        assertThat(location.repositoryOnly().orLatest().toString()).isEqualTo(repository + ":latest");
        assertThat(location.withDigest(DIGEST).orLatest()).isEqualTo(location.withDigest(DIGEST));
        assertThatThrownBy(() -> location.withTag("no tag")).isInstanceOf(InvalidInputException.class);
    }

    @RepeatedTest(3)
    void whateverIsAcceptedCanBeWrittenAndReadBack(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String[] parts = {
            "oci:",
            "docker://",
            "oci-archive:",
            "a",
            "h.test",
            "/",
            "//",
            ":",
            "@",
            "@" + DIGEST,
            ":1",
            "C:",
            "\\",
            ".",
            "..",
            "oci",
            ":5000",
            " ",
            "é"
        };
        int accepted = 0;
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "oci:" : "");
            for (int length = 1 + random.nextInt(6); length > 0; length--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            try {
                Location location = Location.parse(text.toString());
                assertThat(Location.parse(location.toString()))
                        .as(text.toString())
                        .isEqualTo(location);
                accepted++;
            } catch (InvalidInputException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REFERENCE);
            }
        }
        assertThat(accepted).isPositive();
    }

    private static InvalidInputException refusal(String text) {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> Location.parse(text));
        assertThat(refused).as("refusal of %s", text).isNotNull();
        return refused;
    }
}
