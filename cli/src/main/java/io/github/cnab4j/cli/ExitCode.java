/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

/** How the command ends; part of its interface. */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;
    /** The work failed. */
    static final int FAILED = 1;
    /** The command line is wrong; nothing was done. */
    static final int USAGE = 2;
    /** Stopped by the user, as shells write death by SIGINT. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
