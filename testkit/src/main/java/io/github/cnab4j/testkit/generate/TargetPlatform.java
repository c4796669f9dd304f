/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

/**
 * What an image runs on.
 *
 * @param variant empty when there is none
 */
public record TargetPlatform(String os, String architecture, String variant) {
    /** The usual one. */
    public static final TargetPlatform LINUX_AMD64 = new TargetPlatform("linux", "amd64", "");

    /** Reads {@code os/architecture} or {@code os/architecture/variant}. */
    public static TargetPlatform of(String text) {
        String[] parts = text.split("/");
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException("os/architecture[/variant] is expected: " + text);
        }
        return new TargetPlatform(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
    }
}
