/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * An image in an OCI layout that lies in an archive, written {@code oci-archive:FILE[:tag][@digest]}. The archive is one repository.
 *
 * @param file path of the archive as it was given; its last name holds neither colon nor at sign
 * @param tag name of the image in the layout's index (annotation {@code org.opencontainers.image.ref.name})
 * @param digest digest of the image
 */
public record ArchiveLocation(
        String file, @Nullable String tag, @Nullable Digest digest) implements Location {
    private static final String DEFAULT_TAG = "latest";

    /**
     * Checks file and tag.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_REFERENCE}) if the file cannot be one, or the tag does not follow the
     *     grammar
     */
    public ArchiveLocation {
        if (file.isEmpty() || file.endsWith("/")) {
            throw invalid("the file of an oci-archive: location is missing");
        }
        if (file.startsWith("//")) {
            throw invalid("oci-archive: is followed by a file, not by a URL: " + Excerpt.quoted(file));
        }
        if (file.chars().anyMatch(Character::isISOControl)) {
            throw invalid("file " + Excerpt.quoted(file) + " holds control characters");
        }
        if (NamedPath.isAmbiguous(file)) {
            throw invalid("the name of the file " + Excerpt.quoted(file) + " holds a colon or an at sign");
        }
        if (tag != null) {
            Reference.checkTag(tag);
        }
    }

    static ArchiveLocation parse(String text) {
        try {
            NamedPath parts = NamedPath.parse(text);
            return new ArchiveLocation(parts.path(), parts.tag(), parts.digest());
        } catch (InvalidInputException why) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REFERENCE,
                    "invalid location " + Excerpt.quoted(Transports.ARCHIVE + text) + ": " + why.getMessage(),
                    why.hint().orElse(null));
        }
    }

    @Override
    public ArchiveLocation withTag(String other) {
        return new ArchiveLocation(file, other, null);
    }

    @Override
    public ArchiveLocation withDigest(Digest other) {
        return new ArchiveLocation(file, null, other);
    }

    @Override
    public ArchiveLocation pinnedTo(Digest other) {
        return new ArchiveLocation(file, tag, other);
    }

    @Override
    public ArchiveLocation repositoryOnly() {
        return new ArchiveLocation(file, null, null);
    }

    @Override
    public ArchiveLocation orLatest() {
        return tag == null && digest == null ? withTag(DEFAULT_TAG) : this;
    }

    @Override
    public String familiar() {
        return toString();
    }

    /** {@code oci-archive:FILE[:tag][@digest]}. */
    @Override
    public String toString() {
        return Transports.ARCHIVE + new NamedPath(file, tag, digest);
    }

    private static InvalidInputException invalid(String message) {
        return new InvalidInputException(
                ErrorCode.INVALID_REFERENCE, message, "Write oci-archive:FILE[:tag][@digest].");
    }
}
