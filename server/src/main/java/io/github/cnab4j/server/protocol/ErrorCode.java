/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

/** The error codes of the distribution specification, and three that Docker's registry added. */
public enum ErrorCode {
    /** No such blob in this repository. */
    BLOB_UNKNOWN,
    /** An upload that cannot go on like this. */
    BLOB_UPLOAD_INVALID,
    /** No such upload in this repository. */
    BLOB_UPLOAD_UNKNOWN,
    /** Malformed, or not the content's digest. */
    DIGEST_INVALID,
    /** A manifest names content that the repository lacks. */
    MANIFEST_BLOB_UNKNOWN,
    /** Not an acceptable manifest. */
    MANIFEST_INVALID,
    /** No such manifest in this repository. */
    MANIFEST_UNKNOWN,
    /** Not a repository name. */
    NAME_INVALID,
    /** No such repository. */
    NAME_UNKNOWN,
    /** The length is not the announced one, or over a limit. */
    SIZE_INVALID,
    /** Who are you? */
    UNAUTHORIZED,
    /** Not you. */
    DENIED,
    /** Not this operation, or not this kind of content. */
    UNSUPPORTED,
    /** Not so fast. */
    TOOMANYREQUESTS,
    /** Not a tag. Docker's. */
    TAG_INVALID,
    /** Not a page size. Docker's. */
    PAGINATION_NUMBER_INVALID,
    /** The server failed. Docker's. */
    UNKNOWN
}
