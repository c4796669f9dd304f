/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.registry.auth.CredentialKeeper;
import io.github.cnab4j.remotes.Remotes;
import java.util.List;
import java.util.stream.Stream;

/** Checks a user's credentials against a registry and keeps them where Docker does. */
final class LoginCommand implements Command {
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
        return Stream.of(CredentialFlags.ALL, NetworkFlags.ALL)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "registry");
        RegistryName.of(line);
    }

    @Override
    public int run(Context context, CommandLine line) {
        String registry = RegistryName.of(line);
        CredentialKeeper keeper = CredentialKeeper.fromEnvironment(context.environment(), RegistryFlags.home(context));
        Credential.Basic credential = CredentialFlags.read(context, line);
        try (Remotes remotes = RegistryFlags.builder(context, line)
                .credential(registry, credential)
                .build()) {
            remotes.checkAccess(registry);
        }
        String place = keeper.store(registry, credential);
        context.terminal().progress("Logged in to " + registry + ". The credentials are kept by " + place);
        return ExitCode.DONE;
    }
}
