/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which argument names the command: the first that is neither a flag nor a flag's value. Flags may stand before it, so the
 * flags without a value must be known here.
 *
 * @param name the command's name, if there is one
 * @param arguments all arguments but the name
 */
record CommandName(Optional<String> name, List<String> arguments) {
    private static final Set<String> WITHOUT_VALUE =
            Set.of("-h", "--help", "--auto-update-bundle", "--allow-fallbacks", "--push-images");

    static CommandName find(String... args) {
        int i = 0;
        while (i < args.length && args[i].startsWith("-") && !args[i].equals("--")) {
            i += takesNext(args[i]) ? 2 : 1;
        }
        List<String> rest = new ArrayList<>(List.of(args));
        if (i >= args.length || args[i].equals("--")) {
            return new CommandName(Optional.empty(), rest);
        }
        return new CommandName(Optional.of(rest.remove(i)), rest);
    }

    /** {@code --flag value} and {@code -f value} do, {@code --flag=value} and {@code -fvalue} hold their value. */
    private static boolean takesNext(String flag) {
        if (WITHOUT_VALUE.contains(flag) || flag.contains("=")) {
            return false;
        }
        return flag.startsWith("--") || flag.length() == 2;
    }
}
