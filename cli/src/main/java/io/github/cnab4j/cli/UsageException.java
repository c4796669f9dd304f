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

    /** The hint where nothing better can be said of a command, or of the tool if that is empty. */
    static String seeHelp(String command) {
        return "Run 'cnab-to-oci " + (command.isEmpty() ? "" : command + " ") + "--help' for usage.";
    }

    String hint() {
        return hint;
    }
}
