/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import java.util.Locale;

/**
 * How an archive that is written is compressed. Immutable.
 *
 * @param kind the format
 * @param level how much time is spent for how little space, in the format's own scale; 0 for {@link Kind#NONE}
 */
public record Compression(Kind kind, int level) {
    /** A format. */
    public enum Kind {
        /** A plain tar file. */
        NONE(0, 0, 0),
        /** gzip, levels 1 to 9. */
        GZIP(1, 9, 6),
        /** Zstandard, levels 1 to 19. */
        ZSTD(1, 19, 3);

        private final int lowest;
        private final int highest;
        private final int usual;

        Kind(int lowest, int highest, int usual) {
            this.lowest = lowest;
            this.highest = highest;
            this.usual = usual;
        }

        /** As users write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the level.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_OPTION}) if the format has no such level
     */
    public Compression {
        if (level < kind.lowest || level > kind.highest) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "level " + level + " is none of " + kind,
                    kind == Kind.NONE
                            ? "Without compression there is no level."
                            : "Levels of " + kind + " go from " + kind.lowest + " to " + kind.highest + ".");
        }
    }

    /** No compression. */
    public static Compression none() {
        return of(Kind.NONE);
    }

    /** gzip at level 6. */
    public static Compression gzip() {
        return of(Kind.GZIP);
    }

    /** Zstandard at level 3. */
    public static Compression zstd() {
        return of(Kind.ZSTD);
    }

    /** The format at its usual level. */
    public static Compression of(Kind kind) {
        return new Compression(kind, kind.usual);
    }

    /**
     * Reads {@code gzip}, {@code zstd} or {@code none}.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_OPTION}) if it is none of them
     */
    public static Compression parse(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.toString().equals(name)) {
                return of(kind);
            }
        }
        throw new InvalidInputException(
                ErrorCode.INVALID_OPTION,
                "unknown compression " + Excerpt.quoted(name),
                "Archives are compressed with gzip, zstd or none.");
    }

    /**
     * The same format at another level.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_OPTION}) if the format has no such level
     */
    public Compression withLevel(int other) {
        return new Compression(kind, other);
    }
}
