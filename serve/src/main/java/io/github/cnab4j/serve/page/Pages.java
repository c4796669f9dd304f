/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.RegistryStorage;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers for {@code /} and what lies below {@code /-/}. Thread-safe. */
public final class Pages implements Interceptor {
    static final String REPOSITORY = "/-/repository/";
    static final String STYLE = "/-/style.css";
    private static final int PER_PAGE = 100;
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';" + " frame-ancestors 'none'";

    private final RegistryStorage storage;

    /** Shows what is in this storage. */
    public Pages(RegistryStorage storage) {
        this.storage = storage;
    }

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        String path = request.path();
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (!reads || path.startsWith("/v2")) {
            return next.handle(request);
        }
        if (path.equals("/")) {
            return repositories(request);
        }
        if (path.startsWith(REPOSITORY)) {
            return repository(request, path.substring(REPOSITORY.length()));
        }
        if (path.equals(STYLE)) {
            return Response.of(200)
                    .with("Content-Type", "text/css; charset=utf-8")
                    .with("Cache-Control", "max-age=3600")
                    .with("X-Content-Type-Options", "nosniff")
                    .withBody(Body.of(Style.TEXT.getBytes(UTF_8)));
        }
        // Browsers ask for it unasked, and complain where it is missing.
        return path.equals("/favicon.ico") ? Response.of(204) : html(404, Layout.notFound());
    }

    private Response repositories(Request request) throws IOException {
        RepositoryName after =
                request.query().first("after").flatMap(RepositoryName::parse).orElse(null);
        List<RepositoryName> names = storage.repositories(after, PER_PAGE + 1);
        return html(
                200, Layout.repositories(storage, names.stream().limit(PER_PAGE).toList(), next(names, PER_PAGE)));
    }

    private Response repository(Request request, String text) throws IOException {
        Optional<RepositoryName> name = RepositoryName.parse(text);
        Optional<RepositoryStorage> found = name.isPresent() ? storage.find(name.get()) : Optional.empty();
        if (found.isEmpty()) {
            return html(404, Layout.notFound());
        }
        String after = request.query().first("after").orElse(null);
        List<String> tags = found.get().tags(after, PER_PAGE + 1);
        return html(
                200,
                Layout.repository(
                        found.get(),
                        request.headers().first("Host").orElse(""),
                        tags.stream().limit(PER_PAGE).toList(),
                        next(tags, PER_PAGE)));
    }

    /** What the next page starts after; empty if this is the last. */
    private static <T> String next(List<T> names, int size) {
        return names.size() > size ? names.get(size - 1).toString() : "";
    }

    private static Response html(int status, String content) {
        return Response.of(status)
                .with("Content-Type", "text/html; charset=utf-8")
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cache-Control", "no-store")
                .withBody(Body.of(content.getBytes(UTF_8)));
    }
}
