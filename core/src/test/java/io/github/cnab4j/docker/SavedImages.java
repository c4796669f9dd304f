/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.archive.TarBuilder;
import io.github.cnab4j.oci.Digest;
import java.util.List;
import java.util.stream.Collectors;

/** Archives as engines save them, of one image with two layers of which the lower stands above, too. */
public final class SavedImages {
    public static final byte[] LOWER = layer("etc/lower", "lower ".repeat(4000));
    public static final byte[] UPPER = layer("etc/upper", "upper");
    public static final byte[] CONFIGURATION = configuration(LOWER, UPPER, LOWER);

    private SavedImages() {}

    public static byte[] layer(String name, String content) {
        return new TarBuilder().file(name, content).build();
    }

    public static byte[] configuration(byte[]... layers) {
        String digests = List.of(layers).stream()
                .map(layer -> "\"" + Digest.sha256(layer) + "\"")
                .collect(Collectors.joining(","));
        return ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                        + digests + "]},\"history\":[]}")
                .getBytes(UTF_8);
    }

    /** A {@code manifest.json} of one image. */
    public static String manifest(String configuration, String... layers) {
        return "[{\"Config\":\"" + configuration + "\",\"RepoTags\":[\"app:1\"],\"Layers\":["
                + List.of(layers).stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(",")) + "]}]";
    }

    /** As Docker did up to version 24: a directory for each layer, and a link for one that was there before. */
    public static TarBuilder docker20() {
        return docker20("app:1");
    }

    public static TarBuilder docker20(String name) {
        String configuration = Digest.sha256(CONFIGURATION).hex() + ".json";
        return new TarBuilder()
                .directory("1/")
                .file("1/VERSION", "1.0")
                .file("1/layer.tar", LOWER)
                .directory("2/")
                .file("2/layer.tar", UPPER)
                .directory("3/")
                .entry("3/layer.tar", (byte) '2', "../1/layer.tar")
                .file(configuration, CONFIGURATION)
                .file(
                        "manifest.json",
                        manifest(configuration, "1/layer.tar", "2/layer.tar", "3/layer.tar")
                                .replace("app:1", name))
                .file("repositories", "{}");
    }

    /** As Podman does: layers at the top, links from the places where they once were. */
    public static byte[] podman() {
        String configuration = Digest.sha256(CONFIGURATION).hex() + ".json";
        String lower = Digest.sha256(LOWER).hex() + ".tar";
        String upper = Digest.sha256(UPPER).hex() + ".tar";
        return new TarBuilder()
                .file(lower, LOWER)
                .file(upper, UPPER)
                .file(configuration, CONFIGURATION)
                .entry("1/layer.tar", (byte) '2', "../" + lower)
                .entry("2/layer.tar", (byte) '2', "../" + upper)
                .file("manifest.json", manifest(configuration, lower, upper, lower))
                .build();
    }

    /** As Docker does since version 25: an OCI layout, here with the layers given. */
    public static byte[] docker25(String layerType, byte[]... layers) {
        byte[] manifest = ociManifest(layerType, layers);
        String index = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                + descriptor("application/vnd.oci.image.manifest.v1+json", manifest) + "]}";
        TarBuilder tar = new TarBuilder().directory("blobs/").directory("blobs/sha256/");
        List.of(layers).stream().distinct().forEach(layer -> tar.file(blob(layer), layer));
        String[] names = List.of(layers).stream().map(SavedImages::blob).toArray(String[]::new);
        return tar.file(blob(CONFIGURATION), CONFIGURATION)
                .file(blob(manifest), manifest)
                .file("index.json", index)
                .file("manifest.json", manifest(blob(CONFIGURATION), names))
                .file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .build();
    }

    public static byte[] ociManifest(String layerType, byte[]... layers) {
        return ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                        + descriptor("application/vnd.oci.image.config.v1+json", CONFIGURATION) + ",\"layers\":["
                        + List.of(layers).stream()
                                .map(layer -> descriptor(layerType, layer))
                                .collect(Collectors.joining(","))
                        + "]}")
                .getBytes(UTF_8);
    }

    public static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + Digest.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    public static String blob(byte[] content) {
        return "blobs/sha256/" + Digest.sha256(content).hex();
    }
}
