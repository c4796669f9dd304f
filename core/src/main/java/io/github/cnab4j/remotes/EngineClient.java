/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.docker.EngineCredential;
import io.github.cnab4j.docker.EngineImage;
import io.github.cnab4j.docker.PushProgress;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.registry.auth.CredentialProvider;
import io.github.cnab4j.store.CallScope;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** An engine that is given our credentials, since it has none of its own for a push. */
final class EngineClient implements ImageClient {
    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_SERVER = "https://index.docker.io/v1/";
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]+)?");

    private final DockerEngine engine;
    private final CredentialProvider credentials;
    private final Set<String> insecureRegistries;

    EngineClient(DockerEngine engine, CredentialProvider credentials, Set<String> insecureRegistries) {
        this.engine = engine;
        this.credentials = credentials;
        this.insecureRegistries = Set.copyOf(insecureRegistries);
    }

    @Override
    public Optional<EngineImage> inspect(CallScope scope, String image) {
        return engine.inspect(scope, image);
    }

    @Override
    public void tag(CallScope scope, String image, Reference name) {
        engine.tag(scope, image, name);
    }

    @Override
    public void untag(CallScope scope, Reference name) {
        engine.untag(scope, name);
    }

    @Override
    public void push(CallScope scope, Reference name, Consumer<PushProgress> listener) {
        String host = name.repository().domain();
        EngineCredential credential = credentials
                .find(host, name.repository().path())
                .map(found -> credential(host, found))
                .orElse(EngineCredential.NONE);
        boolean verified =
                !insecureRegistries.contains(host) && !LOOPBACK.matcher(host).matches();
        engine.push(scope, name, credential, verified, listener);
    }

    private static EngineCredential credential(String host, Credential credential) {
        String server = host.equals(DOCKER_HUB) ? DOCKER_HUB_SERVER : host;
        if (credential instanceof Credential.Basic basic) {
            return new EngineCredential(server, basic.user(), basic.secret(), "", "");
        }
        return credential instanceof Credential.IdentityToken identity
                ? new EngineCredential(server, "", "", identity.token(), "")
                : new EngineCredential(server, "", "", "", ((Credential.RegistryToken) credential).token());
    }

    @Override
    public InputStream save(CallScope scope, String image) {
        return engine.save(scope, image);
    }
}
