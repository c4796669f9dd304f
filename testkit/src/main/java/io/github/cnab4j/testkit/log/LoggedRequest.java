/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.log;

import io.github.cnab4j.server.http.Headers;
import java.util.Optional;

/**
 * One request that the registry has seen.
 *
 * @param repository the repository in its path; empty for paths without one
 * @param reference the tag, digest or upload id in its path; empty for paths without one
 * @param path the path as it came
 * @param query the query as it came, without {@code ?}
 * @param headers all of them, {@code Authorization} too
 * @param status of the response; {@link #NONE} while there is none, and for ever when the connection was broken instead
 * @param bytesIn bytes of its body that were read
 * @param bytesOut bytes of the response's body that were written
 */
public record LoggedRequest(
        String method,
        Kind kind,
        String repository,
        String reference,
        String path,
        String query,
        Headers headers,
        int status,
        long bytesIn,
        long bytesOut) {
    /** No response. */
    public static final int NONE = 0;

    /** The {@code Authorization} field. */
    public Optional<String> authorization() {
        return headers.first("Authorization");
    }

    /** Method and target, as {@code PUT /v2/a/manifests/1.0}: a short form to compare sequences by. */
    public String line() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }

    @Override
    public String toString() {
        return line() + " " + status;
    }
}
