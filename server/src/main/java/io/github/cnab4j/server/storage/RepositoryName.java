/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.util.Optional;
import java.util.regex.Pattern;

/** A repository's name in the grammar of the OCI distribution specification; safe as a relative path. */
public record RepositoryName(String value) implements Comparable<RepositoryName> {
    private static final int MAX_LENGTH = 255;
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

    /** Checks the grammar. */
    public RepositoryName {
        if (value.length() > MAX_LENGTH || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a repository name");
        }
    }

    /** Reads a name; empty when it does not follow the grammar. */
    public static Optional<RepositoryName> parse(String text) {
        if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(new RepositoryName(text));
    }

    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
