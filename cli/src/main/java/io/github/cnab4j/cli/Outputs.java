/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.FileException;

/** The two results of a command that writes files: both are staged before the first takes its place. */
record Outputs(Output bundle, Output relocationMap) {
    private static final String STANDARD_OUTPUT = "-";

    /**
     * Checks where the results go, before any work is done for them.
     *
     * @throws UsageException if they are the same file
     * @throws FileException if one of them cannot be written
     */
    static Outputs check(Context context, Command command, String bundle, String relocationMap) {
        Output first = output(context, command, "--bundle", bundle);
        Output second = output(context, command, "--relocation-map", relocationMap);
        if (first.collidesWith(second)) {
            throw command.usage("--bundle and --relocation-map are the same file, " + bundle);
        }
        return new Outputs(first, second);
    }

    private static Output output(Context context, Command command, String flag, String path) {
        if (path.isEmpty()) {
            throw command.usage(flag + " is empty");
        }
        if (path.equals(STANDARD_OUTPUT)) {
            return new StandardOutput(context.terminal());
        }
        return OutputFile.at(path, InputFile.resolve(context, path));
    }

    /**
     * Writes both results in their canonical form.
     *
     * @throws FileException if that fails
     */
    void write(Bundle fixed, RelocationMap map) {
        try (Output.Staged first = bundle.stage(fixed.canonical());
                Output.Staged second = relocationMap.stage(map.canonical())) {
            first.commit();
            second.commit();
        }
    }
}
