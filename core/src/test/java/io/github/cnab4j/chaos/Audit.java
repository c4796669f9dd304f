/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.chaos;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ManifestOutline;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.log.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees what reaches a registry, behind all faults, and notes what no engine may do: put a manifest before its children, offer bytes
 * for another digest than theirs, commit a blob twice to one repository, leave an upload open. What a fault leaves unknown to the
 * client is excused.
 */
final class Audit implements Interceptor {
    private final TestRegistry registry;
    private final Set<String> violations = ConcurrentHashMap.newKeySet();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    /** Digests and uploads of which the client cannot know what became of them. */
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

    private final ThreadLocal<Boolean> struck = ThreadLocal.withInitial(() -> false);

    Audit(TestRegistry registry) {
        this.registry = registry;
    }

    /** A fault strikes a request; it is handled on this thread, if at all. */
    void struck(Request request) {
        struck.set(true);
        request.query().first("digest").ifPresent(doubtful::add);
        request.query().first("mount").ifPresent(doubtful::add);
        doubtful.add(request.path());
    }

    /** What was done wrong, uploads that are still open included. */
    List<String> violations() {
        Set<String> all = new LinkedHashSet<>(violations);
        open.stream().filter(upload -> !doubtful.contains(upload)).forEach(upload -> all.add("left open: " + upload));
        return new ArrayList<>(all);
    }

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        boolean unsure = struck.get();
        struck.set(false);
        return switch (Kind.of(request)) {
            case MANIFEST -> request.method().equals("PUT") ? manifest(request, next) : next.handle(request);
            case UPLOAD -> upload(request, next, unsure);
            default -> next.handle(request);
        };
    }

    private Response manifest(Request request, Handler next) throws IOException {
        byte[] bytes = request.body().readAllBytes();
        ManifestOutline manifest = ManifestOutline.parse(bytes);
        TestRepository repository = repository(request);
        List<ManifestOutline.Child> blobs = new ArrayList<>(manifest.layers());
        if (manifest.config() != null) {
            blobs.add(manifest.config());
        }
        List<String> missing = new ArrayList<>();
        blobs.stream()
                .filter(blob -> !blob.staysElsewhere() && !repository.hasBlob(blob.digest()))
                .forEach(blob -> missing.add(blob.digest()));
        manifest.manifests().stream()
                .filter(child -> !repository.hasManifest(child.digest()))
                .forEach(child -> missing.add(child.digest()));
        Response response = next.handle(request.withBody(new ByteArrayInputStream(bytes)));
        if (response.status() == 201 && !missing.isEmpty()) {
            violations.add("put before " + missing + ": " + request.path());
        }
        return response;
    }

    private Response upload(Request request, Handler next, boolean unsure) throws IOException {
        String digest = request.query().first("digest").orElse("");
        boolean had = !digest.isEmpty() && repository(request).hasBlob(digest);
        Response response = next.handle(request);
        if (!digest.isEmpty() && response.status() == 201 && had && !doubtful.contains(digest)) {
            violations.add("committed twice: " + digest);
        }
        if (response.status() == 400 && !digest.isEmpty()) {
            violations.add("bytes that are not " + digest);
        }
        if (request.method().equals("POST") && response.status() == 202) {
            String upload = response.headers().first("Location").orElse("");
            open.add(upload);
            if (unsure) {
                doubtful.add(upload);
            }
        } else if (!request.method().equals("PATCH") && !request.method().equals("GET") && response.status() != 416) {
            open.remove(request.path());
        }
        return response;
    }

    private TestRepository repository(Request request) {
        return registry.repository(request.path().replaceFirst("^/v2/", "").replaceFirst("/(manifests|blobs)/.*$", ""));
    }
}
