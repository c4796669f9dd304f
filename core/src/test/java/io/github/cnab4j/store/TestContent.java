/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.util.List;
import java.util.Random;

/** Content with the descriptor that fits it. */
public record TestContent(Descriptor descriptor, byte[] bytes) {
    public static final MediaType LAYER = new MediaType("application/vnd.oci.image.layer.v1.tar");

    public static TestContent blob(byte[] bytes) {
        return new TestContent(Descriptor.of(LAYER, bytes), bytes);
    }

    public static TestContent blob(String text) {
        return blob(text.getBytes(UTF_8));
    }

    /** {@code size} bytes that the seed decides. */
    public static TestContent random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return blob(bytes);
    }

    public static TestContent config() {
        byte[] bytes = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                .getBytes(UTF_8);
        return new TestContent(Descriptor.of(MediaType.OCI_CONFIG, bytes), bytes);
    }

    /** An image manifest that points to {@link #config()} and one layer. */
    public static TestContent manifest(TestContent layer) {
        return of(
                MediaType.OCI_MANIFEST,
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":" + pointer(config())
                        + ",\"layers\":[" + pointer(layer) + "]}");
    }

    /** An index that lists one manifest. */
    public static TestContent index(TestContent manifest) {
        return of(
                MediaType.OCI_INDEX,
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[" + pointer(manifest)
                        + "]}");
    }

    public static TestContent of(MediaType mediaType, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new TestContent(Descriptor.of(mediaType, bytes), bytes);
    }

    /** The same bytes under a digest of another algorithm. */
    public TestContent by(Digest.Algorithm algorithm) {
        Digest digest = Digest.of(algorithm, algorithm.newHash().digest(bytes));
        return new TestContent(Descriptor.of(descriptor.mediaType(), digest, bytes.length), bytes);
    }

    public ContentSource source() {
        return ContentSource.ofBytes(bytes);
    }

    public void pushTo(WritableStore store, String... tags) {
        store.push(CallScope.unbounded(), descriptor, source(), PushHints.NONE.withTags(List.of(tags)));
    }

    private static String pointer(TestContent content) {
        Descriptor d = content.descriptor();
        return "{\"mediaType\":\"" + d.mediaType() + "\",\"digest\":\"" + d.digest() + "\",\"size\":" + d.size() + "}";
    }
}
