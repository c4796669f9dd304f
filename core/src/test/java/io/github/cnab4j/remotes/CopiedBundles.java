/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.TestRepository;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.Generated;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.GeneratedIndex;
import io.github.cnab4j.testkit.generate.ImageFormat;
import io.github.cnab4j.testkit.generate.ImageSpec;
import io.github.cnab4j.testkit.generate.TargetPlatform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bundles with all that makes copies of them difficult, pushed to a registry. */
final class CopiedBundles {
    private final TestRegistry registry;
    private final Remotes remotes;

    CopiedBundles(TestRegistry registry, Remotes remotes) {
        this.registry = registry;
        this.remotes = remotes;
    }

    /**
     * Two invocation images (one for several platforms), a component for several platforms that stands in the bundle twice, one for
     * one platform, one that shares its layers with that, and one with a layer that is kept elsewhere; a member that nobody knows.
     */
    Bundle rich(String name, long seed) {
        ContentGenerator generator = new ContentGenerator(seed);
        GeneratedIndex multi = platforms(generator);
        Generated plain = generator.image();
        Generated sharing = generator.image(ImageSpec.small()
                .withBase(plain.blobs().subList(1, plain.blobs().size()))
                .withFormat(ImageFormat.OCI));
        GeneratedBundle generated = new BundleBuilder(registry.host(), name, platforms(generator))
                .component("multi", multi)
                .component("plain", plain)
                .component("sharing", sharing)
                .component("second", generator.image())
                .build();
        registry.load(generated);
        JsonObject json = Bundle.parse(generated.bytes()).json();
        JsonObject images = json.object("images").orElseThrow();
        JsonObject second = images.object("second").orElseThrow();
        JsonArray invocation = json.array("invocationImages").orElseThrow();
        List<JsonValue> both = new ArrayList<>(invocation.elements());
        both.add(second.without("description"));
        JsonObject components = images.without("second")
                .with("again", images.object("multi").orElseThrow())
                .with("elsewhere", withForeignLayer(name + "/elsewhere"));
        return Bundle.of(json.with("invocationImages", new JsonArray(both))
                .with("images", components)
                .with("unknown", JsonObject.ofStrings(Map.of("kept", "as it is"))));
    }

    private static GeneratedIndex platforms(ContentGenerator generator) {
        return generator.multiPlatform(
                ImageFormat.OCI,
                TargetPlatform.of("linux/amd64"),
                TargetPlatform.of("linux/arm64"),
                TargetPlatform.of("linux/arm/v7"));
    }

    private JsonObject withForeignLayer(String repository) {
        TestRepository place = registry.repository(repository);
        byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST
                        + "\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
                        + place.putBlob(config) + "\",\"size\":" + config.length
                        + "},\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.nondistributable.v1.tar\","
                        + "\"digest\":\"sha256:" + "1".repeat(64)
                        + "\",\"size\":5,\"urls\":[\"https://elsewhere.example/layer\"]}]}")
                .getBytes(StandardCharsets.UTF_8);
        String digest = place.putManifest(MediaType.OCI_MANIFEST.value(), manifest, "1");
        return JsonObject.builder()
                .put("image", registry.host() + "/" + repository + ":1")
                .put("imageType", "oci")
                .put("contentDigest", digest)
                .put("size", manifest.length)
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .build();
    }

    /** A small bundle that depends on others; what it requires is JSON. */
    Bundle depending(String name, long seed, String extension) {
        GeneratedBundle generated = BundleBuilder.ofSmallImages(registry.host(), name, new ContentGenerator(seed), 1);
        registry.load(generated);
        JsonObject custom = JsonReader.readObject(
                ("{\"io.cnab.dependencies\":" + extension + "}").getBytes(StandardCharsets.UTF_8), JsonLimits.BUNDLE);
        return Bundle.of(Bundle.parse(generated.bytes()).json().with("custom", custom));
    }

    /** Pushes a bundle to this place of the registry. */
    PushResult push(Bundle bundle, String place) {
        return remotes.fixupAndPush(bundle, at(place), FixupOptions.defaults(), PushOptions.defaults());
    }

    /** A place in the registry. */
    Location at(String place) {
        return Location.parse(registry.host() + "/" + place);
    }

    /** What an index and the indexes below it name and the repository does not have. */
    static List<String> dangling(TestRepository repository, String tag) {
        List<String> missing = new ArrayList<>();
        Deque<String> manifests = new ArrayDeque<>(List.of(tag));
        for (String next = manifests.poll(); next != null; next = manifests.poll()) {
            Manifest manifest = Manifest.parse(new MediaType(repository.mediaType(next)), repository.manifest(next));
            for (Descriptor child : manifest.successors()) {
                String digest = child.digest().toString();
                boolean there = manifest instanceof IndexManifest
                        ? repository.hasManifest(digest)
                        : child.isForeign() || repository.hasBlob(digest);
                if (!there) {
                    missing.add(digest);
                } else if (manifest instanceof IndexManifest) {
                    manifests.add(digest);
                }
            }
        }
        return missing;
    }

    /** The images of a bundle: digest by name. */
    static Map<String, String> digests(Bundle bundle) {
        Map<String, String> digests = new LinkedHashMap<>();
        BundleImage.of(bundle, FixupOptions.defaults())
                .forEach(use -> digests.put(
                        use.base().image(), String.valueOf(use.base().contentDigest())));
        return digests;
    }
}
