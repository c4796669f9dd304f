/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.PullOptions;
import io.github.cnab4j.remotes.PullResult;
import io.github.cnab4j.remotes.Remotes;
import java.util.List;
import java.util.stream.Stream;

/** Gets a bundle and its relocation map from where it was pushed. */
final class PullCommand implements Command {
    private static final OutputFlags OUTPUTS = OutputFlags.withBundleIn("pulled.json");

    @Override
    public String name() {
        return "pull";
    }

    @Override
    public String summary() {
        return "Write a pushed bundle and its relocation map to files";
    }

    @Override
    public String synopsis() {
        return "<reference>";
    }

    @Override
    public List<Flag> flags() {
        return Stream.of(RegistryFlags.ALL, OUTPUTS.all(), List.of(SigningFlags.REQUIRE))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "reference");
    }

    @Override
    public int run(Context context, CommandLine line) {
        Location location = line.parse("the reference", () -> Location.parse(line.argument()));
        Outputs outputs = OUTPUTS.check(context, line);
        PullOptions options = PullOptions.defaults().withRequiredSignatures(SigningFlags.required(context, line));
        try (Remotes remotes = RegistryFlags.open(context, line, location)) {
            PullResult result = remotes.pull(location, options);
            outputs.write(result.bundle(), result.relocationMap());
        }
        return ExitCode.DONE;
    }
}
