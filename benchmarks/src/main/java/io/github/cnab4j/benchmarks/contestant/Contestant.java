/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.contestant;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A program that moves a workload.
 *
 * @param name its name in the tables
 * @param kind what it is
 * @param command its command line for an assignment
 * @param environment variables it needs
 * @param version what it says about its version, or an empty text
 */
public record Contestant(
        String name,
        Kind kind,
        Function<Assignment, List<String>> command,
        Map<String, String> environment,
        String version) {
    /** The packaged command, pushing a bundle whose images lie in a repository each. */
    public static final String PUSH = "cnab4j push";
    /** The packaged command, copying a bundle index. */
    public static final String COPY = "cnab4j copy";
    /** The packaged command, writing a bundle into a file. */
    public static final String ARCHIVE = "cnab4j archive";
    /** The packaged command, checking a layout. */
    public static final String VERIFY = "cnab4j verify";
    /** The hashes of the same files, by as many processes as there are processors, compared with nothing. */
    public static final String SHA256SUM = "sha256sum";
    /** The same content, which is on disk already, by the two programs that everybody has. */
    public static final String TAR = "tar + gzip";
    /** skopeo, writing the bundle index into a file without compressing it. */
    public static final String SKOPEO_ARCHIVE = "skopeo archive";
    /** The least that any client needs. */
    public static final String FLOOR = "floor";

    /** What a contestant is. */
    public enum Kind {
        /** It moves the images and puts no bundle index. */
        FLOOR,
        /** It is ours. */
        OURS,
        /** It is a tool that other people use. */
        PEER
    }

    /** Copies the map. */
    public Contestant {
        environment = Map.copyOf(environment);
    }

    /** Whether the target has a bundle index when it is done. */
    public boolean putsIndex() {
        return kind != Kind.FLOOR;
    }
}
