/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.archive.ArchiveFile;
import io.github.cnab4j.archive.GzipPacking;
import io.github.cnab4j.archive.Spool;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.ImageManifest;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One image out of an archive that an engine saved, as a registry wants it: a manifest whose layers are compressed. An image whose
 * manifest the archive has, with compressed layers, stays what it is, digest and all. Of any other the layers are compressed with
 * gzip into a spool and a manifest is made, of Docker's schema 2 as the engine's own push makes it. Equal images give equal bytes.
 */
final class SavedImage {
    private static final MediaType DOCKER_LAYER = new MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip");
    private static final MediaType OCI_GZIP = new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");
    private static final MediaType OCI_ZSTD = new MediaType("application/vnd.oci.image.layer.v1.tar+zstd");
    private static final List<String> PLAIN_LAYERS = List.of(
            "application/vnd.oci.image.layer.v1.tar",
            "application/vnd.oci.image.layer.nondistributable.v1.tar",
            "application/vnd.docker.image.rootfs.diff.tar");
    private static final String INDENT = "   ";

    private final CallScope scope;
    private final ArchiveFile archive;
    private final SavedArchive saved;
    private final Spool spool;
    private final Map<Digest, SavedEntry> contents = new HashMap<>();

    SavedImage(CallScope scope, ArchiveFile archive, Spool spool) {
        this.scope = scope;
        this.archive = archive;
        this.saved = new SavedArchive(scope, archive);
        this.spool = spool;
    }

    /** A layer as it is pushed. */
    private record Layer(Descriptor descriptor, boolean zstd) {}

    /** Where each content is; complete when {@link #prepare} has returned. */
    Map<Digest, SavedEntry> contents() {
        return contents;
    }

    /**
     * Makes the image ready.
     *
     * @return its manifest or index
     * @throws InvalidInputException if the archive has no image, several, or one that cannot be used
     * @throws IntegrityException if a layer is not what the configuration says
     */
    Descriptor prepare() {
        List<Descriptor> roots = saved.roots();
        if (roots.size() == 1 && isReady(roots.get(0))) {
            addAll(roots.get(0));
            return roots.get(0);
        }
        List<SavedArchive.Parts> parts = saved.parts();
        if (parts.isEmpty() && roots.size() == 1) {
            return make(parts((ImageManifest) saved.read(roots.get(0))));
        }
        if (parts.size() != 1) {
            throw saved.invalid(
                    parts.isEmpty()
                            ? "holds no image"
                            : "holds " + parts.size() + " images of which none was asked for");
        }
        return make(parts.get(0));
    }

    private boolean isReady(Descriptor root) {
        Manifest manifest = saved.read(root);
        if (manifest instanceof ImageManifest image) {
            return image.layers().stream()
                    .noneMatch(layer -> PLAIN_LAYERS.contains(layer.mediaType().value()));
        }
        return ((IndexManifest) manifest).manifests().stream().allMatch(this::isReady);
    }

    private void addAll(Descriptor root) {
        add(root);
        Manifest manifest = saved.read(root);
        for (Descriptor child : manifest.successors()) {
            if (child.mediaType().isManifest()) {
                addAll(child);
            } else if (!child.isForeign()) {
                add(child);
            }
        }
    }

    private void add(Descriptor descriptor) {
        contents.put(descriptor.digest(), new SavedEntry.Member(archive, SavedArchive.blob(descriptor.digest())));
    }

    private static SavedArchive.Parts parts(ImageManifest image) {
        return new SavedArchive.Parts(
                SavedArchive.blob(image.config().digest()),
                image.layers().stream()
                        .map(layer -> SavedArchive.blob(layer.digest()))
                        .toList(),
                List.of());
    }

