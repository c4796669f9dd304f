/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.util.Locale;

/** What a request to a registry is about (OCI distribution specification, "Endpoints"). */
enum RequestKind {
    /** The base, {@code /v2/}. */
    BASE,
    /** A blob's content. */
    BLOB,
    /** An upload that begins with the wish to mount. */
    MOUNT,
    /** An upload session. */
    UPLOAD,
    /** A manifest. */
    MANIFEST,
    /** A list of tags. */
    TAGS,
    /** Anything else. */
    OTHER;

    /** The kind of a request's target in origin form. */
    static RequestKind of(String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        if (path.equals("/v2/") || path.equals("/v2")) {
            return BASE;
        }
        if (!path.startsWith("/v2/")) {
            return OTHER;
        }
        if (path.contains("/blobs/uploads")) {
            return query.startsWith("mount=") || query.contains("&mount=") ? MOUNT : UPLOAD;
        }
        if (path.contains("/blobs/")) {
            return BLOB;
        }
        if (path.contains("/manifests/")) {
            return MANIFEST;
        }
        return path.endsWith("/tags/list") ? TAGS : OTHER;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
