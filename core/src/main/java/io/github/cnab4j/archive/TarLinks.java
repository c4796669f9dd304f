/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The links of one tar file. They are names and nothing more: no link is ever made on disk, and what one leads to is found among the
 * files of the same archive or not at all.
 */
final class TarLinks {
    private static final byte HARD = '1';
    private static final byte SYMBOLIC = '2';
    private static final int MOST_HOPS = 8;

    private final String file;
    private final Map<String, String> targets = new LinkedHashMap<>();

    /** @param file the archive, for messages */
    TarLinks(String file) {
        this.file = file;
    }

    static boolean isLink(byte type) {
        return type == HARD || type == SYMBOLIC;
    }

    boolean has(String name) {
        return targets.containsKey(name);
    }

    /**
     * Adds a link; says whether it is the only one of its name.
     *
     * @throws InvalidInputException if it leads out of the archive
     */
    boolean add(byte type, String name, String target) {
        int slash = name.lastIndexOf('/');
        String from = type == HARD || slash < 0 ? "" : name.substring(0, slash);
        return targets.put(name, within(from, name, target)) == null;
    }

    /** The name that a target is, seen from a directory of the archive. */
    private String within(String directory, String name, String target) {
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\\') >= 0) {
            throw elsewhere(name);
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (directory + "/" + target).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    throw elsewhere(name);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /**
     * Gives each link the content of the file that it leads to.
     *
     * @throws InvalidInputException if there is none
     */
    void addTo(Map<String, TarReader.Entry> entries) {
        Map<String, TarReader.Entry> found = new LinkedHashMap<>();
        targets.forEach((name, target) -> found.put(name, find(entries, name, target)));
        entries.putAll(found);
    }

    private TarReader.Entry find(Map<String, TarReader.Entry> entries, String name, String target) {
        String next = target;
        for (int i = 0; i < MOST_HOPS && next != null; i++) {
            TarReader.Entry entry = entries.get(next);
            if (entry != null) {
                return entry;
            }
            next = targets.get(next);
        }
        throw ArchiveFailures.invalid(file, "has a link that leads to no file, " + Excerpt.quoted(name));
    }

    private InvalidInputException elsewhere(String name) {
        return ArchiveFailures.invalid(file, "has a link that leads elsewhere, " + Excerpt.quoted(name));
    }
}
