/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.util.stream.Stream;

/** The prefixes by which the text of a location names its transport. */
final class Transports {
    static final String REGISTRY = "docker://";
    static final String LAYOUT = "oci:";
    static final String ARCHIVE = "oci-archive:";
    static final String ENGINE = "docker-daemon:";

    /** Those of other tools, which are not spoken here; without this they would be taken for images on Docker Hub. */
    private static final String DOCKER_ARCHIVE = "docker-archive:";

    private static final String STORAGE = "containers-storage:";

    private Transports() {}

    /** Whether {@code text} names a transport, be it one that is meant or a host of the same name in front of a port. */
    static boolean isNamedBy(String text) {
        return Stream.of(REGISTRY, LAYOUT, ARCHIVE, ENGINE, DOCKER_ARCHIVE, STORAGE)
                .anyMatch(text::startsWith);
    }

    /**
     * Refuses the transports of other tools.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_REFERENCE}) if {@code text} names one
     */
    static void refuseOthers(String text) {
        if (text.startsWith(DOCKER_ARCHIVE)) {
            throw unsupported(
                    DOCKER_ARCHIVE,
                    "Load it into an engine (docker load -i FILE) and name the image docker-daemon:NAME, or turn it into"
                            + " an OCI archive (skopeo copy docker-archive:FILE oci-archive:FILE).");
        }
        if (text.startsWith(STORAGE)) {
            throw unsupported(
                    STORAGE,
                    "Podman's images are docker-daemon:NAME where podman's service runs (podman system service).");
        }
    }

    private static InvalidInputException unsupported(String transport, String hint) {
        return new InvalidInputException(
                ErrorCode.INVALID_REFERENCE,
                "the transport " + transport + " is not supported",
                hint + " An image of that name on Docker Hub is written docker://" + transport + "TAG.",
                null);
    }
}
