/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.List;

/** Serves layouts as a registry until it is stopped. */
final class ServeCommand implements Command {
    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "Make a registry of a directory of OCI layouts, or of an archive";
    }

    @Override
    public String synopsis() {
        return "[<directory>|<archive>]";
    }

    @Override
    public String details() {
        return """
                Each repository is an OCI layout in the directory, at the repository's name; a directory that is a layout
                itself is served under its own name, and an archive under that of its file, to read only. Without an
                argument the current directory is served. Its address is printed when it can be used.
                """;
    }

    @Override
    public List<Flag> flags() {
        return ServeFlags.ALL;
    }

    @Override
    public void checkArguments(CommandLine line) {
        if (line.arguments().size() > 1) {
            throw line.wrong("serve takes one argument, the directory or archive, and got "
                    + line.arguments().size());
        }
    }

    @Override
    public int run(Context context, CommandLine line) {
        return new ServeRun(context, line).run();
    }
}
