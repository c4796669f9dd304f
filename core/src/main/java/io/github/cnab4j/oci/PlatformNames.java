/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of systems and processors in Go's naming, and the other names that they go by. */
final class PlatformNames {
    private static final Set<String> SYSTEMS = Set.of(
            "aix",
            "android",
            "darwin",
            "dragonfly",
            "freebsd",
            "hurd",
            "illumos",
            "ios",
            "js",
            "linux",
            "nacl",
            "netbsd",
            "openbsd",
            "plan9",
            "solaris",
            "windows",
            "zos");

    private static final Set<String> ARCHITECTURES = Set.of(
            "386",
            "amd64",
            "amd64p32",
            "arm",
            "arm64",
            "arm64be",
            "armbe",
            "loong64",
            "mips",
            "mips64",
            "mips64le",
            "mips64p32",
            "mips64p32le",
            "mipsle",
            "ppc",
            "ppc64",
            "ppc64le",
            "riscv",
            "riscv64",
            "s390",
            "s390x",
            "sparc",
            "sparc64",
            "wasm");

    private PlatformNames() {}

    /** A processor with its variant, empty if there is none. */
    record Processor(String architecture, String variant) {}

    static boolean isKnownSystem(String os) {
        return SYSTEMS.contains(os);
    }

    static boolean isKnownArchitecture(String architecture) {
        return ARCHITECTURES.contains(architecture);
    }

    static Platform normalized(Platform platform, Platform machine) {
        Processor processor = processor(platform.architecture(), platform.variant());
        List<String> features = platform.osFeatures();
        return new Platform(
                system(platform.os().isEmpty() ? machine.os() : platform.os()),
                processor.architecture,
                processor.variant,
                platform.osVersion(),
                features.isEmpty() ? features : sortedDistinct(features));
    }

    static List<String> sortedDistinct(List<String> features) {
        return features.stream().sorted().distinct().toList();
    }

    static String system(String name) {
        String os = name.toLowerCase(Locale.ROOT);
        return os.equals("macos") ? "darwin" : os;
    }

    static Processor processor(String architectureName, @Nullable String variantName) {
        String architecture = architectureName.toLowerCase(Locale.ROOT);
        String variant = variantName == null ? "" : variantName.toLowerCase(Locale.ROOT);
        return switch (architecture) {
            case "i386" -> new Processor("386", "");
            case "x86_64", "x86-64", "amd64" -> new Processor("amd64", variant.equals("v1") ? "" : variant);
            case "aarch64", "arm64" -> new Processor("arm64", arm64Variant(variant));
            case "armhf" -> new Processor("arm", "v7");
            case "armel" -> new Processor("arm", "v6");
            case "arm" -> new Processor("arm", armVariant(variant));
            default -> new Processor(architecture, variant);
        };
    }

    private static String arm64Variant(String variant) {
        return switch (variant) {
            case "8", "v8", "v8.0" -> "";
            case "9", "9.0", "v9.0" -> "v9";
            default -> variant;
        };
    }

    private static String armVariant(String variant) {
        return switch (variant) {
            case "", "7" -> "v7";
            case "5", "6", "8" -> "v" + variant;
            default -> variant;
        };
    }
}
