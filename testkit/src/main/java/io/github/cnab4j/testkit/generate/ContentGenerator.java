/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

import io.github.cnab4j.server.storage.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes images and indexes from a seed: the same calls in the same order give the same bytes, on every JDK. Two calls of
 * one generator give different content. Not thread-safe.
 */
public final class ContentGenerator {
    private static final String FOREIGN_LAYER = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";

    private final Random random;
    private final List<LayerDiff> diffs = new ArrayList<>();

    /** What a layer's digest is without gzip, for the configs of images that share it. */
    private record LayerDiff(Content layer, String diffId) {}

    /** A generator from this seed. */
    public ContentGenerator(long seed) {
        this.random = new Random(seed);
    }

    /** So many random bytes. */
    public byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A layer: a gzipped tar of one file with so many random bytes. */
    public Content layer(ImageFormat format, int contentBytes) {
        byte[] tar = LayerWriter.tar("file-" + Long.toHexString(random.nextLong()), bytes(contentBytes));
        Content layer = Content.of(format.layer(), LayerWriter.gzip(tar));
        diffs.add(new LayerDiff(layer, Digest.Algorithm.SHA256.of(tar).toString()));
        return layer;
    }

    /** A small OCI image. */
    public GeneratedImage image() {
        return image(ImageSpec.small());
    }

    /** An image. */
    public GeneratedImage image(ImageSpec spec) {
        List<Content> layers = new ArrayList<>(spec.base());
        for (int i = 0; i < spec.layers(); i++) {
            layers.add(layer(spec.format(), spec.layerBytes()));
        }
        List<String> diffIds = layers.stream().map(this::diffId).toList();
        String comment = Long.toHexString(random.nextLong());
        Content config = ManifestWriter.config(spec.format(), spec.platform(), diffIds, comment);
        Content manifest = ManifestWriter.image(spec.format(), config, layers);
        return new GeneratedImage(manifest, config, List.copyOf(layers), spec.platform());
    }

    private String diffId(Content layer) {
        return diffs.stream()
                .filter(diff -> diff.layer().digest().equals(layer.digest()))
                .map(LayerDiff::diffId)
                .findFirst()
                .orElse(layer.digest());
    }

    /** An index of these children; images are entered with their platforms. */
    public GeneratedIndex index(ImageFormat format, List<? extends Generated> children) {
        List<Generated> copy = List.copyOf(children);
        return new GeneratedIndex(ManifestWriter.index(format, copy), copy);
    }

    /** An index of one small image for each platform, which share their first layer. */
    public GeneratedIndex multiPlatform(ImageFormat format, TargetPlatform... platforms) {
        ImageSpec spec = ImageSpec.small().withFormat(format);
        List<Content> base = List.of(layer(format, spec.layerBytes()));
        List<GeneratedImage> images = new ArrayList<>();
        for (TargetPlatform platform : platforms) {
            images.add(image(spec.withPlatform(platform).withBase(base).withLayers(1, spec.layerBytes())));
        }
        return index(format, images);
    }

    /** A chain of OCI indexes, {@code depth} of them above one image. */
    public Generated nested(int depth) {
        Generated node = image(ImageSpec.small().withLayers(1, 64));
        for (int i = 0; i < depth; i++) {
            node = index(ImageFormat.OCI, List.of(node));
        }
        return node;
    }

    /**
     * A random graph: OCI and Docker images, some of them sharing layers, some twice in one index, indexes in indexes.
     *
     * @param images how many images it has at least
     */
    public GeneratedIndex graph(int images) {
        List<Generated> nodes = new ArrayList<>();
        List<Content> pool = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            ImageFormat format = random.nextInt(4) == 0 ? ImageFormat.DOCKER : ImageFormat.OCI;
            List<Content> base = new ArrayList<>();
            for (Content layer : pool) {
                if (layer.mediaType().equals(format.layer()) && random.nextInt(3) == 0) {
                    base.add(layer);
                }
            }
            ImageSpec spec = ImageSpec.small().withFormat(format).withBase(base);
            GeneratedImage image = image(spec.withLayers(1 + random.nextInt(3), random.nextInt(8192)));
            pool.addAll(image.layers().subList(base.size(), image.layers().size()));
            nodes.add(image);
            if (nodes.size() > 2 && random.nextInt(3) == 0) {
                nodes.add(index(ImageFormat.OCI, pick(nodes)));
            }
        }
        nodes.add(nodes.get(random.nextInt(nodes.size())));
        return index(ImageFormat.OCI, nodes);
    }

    /**
     * A random graph as {@link #graph} makes it, with what is rare in it: a layer that all images share, layers without a byte, and
     * layers that no registry is to hold.
     *
     * @param images how many images it has at least
     */
    public GeneratedIndex tangle(int images) {
        Content everywhere = layer(ImageFormat.OCI, 64);
        Content empty = Content.of(ImageFormat.OCI.layer(), new byte[0]);
        List<Generated> nodes = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            List<Content> base = new ArrayList<>(List.of(everywhere));
            if (random.nextInt(3) == 0) {
                base.add(empty);
            }
            if (random.nextInt(3) == 0) {
                base.add(Content.of(FOREIGN_LAYER, bytes(64)));
            }
            nodes.add(image(ImageSpec.small().withBase(base).withLayers(random.nextInt(3), random.nextInt(4096))));
        }
        nodes.add(graph(images));
        nodes.add(index(ImageFormat.OCI, pick(nodes)));
        return index(ImageFormat.OCI, nodes);
    }

    private List<Generated> pick(List<Generated> nodes) {
        List<Generated> picked = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            picked.add(nodes.get(random.nextInt(nodes.size())));
        }
        return picked;
    }
}
