/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import java.util.List;
import java.util.Optional;

/**
 * Reads a manifest or blob from an offset on (specification: "Pulling manifests", "Pulling blobs"). Ranges are always closed:
 * some registries refuse open ones. Where the answer starts is told along; the bytes are not verified here.
 */
public final class ContentGet implements Endpoint<ContentGet.Content> {
    /**
     * The body of the answer.
     *
     * @param start offset of its first byte; -1 if the registry gave another range than the one asked for
     * @param reply what holds it; to be closed
     */
    public record Content(long start, HttpReply reply) {}

    private final RepositoryRoute route;
    private final Descriptor descriptor;
    private final long offset;

    /**
     * The request for one descriptor.
     *
     * @param offset first byte wanted; below the size
     */
    public ContentGet(RepositoryRoute route, Descriptor descriptor, long offset) {
        this.route = route;
        this.descriptor = descriptor;
        this.offset = offset;
    }

    @Override
    public HttpCall call() {
        String digest = descriptor.digest().toString();
        HttpCall call = descriptor.mediaType().isManifest()
                ? HttpCall.of("GET", route.manifest(digest)).withHeader("Accept", ManifestTypes.ACCEPT)
                : HttpCall.of("GET", route.blob(digest));
        if (offset > 0) {
            call = call.withHeader("Range", "bytes=" + offset + "-" + (descriptor.size() - 1));
        }
        return call.withAccess(List.of(Access.pull(route.name())));
    }

    @Override
    public String purpose() {
        return "read " + route.reference(descriptor.digest().toString());
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || (offset > 0 && (status == 206 || status == 416));
    }

    @Override
    public boolean keepsReply() {
        return true;
    }

    @Override
    public Content answer(HttpReply reply) {
        if (reply.status() == 206) {
            boolean asAsked = reply.headers()
                    .first("Content-Range")
                    .map(range -> range.strip().startsWith("bytes " + offset + "-"))
                    .orElse(false);
            return new Content(asAsked ? offset : -1, reply);
        }
        if (reply.status() == 416) {
            return new Content(-1, reply);
        }
        checkType(reply);
        return new Content(0, reply);
    }

    /** A manifest under another manifest's type is another thing with the same digest. */
    private void checkType(HttpReply reply) {
        Optional<MediaType> told = ManifestTypes.manifestType(reply.headers().first("Content-Type"));
        if (descriptor.mediaType().isManifest()
                && told.isPresent()
                && !told.get().equals(descriptor.mediaType())) {
            throw new IntegrityException(
                    call().toString(),
                    "content mismatch: " + route.reference(descriptor.digest().toString()) + " should be a "
                            + descriptor.mediaType() + ", the registry calls it a " + told.get());
        }
    }
}
