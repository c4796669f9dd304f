/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a Windows version that decides what a host can run (Microsoft, "Windows container version compatibility").
 *
 * @param major first number, below 2^8
 * @param minor second number, below 2^8
 * @param build third number, below 2^16
 */
record WindowsBuild(int major, int minor, int build) {
    private static final int SERVER_2022 = 20348;
    private static final int SERVER_2025 = 26100;

    /** Reads {@code major.minor.build[.…]}; empty if the text is not one, or nothing but zeros. */
    static Optional<WindowsBuild> parse(@Nullable String version) {
        if (version == null) {
            return Optional.empty();
        }
        String[] numbers = version.split("\\.", 4);
        if (numbers.length < 3) {
            return Optional.empty();
        }
        int major = number(numbers[0], 0xff);
        int minor = number(numbers[1], 0xff);
        int build = number(numbers[2], 0xffff);
        boolean valid = major >= 0 && minor >= 0 && build >= 0 && (major | minor | build) != 0;
        return valid ? Optional.of(new WindowsBuild(major, minor, build)) : Optional.empty();
    }

    /**
     * Whether a host of this build runs an image of {@code image}: of the same build only before Server 2022, and since then
     * back to the long-term release before the host's build.
     */
    boolean runs(WindowsBuild image) {
        if (major != image.major || minor != image.minor) {
            return false;
        }
        if (build < SERVER_2022) {
            return build == image.build;
        }
        int oldest = build > SERVER_2025 ? SERVER_2025 : SERVER_2022;
        return oldest <= image.build && image.build <= build;
    }

    private static int number(String digits, int max) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length() && value <= max; i++) {
            value = value * 10 + digits.charAt(i) - '0';
        }
        return value <= max ? value : -1;
    }
}
