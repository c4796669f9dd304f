/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.registry.auth.CredentialKeeper;
import java.util.List;

/** Forgets a user's credentials for a registry. */
final class LogoutCommand implements Command {
    @Override
    public String name() {
        return "logout";
    }

    @Override
    public String summary() {
        return "Forget the credentials for a registry";
    }

    @Override
    public String synopsis() {
        return "<registry>";
    }

    @Override
    public List<Flag> flags() {
        return List.of();
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "registry");
        RegistryName.of(line);
    }

    @Override
    public int run(Context context, CommandLine line) {
        String registry = RegistryName.of(line);
        boolean erased = CredentialKeeper.fromEnvironment(context.environment(), RegistryFlags.home(context))
                .erase(registry);
        context.terminal().progress(erased ? "Logged out of " + registry : "There were no credentials for " + registry);
        return ExitCode.DONE;
    }
}
