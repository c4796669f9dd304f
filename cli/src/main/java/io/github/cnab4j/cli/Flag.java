/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import org.jspecify.annotations.Nullable;

/**
 * A flag as it is declared. Flags are values: a command's {@link CommandLine} is asked for what the user gave.
 *
 * @param name without the two dashes
 * @param letter the short form without its dash; empty if there is none
 * @param kind what it takes
 * @param value what stands for its value in the help text
 * @param fallback its value if it is not given
 * @param description one sentence for the help text
 */
record Flag(String name, String letter, Kind kind, String value, String fallback, String description) {
    /** What a flag takes. */
    enum Kind {
        /** Any text; of several the last counts. */
        TEXT,
        /** Texts with commas between them; several add up. */
        LIST,
        /** Nothing, or a boolean behind an equals sign; of several the last counts. */
        BOOLEAN
    }

    static Flag text(String name, String value, String fallback, String description) {
        return new Flag(name, "", Kind.TEXT, value, fallback, description);
    }

    static Flag list(String name, String value, String description) {
        return new Flag(name, "", Kind.LIST, value + ",...", "", description);
    }

    static Flag bool(String name, boolean fallback, String description) {
        return new Flag(name, "", Kind.BOOLEAN, "", Boolean.toString(fallback), description);
    }

    Flag withLetter(String shortForm) {
        return new Flag(name, shortForm, kind, value, fallback, description);
    }

    /** A command has one flag of a name. What the compiler makes for records is put together at run time, which takes long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Flag flag && name.equals(flag.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** As users write it. */
    String dashed() {
        return "--" + name;
    }

    boolean isBoolean() {
        return kind == Kind.BOOLEAN;
    }
}
