/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

/**
 * Stable names of everything that can go wrong. A program branches on these; texts may change, codes do not.
 */
public enum ErrorCode {
    /** A reference, repository name, tag or location that its grammar refuses. */
    INVALID_REFERENCE,
    /** A digest with an unknown algorithm, a wrong length or characters outside lower-case hex. */
    INVALID_DIGEST,
    /** A platform specifier that cannot be read. */
    INVALID_PLATFORM,
    /** Text that is not JSON as RFC 8259 and RFC 7493 have it: syntax, encoding, duplicate members, numbers. */
    INVALID_JSON,
    /** JSON that is not a CNAB bundle. */
    INVALID_BUNDLE,
    /** JSON that is not a relocation map. */
    INVALID_RELOCATION_MAP,
    /** A manifest or index that contradicts itself or its media type, or is not the index of a bundle. */
    INVALID_MANIFEST,
    /** An archive that is damaged or cut off, holds what archives must not, or lacks what a bundle needs. */
    INVALID_ARCHIVE,
    /** A configuration file that cannot be used. */
    INVALID_CONFIGURATION,
    /** A key that cannot be read, or of a kind that does not sign or verify. */
    INVALID_KEY,
    /** No signature, or none by the key that was asked for. */
    SIGNATURE_INVALID,
    /** Options that contradict each other or lie outside their range. */
    INVALID_OPTION,
    /** A limit on size, depth or count was exceeded. */
    LIMIT_EXCEEDED,
    /** A bundle whose image differs from what its registry holds. */
    IMAGE_DIFFERS,
    /** None of the places where an image may be has it. */
    IMAGE_NOT_FOUND,
    /** An image kind that a bundle may not hold. */
    IMAGE_UNSUPPORTED,
    /** Two images of one name and different content. */
    IMAGE_CONFLICT,
    /** No entry of an index matches the platforms asked for. */
    NO_MATCHING_PLATFORM,
    /** A store does not hold what was asked for. */
    NOT_FOUND,
    /** A registry wants credentials, or does not accept those given. */
    UNAUTHORIZED,
    /** A registry knows the caller and says no. */
    DENIED,
    /** A registry limits the caller's rate. */
    RATE_LIMITED,
    /** A registry refuses content or a request. */
    REJECTED,
    /** Bytes that are not what their digest or size says. */
    CONTENT_MISMATCH,
    /** A registry could not be reached, or the connection broke. */
    UNREACHABLE,
    /** An answer that no registry gives: a wrong status, a missing header, another protocol. */
    PROTOCOL_ERROR,
    /** A file or directory cannot be read or written. */
    FILE_ERROR,
    /** Several images of a copy failed, each for another reason. */
    COPY_FAILED,
    /** The caller stopped the work. */
    CANCELLED
}
