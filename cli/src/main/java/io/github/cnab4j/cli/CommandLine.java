/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.reference.EngineLocation;
import io.github.cnab4j.reference.Location;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the user gave to a command.
 *
 * @param command the command's name; empty for the tool itself
 * @param values of each flag that was given what it was given, in that order
 * @param arguments what is neither a flag nor a flag's value
 */
record CommandLine(String command, Map<Flag, List<String>> values, List<String> arguments) {
    CommandLine {
        values = values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, given -> List.copyOf(given.getValue())));
        arguments = List.copyOf(arguments);
    }

    /** The command's one argument; it has been counted. */
    String argument() {
        return arguments.get(0);
    }

    boolean has(Flag flag) {
        return values.containsKey(flag);
    }

    /** What the flag was given last, or what counts without it. */
    String text(Flag flag) {
        List<String> given = values.getOrDefault(flag, List.of(flag.fallback()));
        return given.get(given.size() - 1);
    }

    boolean isTrue(Flag flag) {
        return GoBoolean.parse(text(flag)).orElseThrow();
    }

    /** All that the flag was given, at commas taken apart. */
    List<String> list(Flag flag) {
        return values.getOrDefault(flag, List.of()).stream()
                .filter(given -> !given.isEmpty())
                .flatMap(given -> Arrays.stream(given.split(",", -1)))
                .toList();
    }

    /**
     * The value of a flag or argument.
     *
     * @param what how a message names it
     * @throws UsageException if the parser refuses it
     */
    <T> T parse(String what, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (InvalidInputException e) {
            throw new UsageException(
                    what + ": " + e.getMessage(), e.hint().orElseGet(() -> UsageException.seeHelp(command)));
        }
    }

    /**
     * A place to write to.
     *
     * @param what how a message names it
     * @throws UsageException if it is none, or one that can only be read
     */
    Location target(String what, String text) {
        Location target = parse(what, () -> Location.parse(text));
        if (target instanceof EngineLocation) {
            throw new UsageException(
                    what + ": " + target + " cannot be a target: images of an engine are only read",
                    "Write to oci-archive:FILE, and load that into the engine.");
        }
        return target;
    }

    /** Wrong usage of this command. */
    UsageException wrong(String message) {
        return new UsageException(message, UsageException.seeHelp(command));
    }
}
