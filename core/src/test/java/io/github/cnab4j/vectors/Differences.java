/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every deliberate difference from the Go tool, one nested class for each file of vectors. A predicate looks at a case's input
 * only; one under which nothing differs any more fails its test.
 */
public final class Differences {
    private Differences() {}

    /** Differences in {@code jsonescape.json}. */
    public static final class JsonEscape {
        private JsonEscape() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(
                Difference.refused("text that is not UTF-8 is refused, not repaired", c -> !isUtf8(c)),
                Difference.refused(
                        "a descriptor without media type and digest is refused",
                        JsonEscape::isDescriptorWithoutIdentity));

        private static boolean isUtf8(JsonObject c) {
            return c.string("inputBase64")
                    .map(base64 -> Base64.getDecoder().decode(base64))
                    .map(Text::isUtf8)
                    .orElse(true);
        }

        // The Go type of a value is a word of its id.
        private static boolean isDescriptorWithoutIdentity(JsonObject c) {
            String input = c.string("input").orElse("");
            return Text.kind("value").test(c)
                    && List.of(c.string("id").orElse("").split("-")).contains("descriptor")
                    && !(input.contains("\"mediaType\"") && input.contains("\"digest\""));
        }
    }

    /** Differences in {@code references.json}. */
    public static final class References {
        private References() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(new Difference(
                "a host with an underscore is a host, as the Go tool treats it when it connects",
                References::hasUnderscoreInHost,
                (c, soFar) -> soFar.ok() ? withHost(firstPart(c), soFar) : soFar));

        private static boolean hasUnderscoreInHost(JsonObject c) {
            return firstPart(c).matches("[a-z0-9._-]*")
                    && firstPart(c).contains(".")
                    && firstPart(c).contains("_");
        }

        private static String firstPart(JsonObject c) {
            String input = c.string("input").orElse("");
            return input.substring(0, Math.max(0, input.indexOf('/')));
        }

        private static Result withHost(String host, Result soFar) {
            String path = (String) soFar.values().get("path");
            return soFar.with("domain", host).with("path", path.substring(host.length() + 1));
        }
    }

    /** Differences in {@code platforms.json}: an index is read as strictly for filtering it as for copying it. */
    public static final class Platforms {
        private Platforms() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(
                Difference.refused(
                        "an index with known members in another case is refused",
                        whereIndex(Platforms::hasMembersInAnotherCase)),
                Difference.refused(
                        "an index that is declared as another type, or has members of a manifest, is refused",
                        c -> whereIndex(index -> isContradictory(c, index)).test(c)),
                Difference.refused(
                        "an index that lacks what an index must have is refused",
                        whereIndex(index -> !isSound(index))));

        private static final List<String> INDEX_MEMBERS = List.of(
                "schemaVersion",
                "mediaType",
                "artifactType",
                "manifests",
                "config",
                "layers",
                "fsLayers",
                "subject",
                "annotations");
        private static final List<String> DESCRIPTOR_MEMBERS =
                List.of("mediaType", "digest", "size", "urls", "annotations", "platform", "artifactType");
        private static final List<String> PLATFORM_MEMBERS =
                List.of("os", "architecture", "variant", "os.version", "os.features");

        /** Holds for an index that is filtered; for what is no JSON object, the property is that of an empty one. */
        private static Predicate<JsonObject> whereIndex(Predicate<JsonObject> property) {
            return c -> {
                MediaType type = new MediaType(c.string("mediaType").orElse(""));
                boolean filtered = Text.kind("filter").test(c)
                        && (type.equals(MediaType.OCI_INDEX) || type.equals(MediaType.DOCKER_LIST))
                        && !elements(c, "filter").isEmpty();
                return filtered && property.test(index(c));
            };
        }

        private static JsonObject index(JsonObject c) {
            try {
                return JsonReader.readObject(Text.bytes(c, "index"), JsonLimits.BUNDLE);
            } catch (InvalidInputException notStrictJson) {
                return JsonObject.empty();
            }
        }

