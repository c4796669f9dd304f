/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredManifest;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** {@code PUT /v2/NAME/manifests/REFERENCE}: kept byte for byte, after a look at what a registry has to know. */
final class ManifestPut implements EndpointHandler {
    @Override
    public Response handle(Call call) throws IOException {
        Reference reference = Reference.parse(call.route().reference());
        RepositoryStorage repository = call.repositoryToWrite();
        byte[] bytes = readWithin(call);
        ManifestOutline outline = outline(bytes);
        String mediaType = mediaType(call, outline);
        Digest digest = digest(reference, bytes);
        Optional<Digest> subject = subject(outline);
        if (call.options().checkChildren()) {
            new ChildCheck(repository).check(outline);
        }
        Set<String> tags = tags(call, reference);
        repository.putManifest(new StoredManifest(digest, mediaType, bytes, subject.orElse(null)), tags);
        Response response = Response.of(201)
                .with("Location", "/v2/" + repository.name() + "/manifests/" + digest)
                .with("Docker-Content-Digest", digest.toString());
        if (subject.isPresent()) {
            response = response.with("OCI-Subject", subject.get().toString());
        }
        for (String tag : call.request().query().all("tag")) {
            response = response.withHeaders(response.headers().adding("OCI-Tag", tag));
        }
        return response;
    }

    private static byte[] readWithin(Call call) throws IOException {
        int limit = call.options().maxManifestBytes();
        if (call.request().contentLength() <= limit) {
            byte[] bytes = call.request().body().readNBytes(limit + 1);
            if (bytes.length <= limit) {
                return bytes;
            }
        }
        throw new ApiException(413, ErrorCode.SIZE_INVALID, "a manifest may have " + limit + " bytes");
    }

    private static ManifestOutline outline(byte[] bytes) {
        try {
            return ManifestOutline.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, ErrorCode.MANIFEST_INVALID, "not a manifest: " + e.getMessage());
        }
    }

    private static String mediaType(Call call, ManifestOutline outline) {
        String declared = call.request()
                .headers()
                .first("Content-Type")
                .map(value -> value.split(";", 2)[0].trim())
                .orElse("");
        String own = outline.mediaType() == null ? "" : outline.mediaType();
        if (declared.isEmpty() && own.isEmpty()) {
            throw new ApiException(400, ErrorCode.MANIFEST_INVALID, "neither Content-Type nor mediaType names a type");
        }
        if (!declared.isEmpty() && !own.isEmpty() && !declared.equals(own)) {
            throw new ApiException(
                    400, ErrorCode.MANIFEST_INVALID, "Content-Type is " + declared + ", mediaType is " + own);
        }
        return declared.isEmpty() ? own : declared;
    }

    private static Digest digest(Reference reference, byte[] bytes) {
        if (!(reference instanceof Reference.ByDigest named)) {
            return Digest.Algorithm.SHA256.of(bytes);
        }
        if (!named.digest().algorithm().of(bytes).equals(named.digest())) {
            throw new ApiException(
                    400, ErrorCode.DIGEST_INVALID, "the manifest does not have the digest " + named.digest());
        }
        return named.digest();
    }

    private static Optional<Digest> subject(ManifestOutline outline) {
        ManifestOutline.Child subject = outline.subject();
        if (subject == null) {
            return Optional.empty();
        }
        return Optional.of(Digest.parse(subject.digest())
                .orElseThrow(() -> new ApiException(
                        400, ErrorCode.MANIFEST_INVALID, "the subject's digest is malformed or of an unknown kind")));
    }

    private static Set<String> tags(Call call, Reference reference) {
        Set<String> tags = new LinkedHashSet<>();
        if (reference instanceof Reference.Tag tag) {
            tags.add(tag.name());
        }
        for (String tag : call.request().query().all("tag")) {
            tags.add(Reference.requireTag(tag));
        }
        return tags;
    }
}
