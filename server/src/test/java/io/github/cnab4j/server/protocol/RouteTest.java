/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    @ParameterizedTest
    @CsvSource({
        "/v2, PING, '', ''",
        "/v2/, PING, '', ''",
        "/v2/_catalog, CATALOG, '', ''",
        "/v2/a/tags/list, TAGS, a, ''",
        "/v2/a/b/tags/list, TAGS, a/b, ''",
        "/v2/tags/tags/list, TAGS, tags, ''",
        "/v2/a/manifests/1.0, MANIFEST, a, 1.0",
        "/v2/a/manifests/sha256%3Aab, MANIFEST, a, sha256:ab",
        "/v2/manifests/manifests/manifests, MANIFEST, manifests, manifests",
        "/v2/a/blobs/b/manifests/c, MANIFEST, a/blobs/b, c",
        "/v2/a/blobs/sha256:ab, BLOB, a, sha256:ab",
        "/v2/a/blobs/uploads/, UPLOADS, a, ''",
        "/v2/a/blobs/uploads, UPLOADS, a, ''",
        "/v2/a/blobs/uploads/id, UPLOAD, a, id",
        "/v2/a/blobs/uploads/manifests/x, MANIFEST, a/blobs/uploads, x",
        "/v2/a/referrers/sha256:ab, REFERRERS, a, sha256:ab"
    })
    void aPathIsReadFromItsEnd(String path, Endpoint endpoint, String repository, String reference) {
        assertThat(Route.parse(path)).contains(new Route(endpoint, repository, reference));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1/",
                "/v2x",
                "/v2/a",
                "/v2/a/b/c",
                "/v2/tags/list",
                "/v2/manifests/x",
                "/v2/a%2Fb/manifests/x",
                "/v2/a/manifests/%zz",
                "/v2/a/manifests/%ff"
            })
    void anotherPathIsNoRoute(String path) {
        assertThat(Route.parse(path)).isEmpty();
    }
}
