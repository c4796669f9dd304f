/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.reference.Repository;

/** The registry that a command is about, where it is about one as a whole. */
final class RegistryName {
    private RegistryName() {}

    /**
     * The command's argument as references name a registry: under another name no reference would find what is kept for it.
     *
     * @throws UsageException if no reference can begin with it
     */
    static String of(CommandLine line) {
        String text = line.argument();
        try {
            return new Repository(text, "any").domain();
        } catch (InvalidInputException noRegistry) {
            throw new UsageException(
                    "\"" + text + "\" is no host with an optional port",
                    "Write it as references begin, HOST[:PORT], such as ghcr.io or localhost:5000: no https://, no path.");
        }
    }
}
