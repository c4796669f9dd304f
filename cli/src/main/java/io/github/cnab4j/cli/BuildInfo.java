/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/**
 * What this build is made of.
 *
 * @param commit the commit that was built; {@code unknown} if the build did not say
 * @param built when that commit was made, so that two builds of it are the same; {@code unknown} as well
 */
record BuildInfo(String version, String commit, String built, String platform) {
    static BuildInfo load() {
        Properties properties = new Properties();
        try (InputStream resource = BuildInfo.class.getResourceAsStream("build.properties")) {
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(
                properties.getProperty("version", "unknown"),
                properties.getProperty("commit", "unknown"),
                properties.getProperty("built", "unknown"),
                os(System.getProperty("os.name", "")) + "/" + architecture(System.getProperty("os.arch", "")));
    }

    /** What {@code version} prints: the labels and columns of the Go tool. */
    String text() {
        return """
                Version:      %s
                Git commit:   %s
                Built:        %s
                OS/Arch:      %s
                """.formatted(version, commit, built, platform);
    }

    private static String os(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac")) {
            return "darwin";
        }
        return lower.startsWith("windows") ? "windows" : lower;
    }

    private static String architecture(String name) {
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "x86", "i386" -> "386";
            default -> name;
        };
    }
}
