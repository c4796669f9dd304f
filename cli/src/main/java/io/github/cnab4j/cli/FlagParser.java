/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes a command line apart by the rules of the Go tool (those of pflag): flags and arguments in any order, values behind an
 * equals sign or as the next argument, letters together behind one dash, nothing but arguments behind two dashes. A boolean flag
 * takes a value behind an equals sign only. Used once.
 */
final class FlagParser {
    private final String command;
    private final List<Flag> flags;
    private final Deque<String> rest = new ArrayDeque<>();
    private final Map<Flag, List<String>> values = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();

    private FlagParser(String command, List<Flag> flags, List<String> line) {
        this.command = command;
        this.flags = flags;
        rest.addAll(line);
    }

    /**
     * Parses the line of a command that takes these flags.
     *
     * @throws UsageException if there is an unknown flag, a flag without its value, or a boolean that is none
     */
    static CommandLine parse(String command, List<Flag> flags, List<String> line) {
        return new FlagParser(command, flags, line).parse();
    }

    private CommandLine parse() {
        while (!rest.isEmpty()) {
            String next = rest.remove();
            if (next.equals("--")) {
                arguments.addAll(rest);
                rest.clear();
            } else if (next.startsWith("--")) {
                name(next);
            } else if (next.startsWith("-") && next.length() > 1) {
                letters(next);
            } else {
                arguments.add(next);
            }
        }
        return new CommandLine(command, values, arguments);
    }

    private void name(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        Flag flag = find(known -> known.name().equals(name), "--" + name);
        if (equals >= 0) {
            give(flag, word.substring(equals + 1));
        } else {
            giveNext(flag);
        }
    }

    private void letters(String word) {
        for (int i = 1; i < word.length(); i++) {
            String letter = word.substring(i, i + 1);
            Flag flag = find(known -> known.letter().equals(letter), "-" + letter);
            String behind = word.substring(i + 1);
            if (behind.startsWith("=")) {
                give(flag, behind.substring(1));
                return;
            }
            if (!flag.isBoolean() && !behind.isEmpty()) {
                give(flag, behind);
                return;
            }
            giveNext(flag);
        }
    }

    private void giveNext(Flag flag) {
        if (flag.isBoolean()) {
            give(flag, "true");
        } else if (rest.isEmpty()) {
            throw wrong("flag needs a value: " + flag.dashed());
        } else {
            give(flag, rest.remove());
        }
    }

    private void give(Flag flag, String value) {
        if (flag.isBoolean() && GoBoolean.parse(value).isEmpty()) {
            throw wrong(flag.dashed() + ": \"" + value + "\" is neither true nor false");
        }
        values.computeIfAbsent(flag, first -> new ArrayList<>()).add(value);
    }

    private Flag find(Predicate<Flag> wanted, String shown) {
        Optional<Flag> found = flags.stream().filter(wanted).findFirst();
        return found.orElseThrow(() -> wrong("unknown flag: " + shown));
    }

    private UsageException wrong(String message) {
        return new UsageException(message, UsageException.seeHelp(command));
    }
}
