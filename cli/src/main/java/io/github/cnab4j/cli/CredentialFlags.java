/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.remotes.RemotesBuilder;
import java.util.List;
import java.util.Optional;

/** Flags that give a user's credentials, to one registry and no other. The password is never an argument, where others see it. */
final class CredentialFlags {
    private static final Flag USERNAME = Flag.text(
                    "username",
                    "NAME",
                    "",
                    "The user at the registry that the command is about: the target's, or the source's if the target is none")
            .withLetter("u");
    private static final Flag PASSWORD_STDIN = Flag.bool(
            "password-stdin",
            false,
            "Read the user's password from the first line of standard input; else it is asked for on a terminal");

    static final List<Flag> ALL = List.of(USERNAME, PASSWORD_STDIN);

    private CredentialFlags() {}

    /**
     * Gives the credentials of the flags, if there are any, to the first registry among these places.
     *
     * @throws UsageException if they are incomplete, or none of the places is a registry
     */
    static void give(RemotesBuilder builder, Context context, CommandLine line, List<Location> places) {
        if (line.text(USERNAME).isEmpty()) {
            if (line.isTrue(PASSWORD_STDIN)) {
                throw line.wrong("--password-stdin needs --username");
            }
            return;
        }
        String host = places.stream()
                .flatMap(place -> registry(place).stream())
                .findFirst()
                .orElseThrow(() -> line.wrong("--username is for a registry, and there is none here"));
        builder.credential(host, read(context, line, line.text(USERNAME)));
    }

    /**
     * The user's name and password, asked for if they are not given.
     *
     * @throws UsageException if there is no terminal to ask on, the password is empty, or the name cannot be one
     */
    static Credential.Basic read(Context context, CommandLine line) {
        String user = line.text(USERNAME);
        if (user.isEmpty()) {
            user = new Secrets(context).ask("Username: ").orElseThrow(() -> line.wrong("--username is missing"));
        }
        return read(context, line, user);
    }

    private static Credential.Basic read(Context context, CommandLine line, String user) {
        if (user.indexOf(':') >= 0) {
            // What is sent has the first colon between the two (RFC 7617, section 2).
            throw line.wrong("a user's name cannot have a colon");
        }
        Secrets secrets = new Secrets(context);
        String password = line.isTrue(PASSWORD_STDIN)
                ? secrets.fromStandardInput()
                : secrets.askHidden("Password: ")
                        .orElseThrow(() -> line.wrong(
                                "there is no terminal to ask for the password on: give it with --password-stdin"));
        if (password.isEmpty()) {
            throw line.wrong("the password is empty");
        }
        return new Credential.Basic(user, password);
    }

    private static Optional<String> registry(Location place) {
        return place instanceof RegistryLocation registry
                ? Optional.of(registry.reference().repository().domain())
                : Optional.empty();
    }
}
