/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.FileException;
import java.util.List;

/** Flags of the commands that write a bundle and its relocation map. */
record OutputFlags(Flag bundle, Flag relocationMap) {
    private static final String STANDARD_OUTPUT = "-";

    /** These flags, for a command that writes its bundle to this file unless it is told another. */
    static OutputFlags withBundleIn(String file) {
        return new OutputFlags(
                Flag.text("bundle", "FILE", file, "Where the bundle is written, - for standard output"),
                Flag.text(
                        "relocation-map",
                        "FILE",
                        "relocation-map.json",
                        "Where the relocation map is written, - for standard output"));
    }

    List<Flag> all() {
        return List.of(bundle, relocationMap);
    }

    /**
     * Checks where the results go, before any work is done for them.
     *
     * @throws UsageException if they are the same file
     * @throws FileException if one of them cannot be written
     */
    Outputs check(Context context, CommandLine line) {
        Output first = output(context, line, bundle);
        Output second = output(context, line, relocationMap);
        if (first.collidesWith(second)) {
            throw line.wrong("--bundle and --relocation-map are the same file, " + line.text(bundle));
        }
        return new Outputs(first, second);
    }

    /**
     * Checks where a result goes that is always a file.
     *
     * @throws UsageException if it is to go to standard output
     * @throws FileException if it cannot be written
     */
    static Output file(Context context, CommandLine line, Flag flag) {
        if (line.text(flag).equals(STANDARD_OUTPUT)) {
            throw line.wrong(flag.dashed() + ": standard output has another result");
        }
        return output(context, line, flag);
    }

    private static Output output(Context context, CommandLine line, Flag flag) {
        String path = line.text(flag);
        if (path.isEmpty()) {
            throw line.wrong(flag.dashed() + " is empty");
        }
        if (path.equals(STANDARD_OUTPUT)) {
            return new StandardOutput(context.terminal());
        }
        return OutputFile.at(path, InputFile.resolve(context, path));
    }
}
