/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.json.CanonicalJson;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.WritableStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds content graphs in a store, and knows what points to what. */
final class Graphs {
    private static final MediaType LAYER = new MediaType("application/vnd.oci.image.layer.v1.tar");

    private final WritableStore store;
    private final Map<Descriptor, List<Descriptor>> children = new LinkedHashMap<>();

    Graphs(WritableStore store) {
        this.store = store;
    }

    Descriptor blob(String content) {
        return put(LAYER, content.getBytes(UTF_8), List.of());
    }

    /** A blob whose bytes are the seed's. */
    Descriptor blob(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return put(LAYER, bytes, List.of());
    }

    /** A layer that no store has. */
    Descriptor foreign(String url) {
        Descriptor content = Descriptor.of(LAYER, url.getBytes(UTF_8));
        return new Descriptor(
                content.mediaType(),
                content.digest(),
                content.size(),
                List.of(url),
                Map.of(),
                null,
                null,
                JsonObject.empty());
    }

    Descriptor image(Descriptor config, Descriptor... layers) {
        List<Descriptor> all =
                Stream.concat(Stream.of(config), Stream.of(layers)).toList();
        return put(
                MediaType.OCI_MANIFEST,
                ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":" + json(config)
                                + ",\"layers\":[" + json(List.of(layers)) + "]}")
                        .getBytes(UTF_8),
                all);
    }

    Descriptor index(List<Descriptor> entries) {
        return put(
                MediaType.OCI_INDEX,
                ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[" + json(entries)
                                + "]}")
                        .getBytes(UTF_8),
                entries);
    }

    Descriptor index(Descriptor... entries) {
        return index(List.of(entries));
    }

    /** A chain of indexes above a blob that is {@code steps} steps below its top. */
    Descriptor chain(int steps) {
        Descriptor top = image(blob("config"), blob("layer"));
        for (int step = 1; step < steps; step++) {
            top = index(top);
        }
        return top;
    }

    /** Images and indexes over few enough blobs that many are shared; the last is the top. */
    Descriptor random(long seed) {
        Random random = new Random(seed);
        List<Descriptor> blobs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            blobs.add(blob(random.nextLong(), random.nextInt(3000)));
        }
        List<Descriptor> manifests = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            Descriptor[] layers = random.ints(random.nextInt(4), 0, blobs.size())
                    .mapToObj(blobs::get)
                    .toArray(Descriptor[]::new);
            manifests.add(image(blobs.get(random.nextInt(blobs.size())), layers));
        }
        for (int i = 0; i < 8; i++) {
            manifests.add(index(random.ints(random.nextInt(6), 0, manifests.size())
                    .mapToObj(manifests::get)
                    .toList()));
        }
        return index(manifests);
    }

    List<Descriptor> children(Descriptor parent) {
        return children.getOrDefault(parent, List.of());
    }

    /** The descriptor and everything below it, each once. */
    List<Descriptor> below(Descriptor top) {
        Map<Descriptor, Boolean> found = new LinkedHashMap<>();
        collect(top, found);
        return List.copyOf(found.keySet());
    }

    private void collect(Descriptor top, Map<Descriptor, Boolean> found) {
        if (found.put(top, true) == null) {
            children(top).forEach(child -> collect(child, found));
        }
    }

    private Descriptor put(MediaType type, byte[] content, List<Descriptor> pointsTo) {
        Descriptor descriptor = Descriptor.of(type, content);
        store.push(CallScope.unbounded(), descriptor, ContentSource.ofBytes(content), PushHints.NONE);
        children.put(descriptor, pointsTo);
        return descriptor;
    }

    private static String json(List<Descriptor> descriptors) {
        return descriptors.stream().map(Graphs::json).collect(Collectors.joining(","));
    }

    static String json(Descriptor descriptor) {
        return new String(CanonicalJson.write(descriptor.toJson()), UTF_8);
    }
}
