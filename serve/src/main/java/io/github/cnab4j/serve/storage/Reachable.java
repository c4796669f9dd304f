/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.protocol.ManifestOutline;
import io.github.cnab4j.server.storage.Digest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What some manifests lead to: what they list, what refers to them, and so on. */
record Reachable(Set<Digest> manifests) {
    static Reachable from(RepositoryTable table, Set<Digest> roots) {
        Set<Digest> seen = new HashSet<>(roots);
        Deque<Digest> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Digest digest = open.remove();
            Stream<Digest> next = Stream.concat(
                    table.manifest(digest).stream().flatMap(KnownManifest::manifests),
                    table.referrers(digest).stream());
            next.filter(seen::add).forEach(open::add);
        }
        return new Reachable(seen);
    }

    /**
     * These manifests, and the blobs that they name.
     *
     * @throws IOException if one is there and cannot be read: nobody can say what it names
     */
    Set<Digest> withBlobs(ManifestFiles files) throws IOException {
        Set<Digest> named = new HashSet<>(manifests);
        Deque<Digest> open = new ArrayDeque<>(manifests);
        while (!open.isEmpty()) {
            Digest digest = open.remove();
            Optional<byte[]> content = files.read(digest);
            if (content.isEmpty() && files.isThere(digest)) {
                throw new IOException("manifest " + digest + " is damaged; nothing was removed here");
            }
            if (content.isPresent()) {
                ManifestOutline outline = outline(digest, content.get());
                add(outline.config(), named);
                outline.layers().forEach(layer -> add(layer, named));
                for (ManifestOutline.Child child : outline.manifests()) {
                    Digest.parse(child.digest()).filter(named::add).ifPresent(open::add);
                }
            }
        }
        return named;
    }

    private static ManifestOutline outline(Digest digest, byte[] content) throws IOException {
        try {
            return ManifestOutline.parse(content);
        } catch (IllegalArgumentException unreadable) {
            throw new IOException("manifest " + digest + " cannot be read; nothing was removed here", unreadable);
        }
    }

    private static void add(ManifestOutline.@Nullable Child child, Set<Digest> named) {
        if (child != null) {
            Digest.parse(child.digest()).ifPresent(named::add);
        }
    }
}
