/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.LayoutLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.LayoutVerifyResult;
import io.github.cnab4j.remotes.Remotes;
import io.github.cnab4j.remotes.VerifyOptions;
import io.github.cnab4j.remotes.VerifyResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks content where it is. */
final class VerifyCommand implements Command {
    private static final Flag SIGNATURE_ONLY =
            Flag.bool("signature-only", false, "Check the signature and do not read the content");

    /** What is meant as a file though there is none: it is not looked for in a registry. */
    private static final Pattern FILE = Pattern.compile("^\\.{0,2}/|\\.(?:tar|tgz|tar\\.gz|tar\\.zst)$");

    private static final Pattern TRANSPORT = Pattern.compile("oci:|oci-archive:|docker-daemon:|docker://");

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
        return "<reference>|<directory>|<file>";
    }

    @Override
    public String details() {
        return """
                Reads everything that the reference leads to and checks it against its digests; nothing is kept. With
                --key there has to be a signature by that key, as sign and cosign make it.
                A layout's directory, an archive, and oci:DIR or oci-archive:FILE without a tag are checked as a whole:
                all that is listed, and all else that is there. Where a file or directory has the name of an image, it
                is meant; the image is docker://NAME.
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
        Location location = location(context, line);
        VerifyOptions options = VerifyOptions.defaults();
        if (!line.text(SigningFlags.KEY).isEmpty()) {
            options = options.withKey(SigningFlags.verificationKey(context, line))
                    .withClaims(SigningFlags.claims(line))
                    .withContent(!line.isTrue(SIGNATURE_ONLY));
        }
        try (Remotes remotes = RegistryFlags.open(context, line, location)) {
            if (isWhole(location)) {
                LayoutVerifyResult result = remotes.verifyLayout(location, options);
                say(context, options, result.signed(), result.contents(), result.bytes(), result.location());
            } else {
                VerifyResult result = remotes.verify(location, options);
                say(context, options, result.signed(), result.contents(), result.bytes(), result.location());
            }
        }
        return ExitCode.DONE;
    }

    /** What is there counts before what may be in a registry: whoever has a file of that name means it. */
    private static Location location(Context context, CommandLine line) {
        String text = line.argument();
        if (!text.isEmpty() && !TRANSPORT.matcher(text).lookingAt()) {
            Path path = InputFile.resolve(context, text);
            if (Files.isDirectory(path)) {
                return line.parse("the directory", () -> new LayoutLocation(path.toString(), null, null));
            }
            if (Files.exists(path) || FILE.matcher(text).find()) {
                return line.parse("the file", () -> new ArchiveLocation(path.toString(), null, null));
            }
        }
        return line.parse("the reference", () -> Location.parse(text));
    }

    private static boolean isWhole(Location location) {
        return (location instanceof LayoutLocation || location instanceof ArchiveLocation)
                && location.tag() == null
                && location.digest() == null;
    }

    private static void say(
            Context context, VerifyOptions options, boolean signed, int contents, long bytes, Location where) {
        Terminal terminal = context.terminal();
        if (signed) {
            terminal.progress("The signature holds.");
        }
        if (options.content()) {
            terminal.progress("Verified " + contents + " contents, " + bytes + " bytes.");
        }
        terminal.result(where.toString().getBytes(StandardCharsets.UTF_8));
    }
}
