/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import java.util.stream.Stream;

/** The prefixes by which the text of a location names its transport. */
final class Transports {
    static final String REGISTRY = "docker://";
    static final String LAYOUT = "oci:";
    static final String ARCHIVE = "oci-archive:";
    static final String ENGINE = "docker-daemon:";

    private Transports() {}

    /** Whether {@code text} names a transport, be it one that is meant or a host of the same name in front of a port. */
    static boolean isNamedBy(String text) {
        return Stream.of(REGISTRY, LAYOUT, ARCHIVE, ENGINE).anyMatch(text::startsWith);
    }
}