        private static boolean hasMembersInAnotherCase(JsonObject index) {
            return anotherCase(index, INDEX_MEMBERS)
                    || Stream.concat(elements(index, "manifests").stream(), Stream.ofNullable(index.get("subject")))
                            .anyMatch(Platforms::isDescriptorInAnotherCase);
        }

        private static boolean isDescriptorInAnotherCase(JsonValue value) {
            return value instanceof JsonObject descriptor
                    && (anotherCase(descriptor, DESCRIPTOR_MEMBERS)
                            || descriptor
                                    .object("platform")
                                    .filter(platform -> anotherCase(platform, PLATFORM_MEMBERS))
                                    .isPresent());
        }

        private static boolean anotherCase(JsonObject object, List<String> known) {
            return object.members().keySet().stream()
                    .anyMatch(name -> !known.contains(name) && known.stream().anyMatch(name::equalsIgnoreCase));
        }

        private static boolean isContradictory(JsonObject c, JsonObject index) {
            String stated = index.string("mediaType").orElse("");
            return (!stated.isEmpty()
                            && !c.string("mediaType").filter(stated::equals).isPresent())
                    || Stream.of("config", "layers", "fsLayers").anyMatch(name -> isGiven(index, name));
        }

        private static boolean isSound(JsonObject index) {
            return new JsonNumber("2").equals(index.get("schemaVersion"))
                    && index.has("manifests")
                    && ifGiven(index, "manifests", list -> isListOf(list, Platforms::isDescriptor))
                    && ifGiven(index, "subject", Platforms::isDescriptor)
                    && ifGiven(index, "annotations", Platforms::isTextMap)
                    && Stream.of("mediaType", "artifactType").allMatch(name -> ifGiven(index, name, Platforms::isText));
        }

        private static boolean isDescriptor(JsonValue value) {
            return value instanceof JsonObject object
                    && object.string("mediaType").orElse("").matches("[ -~]+")
                    && object.string("digest")
                            .orElse("")
                            .matches("sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}")
                    && object.get("size") instanceof JsonNumber size
                    && size.text().matches("[0-9]{1,16}")
                    && Long.parseLong(size.text()) < 1L << 53
                    && ifGiven(object, "urls", urls -> isListOf(urls, Platforms::isText))
                    && ifGiven(object, "annotations", Platforms::isTextMap)
                    && ifGiven(object, "artifactType", Platforms::isText)
                    && ifGiven(object, "platform", Platforms::isPlatform);
        }

        private static boolean isPlatform(JsonValue value) {
            return value instanceof JsonObject object
                    && Stream.of("os", "architecture", "variant", "os.version")
                            .allMatch(name -> ifGiven(object, name, Platforms::isText))
                    && ifGiven(object, "os.features", features -> isListOf(features, Platforms::isText));
        }

        private static boolean isTextMap(JsonValue value) {
            return value instanceof JsonObject object
                    && object.members().values().stream().allMatch(Platforms::isText);
        }

        private static boolean isListOf(JsonValue value, Predicate<JsonValue> property) {
            return value instanceof JsonArray array && array.elements().stream().allMatch(property);
        }

        private static boolean isText(JsonValue value) {
            return value instanceof JsonString;
        }

        private static boolean ifGiven(JsonObject object, String name, Predicate<JsonValue> property) {
            JsonValue value = object.get(name);
            return value == null || value == JsonNull.NULL || property.test(value);
        }

        private static boolean isGiven(JsonObject object, String name) {
            return object.has(name) && object.get(name) != JsonNull.NULL;
        }

        private static List<JsonValue> elements(JsonObject object, String name) {
            return object.array(name).orElse(JsonArray.empty()).elements();
        }
    }

    /** Differences in the pushes of {@code index.json}. */
    public static final class Push {
        private static final JsonString CNAB_CONFIG = new JsonString("application/vnd.cnab.config.v1+json");
        private static final Pattern NOT_OF_THE_FORM =
                Pattern.compile("(401|403|409|429|502|503|504) |^denied|TAG_INVALID|BLOB_UNKNOWN");

