/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which platforms are wanted. It matches exactly, as containerd's plain matcher does: system, architecture and variant
 * are equal once both sides are normalised ({@code arm64/v9} does not take {@code arm64/v8}), the image needs no feature that
 * is not wanted, and for {@code windows} the version asked for can run that of the image. The feature {@code win32k} does not
 * count, since any Windows host but the smallest has it. Immutable.
 */
public final class PlatformMatcher {
    private final List<Wanted> wanted;
    private final Platform machine;

    private PlatformMatcher(List<Wanted> wanted, Platform machine) {
        this.wanted = wanted;
        this.machine = machine;
    }

    /**
     * A matcher for any of {@code platforms}.
     *
     * @param machine whose system an empty {@code os} stands for, on either side
     */
    public static PlatformMatcher anyOf(List<Platform> platforms, Platform machine) {
        return new PlatformMatcher(
                platforms.stream()
                        .map(platform -> Wanted.of(platform.normalized(machine)))
                        .toList(),
                machine);
    }

    /** {@link #anyOf(List, Platform)} on this machine. */
    public static PlatformMatcher anyOf(List<Platform> platforms) {
        return anyOf(platforms, Platform.ofThisMachine());
    }

    /** Whether {@code platform} is wanted. */
    public boolean matches(Platform platform) {
        Platform normalized = platform.normalized(machine);
        for (Wanted one : wanted) {
            if (one.matches(normalized)) {
                return true;
            }
        }
        return false;
    }

    /** The platforms asked for, as a list for messages. */
    @Override
    public String toString() {
        return String.join(
                ", ", wanted.stream().map(one -> one.platform.toString()).toList());
    }

    private record Wanted(Platform platform, Set<String> features, Optional<WindowsBuild> build) {
        static Wanted of(Platform platform) {
            boolean windows = platform.os().equals("windows");
            Set<String> features = new HashSet<>(platform.osFeatures());
            if (windows) {
                features.add("win32k");
            }
            return new Wanted(
                    platform, features, windows ? WindowsBuild.parse(platform.osVersion()) : Optional.empty());
        }

        boolean matches(Platform image) {
            return platform.os().equals(image.os())
                    && platform.architecture().equals(image.architecture())
                    && Objects.equals(platform.variant(), image.variant())
                    && runsVersion(image)
                    && features.containsAll(image.osFeatures());
        }

        /** A version that cannot be read asks for nothing; one of an image that cannot be read fits nothing. */
        private boolean runsVersion(Platform image) {
            if (build.isEmpty() || image.osVersion() == null) {
                return true;
            }
            return WindowsBuild.parse(image.osVersion()).map(build.get()::runs).orElse(false);
        }
    }
}
