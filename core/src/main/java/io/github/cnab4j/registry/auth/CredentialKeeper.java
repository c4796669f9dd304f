/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.registry.http.RegistryWords;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps credentials where {@link DockerConfig} finds them: with the helper that Docker's configuration file names for a registry,
 * else in the file itself, as Docker's own login does. Not safe for use by several threads or processes at a time.
 */
public final class CredentialKeeper {
    private final ConfigDocument file;
    private final HelperPrograms programs;

    private CredentialKeeper(ConfigDocument file, HelperPrograms programs) {
        this.file = file;
        this.programs = programs;
    }

    /**
     * The keeper of an environment: the file is {@code config.json} in the directory {@code DOCKER_CONFIG} or, where that is not
     * set, in {@code .docker} below the home directory.
     *
     * @throws InvalidInputException if the file is there and is not Docker's configuration: it is not touched then
     * @throws FileException if it cannot be read
     */
    public static CredentialKeeper fromEnvironment(Map<String, String> environment, Path home) {
        return new CredentialKeeper(
                ConfigDocument.read(ConfigPaths.docker(environment, home)),
                new HelperPrograms(environment.getOrDefault("PATH", "")));
    }

    /**
     * Keeps a credential.
     *
     * @param host the registry as references name it
     * @return where it is kept, for people
     * @throws InvalidInputException if the helper fails
     * @throws FileException if the file cannot be written
     */
    public String store(String host, Credential.Basic credential) {
        String server = AuthKey.server(host);
        Optional<String> helper = helper(host);
        if (helper.isPresent()) {
            new CredentialHelper(helper.get(), programs).store(server, credential.user(), credential.secret());
            file.withEntry(host, server, null).write();
            return "the credential helper " + RegistryWords.clean(helper.get());
        }
        file.withEntry(host, server, credential).write();
        return file.path().toString();
    }

    /**
     * Forgets the credentials of a registry; false if there were none.
     *
     * @param host the registry as references name it
     * @throws InvalidInputException if the helper is not there
     * @throws FileException if the file cannot be written
     */
    public boolean erase(String host) {
        boolean erased = helper(host)
                .map(helper -> new CredentialHelper(helper, programs).erase(AuthKey.server(host)))
                .orElse(false);
        Optional<ConfigDocument> without = file.withoutEntries(host);
        without.ifPresent(ConfigDocument::write);
        return erased || without.isPresent();
    }

    private Optional<String> helper(String host) {
        return file.asConfigFile().orKeyChain(programs).helper(host);
    }
}