        private Push() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(
                Difference.refused("a refused config blob is an error, no reason for another form", Push::refusesBlob),
                Difference.refused(
                        "another form is pushed only if the registry refuses the form",
                        c -> refusals(c)
                                .anyMatch(why -> NOT_OF_THE_FORM.matcher(why).find())));

        private static boolean refusesBlob(JsonObject c) {
            return c.array("refusedMediaTypes")
                            .orElse(JsonArray.empty())
                            .elements()
                            .contains(CNAB_CONFIG)
                    || objects(c, "refusedPushes")
                            .anyMatch(refused -> new JsonNumber("1").equals(refused.get("push")) && isRefusal(refused));
        }

        /** Why content of this case is refused; content that is there already is none. */
        private static Stream<String> refusals(JsonObject c) {
            return objects(c, "refusedPushes").filter(Push::isRefusal).map(Push::error);
        }

        private static boolean isRefusal(JsonObject refused) {
            return !error(refused).contains("already exists");
        }

        private static String error(JsonObject refused) {
            return refused.string("error").orElse("");
        }

        private static Stream<JsonObject> objects(JsonObject c, String member) {
            return FixupModel.objects(c, member).stream();
        }
    }

    /** Differences in {@code fixup.json}. */
    public static final class Fixup {
        private static final Set<String> DOUBTFUL = Set.of("CONTENT_MISMATCH", "INVALID_MANIFEST");

        private Fixup() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(
                new Difference(
                        "events name an image as the bundle does, not where it was moved to",
                        Fixup::isRelocated,
                        (c, soFar) -> soFar.ok() ? soFar.with("events", FixupModel.events(c)) : soFar),
                modelled(
                        "bundle and map name the filtered index, in the target's own repository too",
                        FixupModel::filtersAnIndex),
                modelled("a bundle may have several invocation images", Fixup::hasSeveralInvocationImages),
                modelled("no relocation map is an empty one", c -> c.get("relocationMap") instanceof JsonNull),
                modelled("one name for two digests is refused", Fixup::hasNameOfTwoDigests),
                modelled("what is copied is verified", Fixup::isDoubtful));

        private static Difference modelled(String what, Predicate<JsonObject> holds) {
            return new Difference(what, holds, (c, soFar) -> FixupModel.run(c));
        }

        private static boolean isRelocated(JsonObject c) {
            List<String> names = FixupModel.names(c);
            return names.size() > Set.copyOf(names).size()
                    || names.stream()
                            .anyMatch(name -> c.object("relocationMap")
                                    .filter(map -> map.has(name))
                                    .isPresent());
        }

        private static boolean hasSeveralInvocationImages(JsonObject c) {
            return FixupModel.invocationImages(c) > 1;
        }

        private static boolean hasNameOfTwoDigests(JsonObject c) {
            return FixupModel.run(c).equals(FixupModel.failed("IMAGE_CONFLICT"));
        }

        private static boolean isDoubtful(JsonObject c) {
            return DOUBTFUL.contains(FixupModel.run(c).values().getOrDefault("failure", ""));
        }
    }

    /** Properties of texts that predicates ask for. */
    public static final class Text {
        private Text() {}

        /** Whether the Go tool succeeded. */
        public static boolean isOk(JsonObject vectorCase) {
            return vectorCase.get("ok") instanceof JsonBoolean ok && ok.value();
        }

        /** Whether the bytes are well-formed UTF-8. */
        public static boolean isUtf8(byte[] bytes) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
                return true;
            } catch (CharacterCodingException malformed) {
                return false;
            }
        }

        /** The bytes of a case's input: member {@code NAME}, or {@code NAMEBase64} where it is no text. */
        public static byte[] bytes(JsonObject vectorCase, String name) {
            return vectorCase
                    .string(name)
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .or(() -> vectorCase.string(name + "Base64").map(Base64.getDecoder()::decode))
                    .orElseThrow(() -> new IllegalArgumentException("a case without " + name));
        }

        /** A predicate on the case's member {@code kind}. */
        public static Predicate<JsonObject> kind(String kind) {
            return c -> c.string("kind").filter(kind::equals).isPresent();
        }
    }
}
