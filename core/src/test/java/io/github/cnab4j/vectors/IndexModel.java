/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a bundle becomes, written down a second time as plain text. It says what is expected where the library
 * differs on purpose; where it does not, its results are the Go tool's.
 */
final class IndexModel {
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final List<String> MANIFESTS = List.of(OCI_MANIFEST, DOCKER_MANIFEST, OCI_INDEX, DOCKER_LIST);
    private static final List<String> CONFIGS = List.of(
            "application/vnd.cnab.config.v1+json",
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.docker.container.image.v1+json");

    /** An image's entry in the index. */
    private record Entry(String mediaType, String text) {}

    private final String configBlob;
    private final List<Entry> images;
    private final String annotations;

    private IndexModel(String configBlob, List<Entry> images, String annotations) {
        this.configBlob = configBlob;
        this.images = images;
        this.annotations = annotations;
    }

    /** The documents of a case; empty if its bundle, map or target is refused. */
    static Optional<IndexModel> of(JsonObject c) {
        byte[] text = Differences.Text.bytes(c, "bundle");
        JsonObject bundle = CanonicalModel.document(text).orElse(JsonObject.empty());
        List<JsonObject> invocation = objects(bundle.get("invocationImages"));
        List<Optional<Entry>> images = new ArrayList<>();
        invocation.forEach(image -> images.add(entry(c, image, "\"io.cnab.manifest.type\":\"invocation\"")));
        Map<String, JsonValue> components = new TreeMap<>(
                Comparator.comparing((String name) -> name.codePoints().toArray(), Arrays::compare));
        components.putAll(bundle.object("images").orElse(JsonObject.empty()).members());
        components.forEach((name, image) -> images.add(entry(
                c,
                image instanceof JsonObject object ? object : JsonObject.empty(),
                "\"io.cnab.component.name\":" + quoted(name) + ",\"io.cnab.manifest.type\":\"component\"")));
        boolean complete = !hasConflictingImages(c)
                && !invocation.isEmpty()
                && images.stream().allMatch(Optional::isPresent);
        return CanonicalModel.configBlob(text)
                .filter(blob -> complete)
                .map(blob -> new IndexModel(
                        blob, images.stream().flatMap(Optional::stream).toList(), annotations(bundle)));
    }

    /** How the library differs in what it makes of a bundle; {@code model} says what it makes instead. */
    static List<Difference> differences(Function<JsonObject, Result> model) {
        Function<JsonObject, byte[]> bundle = c -> Differences.Text.bytes(c, "bundle");
        return BundleDifferences.all(List.of(
                List.of(new Difference(
                        "several invocation images are allowed",
                        IndexModel::hasSeveralInvocationImages,
                        (c, soFar) -> model.apply(c))),
                BundleDifferences.ofBundle(bundle, model),
                List.of(Difference.refused(
                        "two images with one name and different digests are refused",
                        IndexModel::hasConflictingImages))));
    }

    private static boolean hasSeveralInvocationImages(JsonObject c) {
        return CanonicalModel.document(Differences.Text.bytes(c, "bundle"))
                .filter(bundle -> objects(bundle.get("invocationImages")).size() > 1)
                .isPresent();
    }

    /** Whether two images have one name and two digests by what the bundle says. */
    private static boolean hasConflictingImages(JsonObject c) {
        JsonObject bundle =
                CanonicalModel.document(Differences.Text.bytes(c, "bundle")).orElse(JsonObject.empty());
        Stream<JsonObject> components = bundle.object("images").stream()
                .flatMap(images -> images.members().values().stream())
                .flatMap(image -> image instanceof JsonObject object ? Stream.of(object) : Stream.empty());
        return Stream.concat(objects(bundle.get("invocationImages")).stream(), components)
                .filter(image -> !image.string("contentDigest").orElse("").isEmpty())
                .collect(Collectors.groupingBy(
                        image -> image.string("image").orElse(""),
                        Collectors.mapping(image -> image.string("contentDigest"), Collectors.toSet())))
                .values()
                .stream()
                .anyMatch(digests -> digests.size() > 1);
    }

    /** The result of a case of kind {@code prepare}. */
    Result prepared() {
        Map<String, String> values = new TreeMap<>();
        for (int form = 0; form < CONFIGS.size(); form++) {
            values.put("config " + form, descriptor(CONFIGS.get(form), configBlob));
            values.put("manifest " + form, manifest(form));
            values.put("manifest " + form + " descriptor", descriptor(manifestType(form), manifest(form)));
            values.put("index " + form, index(form, false));
            values.put("index " + form + " descriptor", descriptor(OCI_INDEX, index(form, false)));
            values.put("list " + form, index(form, true));
            values.put("list " + form + " descriptor", descriptor(DOCKER_LIST, index(form, true)));
        }
        return Result.of(values);
    }

    /** How a push ends. */
    enum End {
        STORED,
        CONFIG_BLOB_REFUSED,
        /** The registry refuses, and not because of the form. */
        REFUSED_OTHERWISE,
        /** There is no other form, or none is allowed. */
        NO_FORM_LEFT
    }

    /** The result of a case of kind {@code push}. */
    Result pushed(JsonObject c) {
        Trace trace = push(c);
        if (trace.end != End.STORED) {
            return Result.failed();
        }
        String index = index(trace.form, trace.list);
        return Result.of("index", sha256(index) + " " + (trace.list ? DOCKER_LIST : OCI_INDEX) + " " + length(index));
    }

    End end(JsonObject c) {
        return push(c).end;
    }

    private static final class Trace {
        int form;
        boolean list;
        End end = End.STORED;
    }

    private Trace push(JsonObject c) {
        boolean fallbacks = new JsonBoolean(true).equals(c.get("allowFallbacks"));
        Reference target = Reference.parse(c.string("ref").orElseThrow());
        boolean byTag = target.tag() != null && target.digest() == null;
        PushRegistry registry = new PushRegistry(c);
        Trace trace = new Trace();
        if (registry.takeBlob(CONFIGS.get(0)).isPresent()) {
            trace.end = End.CONFIG_BLOB_REFUSED;
            return trace;
        }
        while (true) {
            String type = manifestType(trace.form);
            Optional<PushRegistry.Refusal> refusal =
                    registry.takeManifest(new PushRegistry.Push(type, CONFIGS.get(trace.form), List.of(), false));
            if (refusal.isEmpty()) {
                break;
            }
            trace.end = afterRefusal(refusal.get(), fallbacks && trace.form < 2);
            if (trace.end != End.STORED) {
                return trace;
            }
            trace.form++;
        }
        List<String> children = Stream.concat(
                        Stream.of(manifestType(trace.form)), images.stream().map(Entry::mediaType))
                .toList();
        while (true) {
            Optional<PushRegistry.Refusal> refusal = registry.takeManifest(
                    new PushRegistry.Push(trace.list ? DOCKER_LIST : OCI_INDEX, "", children, byTag));
            if (refusal.isEmpty()) {
                return trace;
            }
            trace.end = afterRefusal(refusal.get(), fallbacks && !trace.list);
            if (trace.end != End.STORED) {
                return trace;
            }
            trace.list = true;
        }
    }

    private static End afterRefusal(PushRegistry.Refusal refusal, boolean formLeft) {
        if (!formLeft) {
            return End.NO_FORM_LEFT;
        }
        return refusal.isOfForm() ? End.STORED : End.REFUSED_OTHERWISE;
    }

    private static String manifestType(int form) {
        return form == 2 ? DOCKER_MANIFEST : OCI_MANIFEST;
    }

    private String manifest(int form) {
        String type = CONFIGS.get(form);
        String digest = sha256(configBlob);
        int size = length(configBlob);
        if (form < 2) {
            return "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest
                    + "\",\"size\":" + size + "},\"layers\":null}";
        }
        return """
                {
                   "schemaVersion": 2,
                   "mediaType": "%1$s",
                   "config": {
                      "mediaType": "%2$s",
                      "size": %3$d,
                      "digest": "%4$s"
                   },
                   "layers": [
                      {
                         "mediaType": "%2$s",
                         "size": %3$d,
                         "digest": "%4$s"
                      }
                   ]
                }""".formatted(DOCKER_MANIFEST, type, size, digest);
    }

    private String index(int form, boolean list) {
        String config = entry(
                manifestType(form),
                sha256(manifest(form)),
                Integer.toString(length(manifest(form))),
                "\"io.cnab.manifest.type\":\"config\"");
        String entries = Stream.concat(Stream.of(config), images.stream().map(Entry::text))
                .collect(Collectors.joining(","));
        return "{\"schemaVersion\":2,\"manifests\":[" + entries + "],\"annotations\":" + annotations
                + (list ? ",\"mediaType\":\"" + DOCKER_LIST + "\"" : "") + "}";
    }

    private static String entry(String mediaType, String digest, String size, String annotations) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size
                + ",\"annotations\":{" + annotations + "}}";
    }

