/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import io.github.cnab4j.error.Excerpt;

/** Names of entries. Nothing is unpacked under them; yet who writes a name that leads elsewhere means no good. */
final class EntryName {
    private EntryName() {}

    /** The name without what has no meaning: {@code ./} at its beginning, a slash at its end. Empty for the archive's root. */
    static String of(String file, String raw) {
        String name = raw;
        while (name.startsWith("./")) {
            name = name.substring(2);
        }
        if (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.isEmpty() || name.equals(".")) {
            if (raw.startsWith("./") || raw.equals(".")) {
                return "";
            }
            throw ArchiveFailures.invalid(file, "has an entry named " + Excerpt.quoted(raw));
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw ArchiveFailures.invalid(file, "has an entry whose name leads elsewhere, " + Excerpt.quoted(raw));
            }
        }
        if (name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw ArchiveFailures.invalid(file, "has an entry whose name may lead elsewhere, " + Excerpt.quoted(raw));
        }
        return name;
    }
}
