/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image of the engine on this machine (Docker, Podman), written {@code docker-daemon:NAME[:TAG]} or {@code
 * docker-daemon:sha256:ID}. It can only be read. What digest its manifest has is known when it was read: an engine names images by
 * their configurations.
 *
 * @param image the name in its familiar form, or the id
 */
public record EngineLocation(String image) implements Location {
    private static final String HINT = "Write docker-daemon:NAME[:TAG], or docker-daemon:sha256:ID.";

    /**
     * Checks and normalises the name.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_REFERENCE}) if it is neither a name nor an id
     */
    public EngineLocation {
        image = isId(image) ? image : name(image).familiarString();
    }

    static EngineLocation parse(String text) {
        if (text.isEmpty() || text.startsWith("//")) {
            throw invalid(text, "the name of an image is missing");
        }
        return new EngineLocation(text);
    }

    private static boolean isId(String text) {
        return text.startsWith("sha256:") && text.indexOf('/') < 0 && isDigest(text);
    }

    private static boolean isDigest(String text) {
        try {
            Digest.parse(text);
            return true;
        } catch (InvalidInputException noDigest) {
            return false;
        }
    }

    private static Reference name(String text) {
        try {
            return Reference.parse(text);
        } catch (InvalidInputException why) {
            throw invalid(text, why.getMessage());
        }
    }

    private static InvalidInputException invalid(String text, String why) {
        return new InvalidInputException(
                ErrorCode.INVALID_REFERENCE,
                "invalid location " + Excerpt.quoted(Transports.ENGINE + text) + ": " + why,
                HINT);
    }

    /** The name; empty if the image is named by its id. */
    public Optional<Reference> name() {
        return isId(image) ? Optional.empty() : Optional.of(Reference.parse(image));
    }

    @Override
    public @Nullable String tag() {
        return name().map(Reference::tag).orElse(null);
    }

    /** Null: a digest in an engine's name is that of a registry, not of what the engine gives out. */
    @Override
    public @Nullable Digest digest() {
        return null;
    }

    @Override
    public EngineLocation withTag(String tag) {
        return name().map(name -> new EngineLocation(name.withTag(tag).toString()))
                .orElse(this);
    }

    /** This location: the engine has one image of this name, whatever its digest. */
    @Override
    public EngineLocation withDigest(Digest digest) {
        return this;
    }

    /** This location: the engine has one image of this name, whatever its digest. */
    @Override
    public EngineLocation pinnedTo(Digest digest) {
        return this;
    }

    @Override
    public EngineLocation repositoryOnly() {
        return name().map(name -> new EngineLocation(name.repositoryOnly().toString()))
                .orElse(this);
    }

    @Override
    public EngineLocation orLatest() {
        return name().map(name -> new EngineLocation(name.orLatest().toString()))
                .orElse(this);
    }

    @Override
    public String familiar() {
        return toString();
    }

    /** {@code docker-daemon:} and the image. */
    @Override
    public String toString() {
        return Transports.ENGINE + image;
    }
}
