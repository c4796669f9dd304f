/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.remotes.SignatureRequirement;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.signature.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flags of commands that make or check signatures. */
final class SigningFlags {
    static final Flag KEY = Flag.text("key", "FILE", "", "A key in PEM form");
    static final Flag ANNOTATIONS = Flag.list("annotations", "NAME=VALUE", "What the signature says beside the digest")
            .withLetter("a");
    static final Flag REQUIRE = Flag.list(
            "require-signature",
            "FILE",
            "Do nothing unless the source is signed by the public key in this file; of several files each counts,"
                    + " of several keys in one file any");
    private static final int LARGEST_KEY = 1 << 20;

    private SigningFlags() {}

    /** The private key; where it takes a password, that of {@code COSIGN_PASSWORD}, or else of whoever sits at the terminal. */
    static SigningKey signingKey(Context context, CommandLine line) {
        return InputFile.parse(
                context,
                line.text(KEY),
                LARGEST_KEY,
                pem -> SigningKey.parse(text(pem), () -> password(context, line).toCharArray()));
    }

    private static String password(Context context, CommandLine line) {
        String given = context.environment().get("COSIGN_PASSWORD");
        return given != null
                ? given
                : new Secrets(context)
                        .askHidden("Password of the key: ")
                        .orElseThrow(() -> line.wrong(
                                "the key takes a password: set COSIGN_PASSWORD, there is no terminal to ask on"));
    }

    /** The public key. */
    static VerificationKey verificationKey(Context context, CommandLine line) {
        return InputFile.parse(context, line.text(KEY), LARGEST_KEY, pem -> VerificationKey.parse(text(pem)));
    }

    /** The signatures without which nothing is to be done. */
    static List<SignatureRequirement> required(Context context, CommandLine line) {
        return line.list(REQUIRE).stream()
                .map(file -> new SignatureRequirement(
                        InputFile.parse(context, file, LARGEST_KEY, pem -> VerificationKey.parseAll(text(pem)))))
                .toList();
    }

    private static String text(byte[] pem) {
        return new String(pem, StandardCharsets.ISO_8859_1);
    }

    /** What is claimed. */
    static Map<String, String> claims(CommandLine line) {
        Map<String, String> claims = new LinkedHashMap<>();
        for (String claim : line.list(ANNOTATIONS)) {
            int equals = claim.indexOf('=');
            if (equals < 1) {
                throw line.wrong(ANNOTATIONS.dashed() + ": \"" + claim + "\" is not NAME=VALUE");
            }
            claims.put(claim.substring(0, equals), claim.substring(equals + 1));
        }
        return claims;
    }
}