    private Descriptor make(SavedArchive.Parts parts) {
        byte[] configuration = saved.content(parts.configuration());
        List<Digest> plain = layerDigests(saved.configuration(parts.configuration(), configuration));
        if (plain.size() != parts.layers().size()) {
            throw saved.invalid(
                    "has an image of " + parts.layers().size() + " layers whose configuration names " + plain.size());
        }
        Map<Digest, Layer> packed = new HashMap<>();
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            String name = parts.layers().get(i);
            layers.add(packed.computeIfAbsent(plain.get(i), digest -> layer(name, digest)));
        }
        boolean oci = layers.stream().anyMatch(Layer::zstd);
        Descriptor config = made(oci ? MediaType.OCI_CONFIG : MediaType.DOCKER_CONFIG, configuration);
        return made(oci ? MediaType.OCI_MANIFEST : MediaType.DOCKER_MANIFEST, manifest(oci, config, layers));
    }

    private Descriptor made(MediaType type, byte[] content) {
        Descriptor descriptor = Descriptor.of(type, content);
        contents.put(descriptor.digest(), new SavedEntry.Made(content));
        return descriptor;
    }

    /** OCI image specification, "Image Configuration": the digests of the layers, uncompressed, from the lowest on. */
    private List<Digest> layerDigests(JsonObject configuration) {
        JsonArray digests = configuration
                .object("rootfs")
                .flatMap(rootfs -> rootfs.array("diff_ids"))
                .orElseThrow(() -> saved.invalid("has a configuration that does not name its layers"));
        List<Digest> plain = new ArrayList<>();
        for (JsonValue digest : digests) {
            if (!(digest instanceof JsonString text)) {
                throw saved.invalid("has a configuration that names a layer by no text");
            }
            try {
                plain.add(Digest.parse(text.value()));
            } catch (InvalidInputException noDigest) {
                throw saved.invalid(
                        "has a configuration that names a layer by no digest, " + Excerpt.quoted(text.value()));
            }
        }
        return plain;
    }

    private Layer layer(String name, Digest plain) {
        byte[] magic = new byte[4];
        try (InputStream in = archive.open(scope, name, 0)) {
            int n = in.readNBytes(magic, 0, magic.length);
            boolean gzip = n >= 2 && magic[0] == 0x1f && (magic[1] & 0xff) == 0x8b;
            boolean zstd = n == 4
                    && (magic[0] & 0xff) == 0x28
                    && (magic[1] & 0xff) == 0xb5
                    && magic[2] == 0x2f
                    && (magic[3] & 0xff) == 0xfd;
            return gzip || zstd ? kept(name, zstd) : packed(name, plain);
        } catch (IOException neverThrown) {
            throw new UncheckedIOException(neverThrown);
        }
    }

    /** A layer that is compressed already: compressing it again would only change its digest. */
    private Layer kept(String name, boolean zstd) throws IOException {
        MessageDigest hash = Digest.Algorithm.SHA256.newHash();
        try (InputStream in = new DigestInputStream(archive.open(scope, name, 0), hash)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        Digest digest = Digest.of(Digest.Algorithm.SHA256, hash.digest());
        contents.put(digest, new SavedEntry.Member(archive, name));
        return new Layer(Descriptor.of(zstd ? OCI_ZSTD : OCI_GZIP, digest, saved.size(name)), zstd);
    }

    private Layer packed(String name, Digest plain) throws IOException {
        MessageDigest plainHash = plain.newHash();
        MessageDigest hash = Digest.Algorithm.SHA256.newHash();
        GzipPacking.Packed packed;
        try (InputStream in = new DigestInputStream(archive.open(scope, name, 0), plainHash)) {
            packed = GzipPacking.append(scope, in, spool, hash);
        }
        Digest found = Digest.of(plain.algorithm(), plainHash.digest());
        if (!found.equals(plain)) {
            throw new IntegrityException(
                    "GET " + archive.name(),
                    "content mismatch: the layer " + Excerpt.quoted(name) + " of " + archive.name() + " is " + found
                            + ", its image's configuration says " + plain);
        }
        Digest digest = Digest.of(Digest.Algorithm.SHA256, hash.digest());
        contents.put(digest, new SavedEntry.Packed(spool, packed.start(), packed.size()));
        return new Layer(Descriptor.of(OCI_GZIP, digest, packed.size()), false);
    }

    private static byte[] manifest(boolean oci, Descriptor config, List<Layer> layers) {
        JsonArray entries = new JsonArray(layers.stream()
                .<JsonValue>map(layer -> entry(oci ? layer.descriptor().mediaType() : DOCKER_LAYER, layer.descriptor()))
                .toList());
        JsonObject manifest = JsonObject.builder()
                .put("schemaVersion", 2)
                .put("mediaType", (oci ? MediaType.OCI_MANIFEST : MediaType.DOCKER_MANIFEST).value())
                .put("config", entry(config.mediaType(), config))
                .put("layers", entries)
                .build();
        return oci ? GoJson.write(manifest) : GoJson.indent(manifest, INDENT);
    }

    private static JsonObject entry(MediaType type, Descriptor descriptor) {
        return JsonObject.builder()
                .put("mediaType", type.value())
                .put("size", descriptor.size())
                .put("digest", descriptor.digest().toString())
                .build();
    }
}
