/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.log;

import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.protocol.Route;

/** What a request is about. */
public enum Kind {
    /** {@code /v2/}. */
    PING,
    /** A manifest by tag or digest. */
    MANIFEST,
    /** A blob by digest. */
    BLOB,
    /** Starting, feeding, asking about, ending an upload; also mounts. */
    UPLOAD,
    /** A list of tags. */
    TAGS,
    /** A list of referrers. */
    REFERRERS,
    /** The list of repositories. */
    CATALOG,
    /** The token service. */
    TOKEN,
    /** Anything else. */
    OTHER;

    /** Where the token service of a test registry is. */
    public static final String TOKEN_PATH = "/token";

    /** The kind of a request. */
    public static Kind of(Request request) {
        if (request.path().equals(TOKEN_PATH)) {
            return TOKEN;
        }
        return Route.parse(request.path()).map(Kind::of).orElse(OTHER);
    }

    private static Kind of(Route route) {
        return switch (route.endpoint()) {
            case PING -> PING;
            case MANIFEST -> MANIFEST;
            case BLOB -> BLOB;
            case UPLOADS, UPLOAD -> UPLOAD;
            case TAGS -> TAGS;
            case REFERRERS -> REFERRERS;
            case CATALOG -> CATALOG;
        };
    }
}
