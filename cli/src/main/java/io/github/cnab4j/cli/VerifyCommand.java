/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.remotes.VerifyOptions;
import io.github.cnab4j.remotes.VerifyResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Checks content where it is. */
final class VerifyCommand implements Command {
    private static final Flag SIGNATURE_ONLY =
            Flag.bool("signature-only", false, "Check the signature and do not read the content");

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String summary() {
        return "Check a bundle, an image or any other manifest, and its signature";
    }

    @Override
    public String synopsis() {
        return "<reference>";
    }

    @Override
    public String details() {
        return """
                Reads everything that the reference leads to and checks it against its digests; nothing is kept. With
                --key there has to be a signature by that key, as sign and cosign make it.
                """;
    }

    @Override
    public List<Flag> flags() {
        return Stream.of(List.of(SigningFlags.KEY, SigningFlags.ANNOTATIONS, SIGNATURE_ONLY), RegistryFlags.ALL)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "reference");
        if (line.text(SigningFlags.KEY).isEmpty()
                && (line.isTrue(SIGNATURE_ONLY) || line.has(SigningFlags.ANNOTATIONS))) {
            throw line.wrong("--key is missing");
        }
    }

    @Override
    public int run(Context context, CommandLine line) {
        Location location = line.parse("the reference", () -> Location.parse(line.argument()));
        VerifyOptions options = VerifyOptions.defaults();
        if (!line.text(SigningFlags.KEY).isEmpty()) {
            options = options.withKey(SigningFlags.verificationKey(context, line))
                    .withClaims(SigningFlags.claims(line))
                    .withContent(!line.isTrue(SIGNATURE_ONLY));
        }
        try (Remotes remotes = RegistryFlags.open(context, line, location)) {
            VerifyResult result = remotes.verify(location, options);
            Terminal terminal = context.terminal();
            if (result.signed()) {
                terminal.progress("The signature holds.");
            }
            if (options.content()) {
                terminal.progress("Verified " + result.contents() + " contents, " + result.bytes() + " bytes.");
            }
            terminal.result(result.location().toString().getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.DONE;
    }
}
