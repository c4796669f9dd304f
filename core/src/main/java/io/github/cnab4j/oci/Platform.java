/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an image runs on (OCI image specification, "Image Index", {@code platform}). Specifiers such as
 * {@code linux/arm64/v8} are read, written and normalised as containerd does.
 *
 * @param os operating system in Go's naming; may be empty where a document leaves it out
 * @param architecture processor in Go's naming; may be empty where a document leaves it out
 * @param variant variant of the processor, such as {@code v8}
 * @param osVersion version of the operating system
 * @param osFeatures features of the operating system that the image needs
 */
public record Platform(
        String os,
        String architecture,
        @Nullable String variant,
        @Nullable String osVersion,
        List<String> osFeatures) {
    private static final Set<String> MEMBERS = Set.of("os", "architecture", "variant", "os.version", "os.features");

    /** An empty variant or version counts as none; the list is copied. */
    public Platform {
        variant = variant == null || variant.isEmpty() ? null : variant;
        osVersion = osVersion == null || osVersion.isEmpty() ? null : osVersion;
        osFeatures = List.copyOf(osFeatures);
    }

    /** A platform without version and features. */
    public static Platform of(String os, String architecture, @Nullable String variant) {
        return new Platform(os, architecture, variant, null, List.of());
    }

    /** The platform of the machine that this runs on, from the system properties {@code os.name} and {@code os.arch}. */
    public static Platform ofThisMachine() {
        return named(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /** {@link #parse(String, Platform)} on this machine. */
    public static Platform parse(String specifier) {
        return parse(specifier, ofThisMachine());
    }

    /**
     * Reads {@code os}, {@code architecture} or {@code os/architecture[/variant]}. The system may be followed by its version
     * and features in parentheses, {@code windows(10.0.17763+win32k)/amd64}; in these, {@code %XX} stands for a byte.
     *
     * @param machine gives what the specifier leaves out
     * @throws InvalidInputException ({@link ErrorCode#INVALID_PLATFORM}) if the specifier cannot be read
     */
    public static Platform parse(String specifier, Platform machine) {
        return PlatformSpecifier.parse(specifier, machine);
    }

    /**
     * Reads the member {@code platform} of a descriptor, or the same members of an image configuration. Members that are
     * missing or {@code null} count as empty.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_MANIFEST}) if a member has another type or is written in another
     *     case
     */
    public static Platform fromJson(JsonObject json) {
        return read(Fields.of(json));
    }

    static Platform read(Fields fields) {
        fields.refuseOtherCaseOf(MEMBERS);
        String os = fields.text("os");
        String architecture = fields.text("architecture");
        return new Platform(
                os == null ? "" : os,
                architecture == null ? "" : architecture,
                fields.text("variant"),
                fields.text("os.version"),
                fields.texts("os.features"));
    }

    /** The member {@code platform} of a descriptor, members in the order of the specification's Go types. */
    public JsonObject toJson() {
        JsonObject.Builder json =
                JsonObject.builder().put("architecture", architecture).put("os", os);
        if (osVersion != null) {
            json.put("os.version", osVersion);
        }
        if (!osFeatures.isEmpty()) {
            json.put("os.features", JsonArray.ofStrings(osFeatures));
        }
        if (variant != null) {
            json.put("variant", variant);
        }
        return json.build();
    }

    /**
     * The form in which platforms are compared: lower case, aliases resolved ({@code x86_64}, {@code aarch64},
     * {@code armhf}, {@code macos}, …), the most common variant written or left out as the architecture has it, features
     * sorted and without duplicates.
     *
     * @param machine whose system an empty {@code os} stands for
     */
    public Platform normalized(Platform machine) {
        return PlatformNames.normalized(this, machine);
    }

    /** {@code os/architecture[/variant]}; {@code unknown} if there is no system. */
    public String format() {
        return PlatformSpecifier.format(this);
    }

    /** As {@link #format}, with the version and features of the system: what {@link #parse} reads. */
    @Override
    public String toString() {
        return PlatformSpecifier.formatAll(this);
    }

    static Platform named(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            os = "windows";
        } else if (os.startsWith("mac")) {
            os = "darwin";
        } else if (os.startsWith("sunos")) {
            os = "solaris";
        }
        String architecture = switch (osArch) {
            case "x86" -> "386";
            case "loongarch64" -> "loong64";
            default -> osArch;
        };
        Platform machine = of(os, architecture, null);
        return machine.normalized(machine);
    }
}
