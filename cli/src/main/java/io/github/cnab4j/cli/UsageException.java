/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

/** A command line that cannot be understood. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    UsageException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
