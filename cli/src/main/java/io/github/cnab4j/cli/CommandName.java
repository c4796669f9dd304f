/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which argument names the command: the first that is neither a flag nor a flag's value. Flags may stand before it, so the
 * flags without a value, of any command, must be known here.
 *
 * @param name the command's name, if there is one
 * @param arguments all arguments but the name
 */
record CommandName(Optional<String> name, List<String> arguments) {
    static CommandName find(List<Command> commands, List<String> args) {
        Set<String> alone = withoutValue(commands);
        int i = 0;
        while (i < args.size() && args.get(i).startsWith("-") && !args.get(i).equals("--")) {
            i += takesNext(args.get(i), alone) ? 2 : 1;
        }
        List<String> rest = new ArrayList<>(args);
        if (i >= args.size() || args.get(i).equals("--")) {
            return new CommandName(Optional.empty(), rest);
        }
        return new CommandName(Optional.of(rest.remove(i)), rest);
    }

    private static Set<String> withoutValue(List<Command> commands) {
        return Stream.concat(GlobalFlags.ALL.stream(), commands.stream().flatMap(command -> command.flags().stream()))
                .filter(Flag::isBoolean)
                .flatMap(flag -> Stream.of(flag.dashed(), "-" + flag.letter()))
                .collect(Collectors.toSet());
    }

    /** {@code --flag value} and {@code -f value} do, {@code --flag=value} and {@code -fvalue} hold their value. */
    private static boolean takesNext(String flag, Set<String> alone) {
        if (alone.contains(flag) || flag.contains("=")) {
            return false;
        }
        return flag.startsWith("--") || flag.length() == 2;
    }
}
