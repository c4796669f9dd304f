/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.remotes.SignOptions;
import io.github.cnab4j.remotes.SignResult;
import io.github.cnab4j.signature.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Signs what is in a store. */
final class SignCommand implements Command {
    @Override
    public String name() {
        return "sign";
    }

    @Override
    public String summary() {
        return "Sign a bundle, an image or any other manifest with a key";
    }

    @Override
    public String synopsis() {
        return "<reference>";
    }

    @Override
    public String details() {
        return """
                The key is one of ECDSA: PKCS#8, or cosign's encrypted form, whose password is that of the environment
                variable COSIGN_PASSWORD. The signature is put beside what it signs, as cosign does it.
                """;
    }

    @Override
    public List<Flag> flags() {
        return Stream.of(List.of(SigningFlags.KEY, SigningFlags.ANNOTATIONS), RegistryFlags.ALL)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "reference");
        if (line.text(SigningFlags.KEY).isEmpty()) {
            throw line.wrong("--key is missing");
        }
    }

    @Override
    public int run(Context context, CommandLine line) {
        Location location = line.target("the reference", line.argument());
        SignOptions options = SignOptions.defaults().withClaims(SigningFlags.claims(line));
        SigningKey key = SigningFlags.signingKey(context, line);
        try (Remotes remotes = RegistryFlags.open(context, line, location)) {
            SignResult result = remotes.sign(location, key, options);
            Terminal terminal = context.terminal();
            if (!result.added()) {
                terminal.progress("There is an equal signature by this key already.");
            }
            terminal.result(result.location().toString().getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.DONE;
    }
}
