/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Where an image is: in a registry, or in an OCI layout on this machine. The transports are those of the field:
 * {@code docker://} or none for a registry, {@code oci:DIR[:tag][@digest]} for a layout directory, which is one repository,
 * {@code oci-archive:FILE[:tag][@digest]} for a layout in an archive, {@code docker-daemon:NAME} for an image of the engine on this
 * machine, which can only be read.
 * An image on Docker Hub that is really named {@code oci} is written {@code docker://oci:1}.
 *
 * <p>Implementations are immutable and compare by content.
 */
public sealed interface Location permits RegistryLocation, LayoutLocation, ArchiveLocation, EngineLocation {
    /**
     * Reads a location. White space is not trimmed.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_REFERENCE}) if {@code text} does not follow the transport's
     *     grammar
     */
    static Location parse(String text) {
        if (text.startsWith(Transports.REGISTRY)) {
            return RegistryLocation.parse(text.substring(Transports.REGISTRY.length()));
        }
        if (text.startsWith(Transports.LAYOUT)) {
            return LayoutLocation.parse(text.substring(Transports.LAYOUT.length()));
        }
        if (text.startsWith(Transports.ARCHIVE)) {
            return ArchiveLocation.parse(text.substring(Transports.ARCHIVE.length()));
        }
        if (text.startsWith(Transports.ENGINE)) {
            return EngineLocation.parse(text.substring(Transports.ENGINE.length()));
        }
        Transports.refuseOthers(text);
        return RegistryLocation.parse(text);
    }

    /** The tag, or null if there is none. */
    @Nullable
    String tag();

    /** The digest, or null if there is none; it decides over the tag. */
    @Nullable
    Digest digest();

    /**
     * This repository at {@code tag}; a digest is dropped.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_REFERENCE}) if the tag does not follow the grammar
     */
    Location withTag(String tag);

    /** This repository at {@code digest}; a tag is dropped. */
    Location withDigest(Digest digest);

    /** This location at {@code digest}; a tag is kept, as information. */
    Location pinnedTo(Digest digest);

    /** This location without tag and digest. */
    Location repositoryOnly();

    /** This location, with the tag {@code latest} if it has neither tag nor digest. */
    Location orLatest();

    /** The form for people: Docker's familiar form for registries. */
    String familiar();

    /** The full form, which {@link #parse} reads back to an equal location. */
    @Override
    String toString();
}
