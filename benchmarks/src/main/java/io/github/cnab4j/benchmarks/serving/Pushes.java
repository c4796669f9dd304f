/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.serving;

import io.github.cnab4j.benchmarks.http.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests of a registry's client, each the least that the distribution API allows. */
final class Pushes {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static final Pattern LOCATION = Pattern.compile("(?im)^location: *(?:https?://[^/]*)?(\\S+)");

    private Pushes() {}

    private static String line(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n";
    }

    /** Uploads a blob by POST and PUT. */
    static void blob(Client client, String repository, Blob blob) throws IOException {
        String begun = client.exchange(line("POST", "/v2/" + repository + "/blobs/uploads/"), 202);
        Matcher location = LOCATION.matcher(begun);
        if (!location.find()) {
            throw new IOException("no Location: " + begun);
        }
        String at = location.group(1);
        String path = at + (at.contains("?") ? "&" : "?") + "digest=" + blob.digest();
        client.exchange(line("PUT", path) + "Content-Type: application/octet-stream\r\n", 201, blob.pieces());
    }

    /** An image that is unlike all others and consists of this one blob. */
    static byte[] image(long number, Blob blob) {
        String descriptor = "\"digest\":\"" + blob.digest() + "\",\"size\":" + blob.size() + "}";
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\","
                        + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\"," + descriptor
                        + ",\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\"," + descriptor
                        + "],\"annotations\":{\"number\":\"" + number + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static void manifest(Client client, String repository, String tag, byte[] manifest) throws IOException {
        client.exchange(
                line("PUT", "/v2/" + repository + "/manifests/" + tag) + "Content-Type: " + MANIFEST + "\r\n",
                201,
                manifest);
    }

    /** {@code GET} or {@code HEAD} of a manifest. */
    static void readManifest(Client client, String method, String repository, String reference) throws IOException {
        client.exchange(
                line(method, "/v2/" + repository + "/manifests/" + reference) + "Accept: " + MANIFEST + "\r\n", 200);
    }

    static void readBlob(Client client, String repository, Blob blob) throws IOException {
        client.exchange(line("GET", "/v2/" + repository + "/blobs/" + blob.digest()), 200);
    }
}
