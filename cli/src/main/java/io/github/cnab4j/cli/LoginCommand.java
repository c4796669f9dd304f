/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.registry.auth.CredentialKeeper;
import io.github.cnab4j.remotes.Remotes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks a user's credentials against a registry and keeps them where Docker does. */
final class LoginCommand implements Command {
    private static final Flag USERNAME = Flag.text(
                    "username", "NAME", "", "The user's name; asked for on a terminal if it is not given")
            .withLetter("u");
    private static final Flag PASSWORD_STDIN =
            Flag.bool("password-stdin", false, "Read the password from standard input, to the end of its first line");

    @Override
    public String name() {
        return "login";
    }

    @Override
    public String summary() {
        return "Check credentials for a registry and keep them where Docker does";
    }

    @Override
    public String synopsis() {
        return "<registry>";
    }

    @Override
    public String details() {
        return """
                The registry is HOST[:PORT], docker.io for Docker Hub. The credentials go to the credential helper
                that Docker's configuration names for it, else into that configuration's file.
                """;
    }

    @Override
    public List<Flag> flags() {
        return Stream.of(List.of(USERNAME, PASSWORD_STDIN), RegistryFlags.REACHING)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "registry");
    }

    @Override
    public int run(Context context, CommandLine line) {
        String registry = line.argument();
        CredentialKeeper keeper = CredentialKeeper.fromEnvironment(context.environment(), RegistryFlags.home(context));
        Secrets secrets = new Secrets(context);
        String user = line.text(USERNAME);
        if (user.isEmpty()) {
            user = secrets.ask("Username: ").orElseThrow(() -> line.wrong("--username is missing"));
        }
        String password = line.isTrue(PASSWORD_STDIN)
                ? secrets.fromStandardInput()
                : secrets.askHidden("Password: ")
                        .orElseThrow(() -> line.wrong(
                                "there is no terminal to ask for the password on: give it with" + " --password-stdin"));
        if (password.isEmpty()) {
            throw line.wrong("the password is empty");
        }
        Credential.Basic credential = new Credential.Basic(user, password);
        try (Remotes remotes = RegistryFlags.builder(context, line)
                .credentials((host, repository) -> host.equals(registry) ? Optional.of(credential) : Optional.empty())
                .build()) {
            remotes.checkAccess(registry);
        }
        String place = keeper.store(registry, credential);
        context.terminal().progress("Logged in to " + registry + ". The credentials are kept by " + place);
        return ExitCode.DONE;
    }
}