    private static Optional<Entry> entry(JsonObject c, JsonObject image, String annotations) {
        String mediaType = image.string("mediaType").orElse("");
        if (mediaType.isEmpty()) {
            mediaType = switch (image.string("imageType").orElse("")) {
                case "docker" -> DOCKER_MANIFEST;
                case "oci" -> OCI_MANIFEST;
                default -> "";
            };
        }
        String size = image.get("size") instanceof JsonNumber number ? number.text() : "0";
        String type = mediaType;
        return digest(c, image.string("image").orElse(""))
                .filter(digest -> MANIFESTS.contains(type) && !size.equals("0"))
                .map(digest -> new Entry(type, entry(type, digest.toString(), size, annotations)));
    }

    private static Optional<Digest> digest(JsonObject c, String image) {
        try {
            Reference target = Reference.parse(c.string("ref").orElseThrow());
            String place =
                    c.object("relocationMap").flatMap(map -> map.string(image)).orElse("");
            Reference relocated = Reference.parse(place);
            return Optional.ofNullable(relocated.digest())
                    .filter(digest -> relocated.repository().equals(target.repository()));
        } catch (InvalidInputException noReference) {
            return Optional.empty();
        }
    }

    private static String annotations(JsonObject bundle) {
        Map<String, String> sorted = new TreeMap<>();
        sorted.put("io.cnab.runtime_version", bundle.string("schemaVersion").orElse(""));
        sorted.put("org.opencontainers.artifactType", "application/vnd.cnab.manifest.v1");
        sorted.put("org.opencontainers.image.title", bundle.string("name").orElse(""));
        sorted.put("org.opencontainers.image.version", bundle.string("version").orElse(""));
        sorted.put(
                "org.opencontainers.image.description",
                bundle.string("description").orElse(""));
        bundle.array("keywords")
                .ifPresent(list -> sorted.put(
                        "io.cnab.keywords",
                        joined(list.elements().stream()
                                .map(word -> quoted(word instanceof JsonString text ? text.value() : "")))));
        bundle.array("maintainers")
                .ifPresent(list -> sorted.put(
                        "org.opencontainers.image.authors",
                        joined(objects(list).stream().map(IndexModel::author))));
        return sorted.entrySet().stream()
                .map(annotation -> quoted(annotation.getKey()) + ":" + quoted(annotation.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String author(JsonObject maintainer) {
        return Stream.of("name", "email", "url")
                .filter(member -> member.equals("name")
                        || !maintainer.string(member).orElse("").isEmpty())
                .map(member ->
                        quoted(member) + ":" + quoted(maintainer.string(member).orElse("")))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String joined(Stream<String> elements) {
        return elements.collect(Collectors.joining(",", "[", "]"));
    }

    private static List<JsonObject> objects(@Nullable JsonValue list) {
        return list instanceof JsonArray array
                ? array.elements().stream()
                        .map(item -> item instanceof JsonObject object ? object : JsonObject.empty())
                        .toList()
                : List.of();
    }

    /** A text as Go's encoder writes it. */
    private static String quoted(String text) {
        String shortEscapes = "\b\f\n\r\t\"\\";
        return text.chars()
                .mapToObj(c -> {
                    int known = shortEscapes.indexOf(c);
                    if (known >= 0) {
                        return "\\" + "bfnrt\"\\".charAt(known);
                    }
                    boolean escaped = c < ' ' || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029;
                    return escaped ? String.format("\\u%04x", c) : String.valueOf((char) c);
                })
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String descriptor(String mediaType, String content) {
        return mediaType + " " + sha256(content) + " " + length(content);
    }

    private static String sha256(String content) {
        return Digest.sha256(content.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static int length(String content) {
        return content.getBytes(StandardCharsets.UTF_8).length;
    }
}
