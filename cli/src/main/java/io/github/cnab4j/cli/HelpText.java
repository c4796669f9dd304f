/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What {@code --help} prints, for terminals of at least {@value #WIDTH} columns. */
final class HelpText {
    private static final int WIDTH = 100;
    /** Where descriptions begin; a flag that is longer has a line of its own. */
    private static final int DESCRIPTIONS = 30;

    private final StringBuilder text = new StringBuilder();

    private HelpText() {}

    static String of(Command command) {
        HelpText help = new HelpText();
        help.line(command.summary());
        help.usage(command.name() + (command.synopsis().isEmpty() ? "" : " " + command.synopsis()) + " [flags]");
        if (!command.details().isEmpty()) {
            help.line("");
            help.text.append(command.details());
        }
        help.flags(Stream.concat(command.flags().stream(), GlobalFlags.ALL.stream()));
        return help.text.toString();
    }

    static String ofTheTool(List<Command> commands) {
        HelpText help = new HelpText();
        help.line("Stores CNAB bundles in OCI registries and layouts.");
        help.usage("[command]");
        help.line("");
        help.line("Commands:");
        commands.forEach(command -> help.line("  %-8s  %s".formatted(command.name(), command.summary())));
        help.flags(GlobalFlags.ALL.stream());
        help.line("");
        help.line("Run 'cnab-to-oci [command] --help' for more about a command.");
        return help.text.toString();
    }

    private void line(String content) {
        text.append(content).append('\n');
    }

    private void usage(String line) {
        line("");
        line("Usage:");
        line("  cnab-to-oci " + line);
    }

    private void flags(Stream<Flag> flags) {
        line("");
        line("Flags:");
        flags.sorted(Comparator.comparing(Flag::name)).forEach(this::flag);
    }

    private void flag(Flag flag) {
        StringBuilder line = new StringBuilder(flag.letter().isEmpty() ? "      " : "  -" + flag.letter() + ", ")
                .append(flag.dashed())
                .append(flag.value().isEmpty() ? "" : " " + flag.value());
        if (line.length() >= DESCRIPTIONS) {
            line(line.toString());
            line.setLength(0);
        }
        pad(line);
        for (String word : description(flag).split(" ", -1)) {
            if (line.length() + word.length() > WIDTH) {
                line(line.toString().stripTrailing());
                line.setLength(0);
                pad(line);
            }
            line.append(word).append(' ');
        }
        line(line.toString().stripTrailing());
    }

    private static void pad(StringBuilder line) {
        line.append(" ".repeat(DESCRIPTIONS - line.length()));
    }

    /** Says what counts without the flag, unless that goes without saying. */
    private static String description(Flag flag) {
        boolean plain = flag.fallback().isEmpty() || flag.fallback().equals("false");
        return plain ? flag.description() : flag.description() + " (default " + flag.fallback() + ")";
    }
}
