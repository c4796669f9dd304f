/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where repositories of other registries have their place beside a target. */
class SurroundingsTest {
    @ParameterizedTest
    @CsvSource({
        "r.example/mirror/app:1, nginx:1.25, r.example/mirror/library/nginx:1.25",
        "r.example/mirror/app:1, quay.io:5000/a/b/c, r.example/mirror/a/b/c",
        "r.example/app, docker.io/a/b:x, r.example/a/b:x",
        "localhost:5000/a/b/app, x.example/c:1, localhost:5000/a/b/c:1",
        "oci:root/app:1, nginx:1.25, oci:root/library/nginx:1.25",
        "oci:app, nginx:1.25, oci:library/nginx:1.25",
        "oci:/app, x.example/c, oci:/c",
        "oci:/srv/root/app, x.example/a/blobs/index.json:1, oci:/srv/root/a/_blobs/_index.json:1",
    })
    void pathWithoutHostLiesBelowThePrefix(String target, String image, String place) {
        assertThat(Surroundings.of(Location.parse(target)).place(Reference.parse(image)))
                .isEqualTo(Location.parse(place));
    }

    @Test
    void digestIsLeftOut_andTheTagStays() {
        Reference image = Reference.parse("x.example/a:1@sha256:" + "a".repeat(64));

        assertThat(Surroundings.of(Location.parse("r.example/app")).place(image))
                .isEqualTo(Location.parse("r.example/a:1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci:.", "oci:..", "oci:a/..", "oci:/", "oci-archive:a.tar", "docker-daemon:a:1"})
    void whatHasNoNameAmongOthersHasNothingBesideIt(String target) {
        Location location = Location.parse(target);

        assertThatThrownBy(() -> Surroundings.of(location))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is nothing beside " + location);
    }

    @Test
    void nameThatBecomesTooLongIsRefused() {
        Surroundings surroundings = Surroundings.of(Location.parse("r.example/" + "p".repeat(200) + "/app"));
        Reference image = Reference.parse("x.example/" + "i".repeat(100));

        assertThatThrownBy(() -> surroundings.place(image))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("longer than 255");
    }
}
