/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.chaos;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.registry.RegistryStore;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/** A simple copier, one thing after another, which does one thing wrong. */
final class FlawedEngine implements Engine {
    private static final int LIMIT = 4 << 20;
    private static final CallScope SCOPE = CallScope.unbounded();

    /** What it does wrong, and by which words it is found out. */
    enum Flaw {
        /** Nothing: a check of the checker. */
        NONE(""),
        PARENT_FIRST("put before "),
        NO_HASH("bytes that are not "),
        NO_HEAL("MANIFEST_BLOB_UNKNOWN"),
        BLOBS_TWICE("committed twice: "),
        UPLOADS_LEFT_OPEN("left open: ");

        private final String sign;

        Flaw(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    private final Flaw flaw;

    FlawedEngine(Flaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public void copy(RegistryStore source, RegistryStore target, Descriptor root) throws Exception {
        copy(source, target, root, List.of(TAG));
    }

    private void copy(RegistryStore source, RegistryStore target, Descriptor manifest, List<String> tags)
            throws Exception {
        if (flaw == Flaw.NO_HEAL && tags.isEmpty() && target.exists(SCOPE, manifest)) {
            return;
        }
        byte[] bytes = Verified.readAll(SCOPE, source, manifest, LIMIT);
        PushHints hints = PushHints.NONE.withTags(tags);
        if (flaw == Flaw.PARENT_FIRST) {
            target.push(SCOPE, manifest, ContentSource.ofBytes(bytes), hints);
        }
        for (Descriptor child : Manifest.parse(manifest.mediaType(), bytes).successors()) {
            if (child.mediaType().isManifest()) {
                copy(source, target, child, List.of());
            } else if (!child.mediaType().value().contains("nondistributable")) {
                blob(source, target, child);
            }
        }
        target.push(SCOPE, manifest, ContentSource.ofBytes(bytes), hints);
    }

    private void blob(RegistryStore source, RegistryStore target, Descriptor blob) throws Exception {
        switch (flaw) {
            case NO_HASH -> {
                if (!target.exists(SCOPE, blob)) {
                    sendUnverified(source, target, blob);
                }
            }
            case BLOBS_TWICE ->
                target.push(
                        SCOPE,
                        blob,
                        ContentSource.of(source, blob),
                        new PushHints(List.of(), List.of(), true, sent -> {}));
            case UPLOADS_LEFT_OPEN -> {
                String ignored = open(target);
                target.push(SCOPE, blob, ContentSource.of(source, blob), PushHints.NONE);
            }
            default -> target.push(SCOPE, blob, ContentSource.of(source, blob), PushHints.NONE);
        }
    }

    private static void sendUnverified(RegistryStore source, RegistryStore target, Descriptor blob) throws Exception {
        byte[] bytes;
        try (InputStream raw = source.fetch(SCOPE, blob, 0)) {
            bytes = raw.readAllBytes();
        }
        HttpURLConnection put = request("PUT", target, open(target) + "?digest=" + blob.digest());
        put.setDoOutput(true);
        put.getOutputStream().write(bytes);
        if (put.getResponseCode() != 201) {
            throw new IOException("not taken");
        }
    }

    private static String open(RegistryStore target) throws Exception {
        String location = request("POST", target, "/v2/" + target.id().repository() + "/blobs/uploads/")
                .getHeaderField("Location");
        if (location == null) {
            throw new IOException("no upload");
        }
        return location;
    }

    private static HttpURLConnection request(String method, RegistryStore target, String path) throws Exception {
        URI url = URI.create("http://" + target.id().host() + path);
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setRequestMethod(method);
        return connection;
    }
}
