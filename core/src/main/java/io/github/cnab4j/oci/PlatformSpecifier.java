/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.PlatformNames.Processor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text form of platforms: {@code os[(version[+feature]…)][/architecture[/variant]]}. */
final class PlatformSpecifier {
    private static final String HINT = "A platform is os/architecture[/variant], such as linux/amd64 or linux/arm64/v8;"
            + " the system may be windows(10.0.17763).";

    private PlatformSpecifier() {}

    /** The first part of a specifier. */
    private record Sys(String name, @Nullable String version, List<String> features) {}

    static Platform parse(String specifier, Platform machine) {
        if (specifier.indexOf('*') >= 0) {
            throw invalid(specifier, "wildcards are not supported");
        }
        String[] parts = specifier.split("/", 4);
        Sys system = parseSystem(specifier, parts[0]);
        for (int i = 1; i < parts.length; i++) {
            if (!isComponent(parts[i])) {
                throw invalid(specifier, Excerpt.quoted(parts[i]) + " is not a name of letters, digits, _ . and -");
            }
        }
        return switch (parts.length) {
            case 1 -> parseOneName(specifier, system, machine);
            case 2 -> platform(system, withoutDefaultVariant(PlatformNames.processor(parts[1], null)));
            case 3 -> platform(system, withVariant(PlatformNames.processor(parts[1], parts[2])));
            default -> throw invalid(specifier, "it has more than three parts");
        };
    }

    static String format(Platform platform) {
        return platform.os().isEmpty() ? "unknown" : join(platform, platform.os());
    }

    static String formatAll(Platform platform) {
        StringBuilder options = new StringBuilder();
        String version = platform.osVersion();
        if (version != null) {
            appendEscaped(options, version);
        }
        for (String feature : PlatformNames.sortedDistinct(platform.osFeatures())) {
            if (!feature.isEmpty()) {
                appendEscaped(options.append('+'), feature);
            }
        }
        return platform.os().isEmpty() || options.isEmpty()
                ? format(platform)
                : join(platform, platform.os() + "(" + options + ")");
    }

    private static Platform parseOneName(String specifier, Sys system, Platform machine) {
        if (PlatformNames.isKnownSystem(system.name)) {
            return platform(system, withoutDefaultVariant(processorOf(machine)));
        }
        Processor processor = withoutDefaultVariant(PlatformNames.processor(specifier, null));
        if (PlatformNames.isKnownArchitecture(processor.architecture())) {
            return Platform.of(machine.os(), processor.architecture(), processor.variant());
        }
        throw invalid(specifier, "it is neither a known operating system nor a known architecture");
    }

    private static Processor processorOf(Platform machine) {
        // The variant of the machine counts for 32-bit ARM only, where older ones cannot run what newer ones can.
        return machine.architecture().equals("arm")
                ? PlatformNames.processor("arm", machine.variant())
                : new Processor(machine.architecture(), "");
    }

    private static Processor withoutDefaultVariant(Processor processor) {
        boolean isDefault =
                processor.architecture().equals("arm") && processor.variant().equals("v7");
        return isDefault ? new Processor("arm", "") : processor;
    }

    private static Processor withVariant(Processor processor) {
        boolean missing =
                processor.architecture().equals("arm64") && processor.variant().isEmpty();
        return missing ? new Processor("arm64", "v8") : processor;
    }

    private static Platform platform(Sys system, Processor processor) {
        return new Platform(
                system.name, processor.architecture(), processor.variant(), system.version, system.features);
    }

    private static Sys parseSystem(String specifier, String part) {
        int open = part.indexOf('(');
        String name = open < 0 ? part : part.substring(0, open);
        if (!isSystemName(name) || (open >= 0 && !part.endsWith(")"))) {
            throw invalid(specifier, Excerpt.quoted(part) + " is not an operating system");
        }
        if (open < 0) {
            return new Sys(PlatformNames.system(name), null, List.of());
        }
        String[] options = part.substring(open + 1, part.length() - 1).split("\\+", -1);
        List<String> features = new ArrayList<>(options.length - 1);
        for (int i = 0; i < options.length; i++) {
            if (!isOption(options[i]) || (i > 0 && options[i].isEmpty())) {
                throw invalid(specifier, Excerpt.quoted(options[i]) + " is not a version or feature of a system");
            }
            if (i > 0) {
                features.add(unescaped(specifier, options[i]));
            }
        }
        return new Sys(PlatformNames.system(name), unescaped(specifier, options[0]), features);
    }

    private static boolean isSystemName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isAlphanumeric(c) || c == '_' || c == '-');
    }

    private static boolean isComponent(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isAlphanumeric(c) || c == '_' || c == '-' || c == '.');
    }

    private static boolean isOption(String text) {
        return text.chars().allMatch(c -> isAlphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '%');
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static String unescaped(String specifier, String option) {
        if (option.indexOf('%') < 0) {
            return option;
        }
        ByteBuffer bytes = ByteBuffer.allocate(option.length());
        for (int i = 0; i < option.length(); i++) {
            char c = option.charAt(i);
            if (c == '%') {
                int high = i + 2 < option.length() ? Character.digit(option.charAt(i + 1), 16) : -1;
                int low = i + 2 < option.length() ? Character.digit(option.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw invalid(specifier, "% is not followed by two hexadecimal digits");
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw invalid(specifier, Excerpt.quoted(option) + " does not stand for UTF-8");
        }
    }

    /** Escapes what the syntax uses itself. */
    private static void appendEscaped(StringBuilder text, String option) {
        for (int i = 0; i < option.length(); i++) {
            char c = option.charAt(i);
            switch (c) {
                case '%' -> text.append("%25");
                case '+' -> text.append("%2B");
                case '(' -> text.append("%28");
                case ')' -> text.append("%29");
                case '/' -> text.append("%2F");
                default -> text.append(c);
            }
        }
    }

    /**
     * Joins the parts as containerd does, which takes them for a path: empty parts and single dots vanish, and two dots take
     * the part before them away.
     */
    private static String join(Platform platform, String system) {
        String variant = platform.variant();
        String joined = system + "/" + platform.architecture() + "/" + (variant == null ? "" : variant);
        Deque<String> parts = new ArrayDeque<>();
        for (String part : joined.split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? "." : String.join("/", parts);
    }

    private static InvalidInputException invalid(String specifier, String why) {
        return new InvalidInputException(
                ErrorCode.INVALID_PLATFORM, "invalid platform " + Excerpt.quoted(specifier) + ": " + why, HINT);
    }
}
