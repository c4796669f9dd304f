/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The commands there are. Only the one that is asked for is made: reading the annotations of all of them takes time. */
final class Commands {
    private record Entry(String name, String summary, Supplier<Command> create) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry("fixup", FixupCommand.SUMMARY, FixupCommand::new),
            new Entry("help", HelpCommand.SUMMARY, HelpCommand::new),
            new Entry("pull", PullCommand.SUMMARY, PullCommand::new),
            new Entry("push", PushCommand.SUMMARY, PushCommand::new),
            new Entry("version", VersionCommand.SUMMARY, VersionCommand::new));

    private Commands() {}

    /**
     * The command of this name.
     *
     * @throws UsageException if there is none; its hint has the names that are near
     */
    static Command named(String name) {
        for (Entry entry : ENTRIES) {
            if (entry.name().equals(name)) {
                return entry.create().get();
            }
        }
        throw unknown(name);
    }

    private static UsageException unknown(String name) {
        String near = ENTRIES.stream()
                .map(Entry::name)
                .filter(known -> known.startsWith(name) || EditDistance.between(name, known) <= 2)
                .collect(Collectors.joining(" or "));
        return new UsageException(
                "unknown command \"" + name + "\"",
                near.isEmpty() ? "Run 'cnab-to-oci --help' for usage." : "Did you mean " + near + "?");
    }

    /** What {@code cnab-to-oci} says about itself. */
    static String overview() {
        String list = ENTRIES.stream()
                .map(entry -> "  %-8s  %s%n".formatted(entry.name(), entry.summary()))
                .collect(Collectors.joining());
        return """
                Stores CNAB bundles in OCI registries and layouts.

                Usage:
                  cnab-to-oci [command]

                Commands:
                %s
                Flags:
                  -h, --help              Show this text
                      --log-level=LEVEL   How much to say: debug, info, warn, error or fatal (default info)

                Run 'cnab-to-oci [command] --help' for more about a command.
                """.formatted(list);
    }
}
