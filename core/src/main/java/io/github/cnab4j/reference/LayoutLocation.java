/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * An image in an OCI layout directory, written {@code oci:DIR[:tag][@digest]}.
 *
 * <p>Tag and digest are looked for behind the last slash (or backslash) only, so the colon of a drive does not end the
 * directory. A directory whose last name holds a colon or an at sign is written with a slash at its end: {@code oci:a:b/}.
 *
 * @param directory path of the directory as it was given, without slashes at its end; a drive is its root directory, {@code C:/}
 * @param tag name of the image in the layout's index (annotation {@code org.opencontainers.image.ref.name})
 * @param digest digest of the image
 */
public record LayoutLocation(
        String directory, @Nullable String tag, @Nullable Digest digest) implements Location {
    private static final String DEFAULT_TAG = "latest";

    /**
     * Checks directory and tag.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_REFERENCE}) if the directory is empty or holds control
     *     characters, or the tag does not follow the grammar
     */
    public LayoutLocation {
        directory = withoutTrailingSlashes(directory);
        if (directory.isEmpty()) {
            throw invalid("the directory of an oci: location is missing", "Write oci:DIR[:tag][@digest].");
        }
        if (directory.startsWith("//")) {
            throw invalid(
                    "oci: is followed by a directory, not by a URL: " + Excerpt.quoted(Transports.LAYOUT + directory),
                    "Registries are written host/path:tag, layout directories oci:DIR or oci:/DIR.");
        }
        if (directory.chars().anyMatch(Character::isISOControl)) {
            throw invalid("directory " + Excerpt.quoted(directory) + " holds control characters", null);
        }
        if (tag != null) {
            Reference.checkTag(tag);
        }
    }

    static LayoutLocation parse(String text) {
        try {
            return parseParts(text);
        } catch (InvalidInputException why) {
            throw invalid(
                    "invalid location " + Excerpt.quoted(Transports.LAYOUT + text) + ": " + why.getMessage(),
                    why.hint().orElse(null));
        }
    }

    @Override
    public LayoutLocation withTag(String tag) {
        return new LayoutLocation(directory, tag, null);
    }

    @Override
    public LayoutLocation withDigest(Digest digest) {
        return new LayoutLocation(directory, null, digest);
    }

    @Override
    public LayoutLocation pinnedTo(Digest digest) {
        return new LayoutLocation(directory, tag, digest);
    }

    @Override
    public LayoutLocation repositoryOnly() {
        return new LayoutLocation(directory, null, null);
    }

    @Override
    public LayoutLocation orLatest() {
        return tag == null && digest == null ? withTag(DEFAULT_TAG) : this;
    }

    @Override
    public String familiar() {
        return toString();
    }

    /** {@code oci:DIR[:tag][@digest]}, the directory with a slash at its end where it could be misread without. */
    @Override
    public String toString() {
        String path = NamedPath.isAmbiguous(directory) ? directory + "/" : directory;
        return Transports.LAYOUT + new NamedPath(path, tag, digest);
    }

    private static LayoutLocation parseParts(String text) {
        NamedPath parts = NamedPath.parse(text);
        return new LayoutLocation(parts.path(), parts.tag(), parts.digest());
    }

    /** A root keeps its slash; a drive stands for its root, since its current directory cannot be written with a tag. */
    private static String withoutTrailingSlashes(String directory) {
        int end = directory.length();
        while (end > 1 && directory.charAt(end - 1) == '/') {
            end--;
        }
        String stripped = directory.substring(0, end);
        return isDrive(stripped) ? stripped + "/" : stripped;
    }

    private static boolean isDrive(String text) {
        return text.length() == 2 && text.charAt(1) == ':' && Character.isLetter(text.charAt(0));
    }

    private static InvalidInputException invalid(String message, @Nullable String hint) {
        return new InvalidInputException(ErrorCode.INVALID_REFERENCE, message, hint);
    }
}
