/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

/** The kinds of path that the distribution API has. */
public enum Endpoint {
    /** {@code /v2/}: is this a registry, and am I let in? */
    PING,
    /** {@code /v2/_catalog}: all repositories. */
    CATALOG,
    /** {@code /v2/NAME/tags/list}. */
    TAGS,
    /** {@code /v2/NAME/manifests/REFERENCE}, by tag or digest. */
    MANIFEST,
    /** {@code /v2/NAME/blobs/DIGEST}. */
    BLOB,
    /** {@code /v2/NAME/blobs/uploads/}: starts an upload. */
    UPLOADS,
    /** {@code /v2/NAME/blobs/uploads/ID}: one upload. */
    UPLOAD,
    /** {@code /v2/NAME/referrers/DIGEST}. */
    REFERRERS
}
