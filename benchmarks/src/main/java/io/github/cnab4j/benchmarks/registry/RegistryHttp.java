/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.registry;

import io.github.cnab4j.benchmarks.workload.Content;
import io.github.cnab4j.benchmarks.workload.ImageSink;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A plain client of one registry without TLS or login, for what is not measured. Safe for use by several threads. */
public final class RegistryHttp implements ImageSink {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String MANIFEST_TYPES = "application/vnd.oci.image.manifest.v1+json,"
            + " application/vnd.oci.image.index.v1+json,"
            + " application/vnd.docker.distribution.manifest.v2+json,"
            + " application/vnd.docker.distribution.manifest.list.v2+json";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI root;

    /** A client of the registry at {@code host:port}. */
    public RegistryHttp(String host) {
        this.root = URI.create("http://" + host + "/v2/");
    }

    /** The size of a blob, or nothing if the registry does not have it in that repository. */
    public Optional<Long> blobSize(String repository, String digest) throws IOException {
        return size(HttpRequest.newBuilder(root.resolve(repository + "/blobs/" + digest)));
    }

    /** The size of a manifest, or nothing if the registry does not have it in that repository. */
    public Optional<Long> manifestSize(String repository, String reference) throws IOException {
        return size(HttpRequest.newBuilder(root.resolve(repository + "/manifests/" + reference))
                .header("Accept", MANIFEST_TYPES));
    }

    private Optional<Long> size(HttpRequest.Builder request) throws IOException {
        HttpResponse<byte[]> answer = send(request.method("HEAD", BodyPublishers.noBody()));
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        require(answer);
        return Optional.of(answer.headers().firstValueAsLong("Content-Length").orElse(-1));
    }

    /** A manifest's bytes. */
    public byte[] manifest(String repository, String reference) throws IOException {
        return require(send(HttpRequest.newBuilder(root.resolve(repository + "/manifests/" + reference))
                        .header("Accept", MANIFEST_TYPES)))
                .body();
    }

    @Override
    public void blob(String repository, Content descriptor, Supplier<InputStream> bytes) throws IOException {
        if (blobSize(repository, descriptor.digest()).isPresent()) {
            return;
        }
        HttpResponse<byte[]> session = require(send(HttpRequest.newBuilder(root.resolve(repository + "/blobs/uploads/"))
                .POST(BodyPublishers.noBody())));
        String location = session.headers().firstValue("Location").orElseThrow();
        URI upload = root.resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + descriptor.digest());
        BodyPublisher body = BodyPublishers.ofInputStream(bytes);
        require(send(HttpRequest.newBuilder(upload)
                .header("Content-Type", "application/octet-stream")
                .PUT(
                        descriptor.size() == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.fromPublisher(body, descriptor.size()))));
    }

    @Override
    public void manifest(String repository, Content descriptor, String reference, byte[] bytes) throws IOException {
        require(send(HttpRequest.newBuilder(root.resolve(repository + "/manifests/" + reference))
                .header("Content-Type", descriptor.mediaType())
                .PUT(BodyPublishers.ofByteArray(bytes))));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopped);
        }
    }

    private static HttpResponse<byte[]> require(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() >= 300) {
            throw new IOException(
                    answer.request().method() + " " + answer.request().uri() + " was answered " + answer.statusCode());
        }
        return answer;
    }
}
