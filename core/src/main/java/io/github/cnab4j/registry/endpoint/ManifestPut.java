/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpBody;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.RegistryWords;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

/**
 * Stores a manifest under a tag or its digest (specification: "Pushing manifests"). A registry that says it stored it under
 * another digest has changed it, which is a failure. The answer is the subject under which the registry says that it lists the
 * manifest; a registry without such lists says nothing (specification: "Pushing manifests with subject").
 */
public final class ManifestPut implements Endpoint<Optional<String>> {
    private final RepositoryRoute route;
    private final Descriptor descriptor;
    private final byte[] content;
    private final String tagOrDigest;

    /**
     * The request.
     *
     * @param content the manifest, verified
     */
    public ManifestPut(RepositoryRoute route, Descriptor descriptor, byte[] content, String tagOrDigest) {
        this.route = route;
        this.descriptor = descriptor;
        this.content = content;
        this.tagOrDigest = tagOrDigest;
    }

    @Override
    public HttpCall call() {
        return HttpCall.of("PUT", route.manifest(tagOrDigest))
                .withHeader("Content-Type", descriptor.mediaType().value())
                .withBody(HttpBody.ofBytes(content))
                .asRepeatable()
                .withAccess(List.of(Access.push(route.name())));
    }

    @Override
    public String purpose() {
        return "push " + route.reference(tagOrDigest);
    }

    @Override
    public boolean accepts(int status) {
        return status >= 200 && status < 300;
    }

    @Override
    public Optional<String> answer(HttpReply reply) throws IOException {
        Optional<String> told = reply.headers().first("Docker-Content-Digest").map(String::strip);
        boolean sameAlgorithm = told.isPresent()
                && told.get().startsWith(descriptor.digest().algorithm().prefix() + ":");
        if (sameAlgorithm && !told.get().equals(descriptor.digest().toString())) {
            throw new ProtocolException("the registry changed the manifest: it stored "
                    + RegistryWords.clean(told.get()) + " instead of "
                    + descriptor.digest());
        }
        return reply.headers().first("OCI-Subject").map(String::strip);
    }
}
