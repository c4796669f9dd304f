/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * The versions that a dependency allows (CNAB dependencies specification, 500): {@code 1.2.3}, {@code 1.2.x}, {@code 1.x},
 * {@code 1.5.x - 3}, comparisons such as {@code >=1.2 <2}, {@code ^1.2}, {@code ~1.2.3}, alternatives with {@code ||}; a leading
 * {@code v} does not matter. Immutable.
 */
public final class VersionRanges {
    private static final int MOST_CHARACTERS = 256;
    private static final String NUMBER = "(?:[0-9]{1,9}|[xX*])";
    private static final String VERSION =
            "v?" + NUMBER + "(?:\\." + NUMBER + "(?:\\." + NUMBER + "(?:-[0-9A-Za-z.-]+)?)?)?";
    private static final Pattern COMPARISONS =
            Pattern.compile("(?:[<>]=?|[=~^])?" + VERSION + "(?: (?:[<>]=?|[=~^])?" + VERSION + ")*");
    private static final Pattern HYPHEN = Pattern.compile(VERSION + " - " + VERSION);

    private final List<RangeList> ranges;
    private final boolean prereleases;

    private VersionRanges(List<RangeList> ranges, boolean prereleases) {
        this.ranges = ranges;
        this.prereleases = prereleases;
    }

    /** A tag and the version that it is. */
    private record Version(String tag, Semver number) {}

    /**
     * Reads ranges.
     *
     * @param texts any of which may hold; none: every version
     * @param prereleases whether pre-releases count
     * @throws InvalidInputException ({@link ErrorCode#INVALID_BUNDLE}) if one is no range
     */
    public static VersionRanges of(Collection<String> texts, boolean prereleases) {
        List<RangeList> ranges = new ArrayList<>();
        for (String text : texts) {
            for (String alternative : text.split("\\|\\|", -1)) {
                ranges.add(RangeListFactory.create(normalized(text, alternative), prereleases));
            }
        }
        return new VersionRanges(ranges, prereleases);
    }

    /**
     * Of these tags the one that is the highest of the versions allowed; empty if none is one. What is no version (semantic
     * versioning 2.0.0, with or without a leading {@code v}) does not count.
     */
    public Optional<String> highest(Collection<String> tags) {
        return tags.stream()
                .map(VersionRanges::version)
                .flatMap(Optional::stream)
                .filter(this::allows)
                .max(Comparator.comparing(Version::number)
                        // Of v1.0.0 and 1.0.0 always the same.
                        .thenComparing(Version::tag, Comparator.reverseOrder()))
                .map(Version::tag);
    }

    private boolean allows(Version version) {
        boolean kind = prereleases || version.number().getPreRelease().isEmpty();
        return kind && (ranges.isEmpty() || ranges.stream().anyMatch(version.number()::satisfies));
    }

    private static Optional<Version> version(String tag) {
        @Nullable Semver number = Semver.parse(tag);
        return Optional.ofNullable(number).map(parsed -> new Version(tag, parsed));
    }

    /** The library takes what it does not understand for any version, so it is given nothing of the kind. */
    private static String normalized(String whole, String alternative) {
        if (whole.length() > MOST_CHARACTERS) {
            throw invalid(whole, "it has more than " + MOST_CHARACTERS + " characters");
        }
        String range =
                alternative.replace(',', ' ').strip().replaceAll("\\s+", " ").replaceAll("([<>=~^]) ", "$1");
        if (!COMPARISONS.matcher(range).matches() && !HYPHEN.matcher(range).matches()) {
            throw invalid(whole, "it cannot be read");
        }
        return range;
    }

    private static InvalidInputException invalid(String range, String why) {
        return new InvalidInputException(
                ErrorCode.INVALID_BUNDLE,
                Excerpt.quoted(range) + " is no range of versions: " + why,
                "Ranges are written 1.2.3, 1.2.x, 1.x, 1.5.x - 3 or >=1.2 <2.");
    }
}
