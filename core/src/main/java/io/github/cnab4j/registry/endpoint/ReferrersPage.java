/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.registry.http.BoundedBody;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpUrl;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

/** One page of the manifests that have another one as their subject (specification: "Listing referrers"). */
public final class ReferrersPage implements Endpoint<Optional<ReferrersPage.Referrers>> {
    private static final int LARGEST_PAGE = 4 * 1024 * 1024;

    /**
     * A page.
     *
     * @param referrers its descriptors, as the registry has them
     * @param next where the next page is, if there is one
     */
    public record Referrers(List<Descriptor> referrers, Optional<HttpUrl> next) {
        /** Copies the list. */
        public Referrers {
            referrers = List.copyOf(referrers);
        }
    }

    private final RepositoryRoute route;
    private final Digest subject;
    private final HttpUrl url;

    private ReferrersPage(RepositoryRoute route, Digest subject, HttpUrl url) {
        this.route = route;
        this.subject = subject;
        this.url = url;
    }

    /** The first page. */
    public static ReferrersPage first(RepositoryRoute route, Digest subject) {
        return new ReferrersPage(route, subject, route.referrers(subject.toString()));
    }

    /** The page that this one named. */
    public ReferrersPage at(HttpUrl next) {
        return new ReferrersPage(route, subject, next);
    }

    @Override
    public HttpCall call() {
        return HttpCall.of("GET", url)
                .withHeader("Accept", MediaType.OCI_INDEX.value())
                .withReadAhead(LARGEST_PAGE)
                .withAccess(List.of(route.access(false)));
    }

    @Override
    public String purpose() {
        return "list what refers to " + route.reference(subject.toString());
    }

    @Override
    public boolean accepts(int status) {
        return status == 200;
    }

    /** Empty if it is something else that the registry shows here, as some do that do not know the endpoint. */
    @Override
    public Optional<Referrers> answer(HttpReply reply) throws IOException {
        String type = reply.headers().first("Content-Type").orElse("");
        if (!type.split(";", 2)[0].strip().equals(MediaType.OCI_INDEX.value())) {
            return Optional.empty();
        }
        byte[] body = BoundedBody.whole(reply.body(), LARGEST_PAGE)
                .orElseThrow(
                        () -> new ProtocolException("a list of referrers is longer than " + LARGEST_PAGE + " bytes"));
        try {
            IndexManifest page = (IndexManifest) Manifest.parse(MediaType.OCI_INDEX, body);
            return Optional.of(new Referrers(page.manifests(), NextPage.of(reply, route)));
        } catch (InvalidInputException invalid) {
            throw new ProtocolException("the list of referrers is unreadable: " + invalid.getMessage());
        }
    }
}
