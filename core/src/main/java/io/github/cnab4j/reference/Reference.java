/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An image in a registry by Docker's reference grammar: {@code [domain/]path[:tag][@digest]}. Where both are given, the digest
 * decides and the tag is information.
 *
 * @param repository where the image is
 * @param tag its tag
 * @param digest its digest
 */
public record Reference(
        Repository repository,
        @Nullable String tag,
        @Nullable Digest digest) {
    private static final String DEFAULT_TAG = "latest";

    /**
     * Checks the tag.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_REFERENCE}) if the tag does not follow the grammar
     */
    public Reference {
        if (tag != null) {
            checkTag(tag);
        }
    }

    /**
     * Reads a reference as Docker does: what has no domain is on Docker Hub, and {@code library/} is filled in there. White
     * space is not trimmed, and URLs are refused.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_REFERENCE}) if {@code text} does not follow the grammar
     */
    public static Reference parse(String text) {
        if (mayHoldCredentials(text)) {
            throw notADigest(text);
        }
        try {
            return parseParts(text);
        } catch (InvalidInputException why) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REFERENCE,
                    "invalid reference " + Excerpt.quoted(text) + ": " + why.getMessage(),
                    hint(text, why));
        }
    }

    /** This repository at {@code tag}; a digest is dropped. */
    public Reference withTag(String tag) {
        return new Reference(repository, tag, null);
    }

    /** This repository at {@code digest}; a tag is dropped. */
    public Reference withDigest(Digest digest) {
        return new Reference(repository, null, digest);
    }

    /** This reference, with the tag {@code latest} if it has neither tag nor digest. */
    public Reference orLatest() {
        return tag == null && digest == null ? withTag(DEFAULT_TAG) : this;
    }

    /** This reference without tag and digest. */
    public Reference repositoryOnly() {
        return tag == null && digest == null ? this : new Reference(repository, null, null);
    }

    /** The form that Docker shows to people; see {@link Repository#familiarName()}. */
    public String familiarString() {
        return repository.familiarName() + suffix();
    }

    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reference reference
                && repository.equals(reference.repository)
                && Objects.equals(tag, reference.tag)
                && Objects.equals(digest, reference.digest);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * repository.hashCode() + Objects.hashCode(tag)) + Objects.hashCode(digest);
    }

    /** The full form, {@code domain/path[:tag][@digest]}, which {@link #parse} reads back. */
    @Override
    public String toString() {
        return repository + suffix();
    }

    static void checkTag(String tag) {
        if (!Grammar.isTag(tag)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REFERENCE,
                    "tag " + Excerpt.quoted(tag) + " is not valid",
                    "A tag is a letter, digit or underscore, then at most 127 of these, dots and dashes.");
        }
    }

    private String suffix() {
        String tagSuffix = tag == null ? "" : ":" + tag;
        return digest == null ? tagSuffix : tagSuffix + "@" + digest;
    }

    private static Reference parseParts(String text) {
        if (Grammar.isIdentifier(text)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REFERENCE,
                    "64 hexadecimal digits are an image identifier, not a repository name",
                    "A digest is written repository@sha256:….");
        }
        int at = text.indexOf('@');
        Digest digest = at < 0 ? null : Digest.parse(text.substring(at + 1));
        String name = at < 0 ? text : text.substring(0, at);

        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasDomain = Grammar.looksLikeHost(first);
        String domain = hasDomain ? first : Repository.DOCKER_HUB;
        String remainder = hasDomain ? name.substring(slash + 1) : name;

        int colon = remainder.indexOf(':');
        String path = colon < 0 ? remainder : remainder.substring(0, colon);
        String tag = colon < 0 ? null : remainder.substring(colon + 1);
        return new Reference(new Repository(domain, path), tag, digest);
    }

    /** What follows the at sign is no digest, so what precedes it may be a user and a password. */
    private static boolean mayHoldCredentials(String text) {
        int at = text.lastIndexOf('@');
        return at >= 0 && (text.indexOf('/', at) >= 0 || text.indexOf('@') != at || !text.startsWith("sha", at + 1));
    }

    private static InvalidInputException notADigest(String text) {
        return new InvalidInputException(
                ErrorCode.INVALID_REFERENCE,
                "invalid reference " + Excerpt.quoted("…" + text.substring(text.lastIndexOf('@')))
                        + ": what follows @ is not a digest",
                "A digest is sha256: and 64 hexadecimal digits; user names and passwords do not belong in a reference.");
    }

    private static @Nullable String hint(String text, CnabException why) {
        return text.contains("://")
                ? "Leave the scheme out: host/path:tag."
                : why.hint().orElse(null);
    }
}
