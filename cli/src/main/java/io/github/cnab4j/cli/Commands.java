/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.List;
import java.util.stream.Collectors;

/** The commands there are. */
final class Commands {
    static final List<Command> ALL = List.of(
            new ArchiveCommand(),
            new CopyCommand(),
            new FixupCommand(),
            new GcCommand(),
            new HelpCommand(),
            new LoginCommand(),
            new LogoutCommand(),
            new PublishCommand(),
            new PullCommand(),
            new PushCommand(),
            new ServeCommand(),
            new SignCommand(),
            new VerifyCommand(),
            new VersionCommand());

    private Commands() {}

    /**
     * The command of this name.
     *
     * @throws UsageException if there is none; its hint has the names that are near
     */
    static Command named(String name) {
        return ALL.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static UsageException unknown(String name) {
        String near = ALL.stream()
                .map(Command::name)
                .filter(known -> known.startsWith(name) || EditDistance.between(name, known) <= 2)
                .collect(Collectors.joining(" or "));
        return new UsageException(
                "unknown command \"" + name + "\"",
                near.isEmpty() ? UsageException.seeHelp("") : "Did you mean " + near + "?");
    }
}
