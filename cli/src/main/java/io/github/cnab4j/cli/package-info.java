/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command {@code cnab-to-oci}: flags in, results and exit codes out. It reads the command line and the files it names, calls
 * the facade {@link io.github.cnab4j.remotes.Remotes}, and tells people what happened; everything else is the library's.
 *
 * <p>Standard output takes results only; what is meant for people goes to standard error. Exit codes: 0 done, 1 failed, 2 wrong
 * usage, 130 interrupted.
 */
@NullMarked
package io.github.cnab4j.cli;

import org.jspecify.annotations.NullMarked;
