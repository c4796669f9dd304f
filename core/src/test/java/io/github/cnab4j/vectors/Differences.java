/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.oci.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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

    /** Differences in {@code canonical.json}. */
    public static final class Canonical {
        private Canonical() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = BundleDifferences.all(List.of(
                BundleDifferences.kept(Canonical::bundle, Canonical::model),
                BundleDifferences.refused(Canonical::bundle)));

        /** What the library is expected to make of a case, without the code under test. */
        public static Result model(JsonObject c) {
            return CanonicalModel.configBlob(bundle(c))
                    .map(blob -> Result.of("blob", blob))
                    .orElse(Result.failed());
        }

        private static byte[] bundle(JsonObject c) {
            return Text.bytes(c, "input");
        }
    }

    /** Differences in what {@code index.json} makes of a bundle. */
    public static final class Index {
        private Index() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = IndexModel.differences(Index::model);

        /** What the library is expected to make of a case, without the code under test. */
        public static Result model(JsonObject c) {
            return IndexModel.of(c).map(IndexModel::prepared).orElse(Result.failed());
        }
    }

    /** Differences in {@code relocation.json}. */
    public static final class Relocation {
        private Relocation() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(
                Difference.refused("null is no relocation map", has(JsonOddities.NOT_AN_OBJECT)),
                Difference.refused("an image that is there twice is refused", has(JsonOddities.DUPLICATE_MEMBER)),
                Difference.refused(
                        "null is no place",
                        c -> CanonicalModel.document(Text.bytes(c, "input"))
                                .filter(map -> map.members().containsValue(JsonNull.NULL))
                                .isPresent()));

        private static Predicate<JsonObject> has(JsonOddities oddity) {
            return c -> JsonOddities.of(Text.bytes(c, "input")).contains(oddity);
        }
    }

    /** Differences in {@code parse-index.json}. */
    public static final class ParseIndex {
        private ParseIndex() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = PullModel.differences();

        /** What the library is expected to make of a case, without the code under test. */
        public static Result model(JsonObject c) {
            return PullModel.result(c);
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
                        whereIndex(ManifestShape::hasMembersInAnotherCase)),
                Difference.refused(
                        "an index that is declared as another type, or has members of a manifest, is refused",
                        c -> whereIndex(index -> ManifestShape.isContradictoryIndex(index, declared(c)))
                                .test(c)),
                Difference.refused(
                        "an index that lacks what an index must have is refused",
                        whereIndex(index -> !ManifestShape.isSoundIndex(index))));

        /** Holds for an index that is filtered; for what is no JSON object, the property is that of an empty one. */
        private static Predicate<JsonObject> whereIndex(Predicate<JsonObject> property) {
            return c -> {
                MediaType type = new MediaType(c.string("mediaType").orElse(""));
                boolean filtered = Text.kind("filter").test(c)
                        && (type.equals(MediaType.OCI_INDEX) || type.equals(MediaType.DOCKER_LIST))
                        && c.array("filter").filter(list -> list.size() > 0).isPresent();
                return filtered && property.test(index(c));
            };
        }

        private static JsonObject index(JsonObject c) {
            return CanonicalModel.document(Text.bytes(c, "index")).orElse(JsonObject.empty());
        }

        private static String declared(JsonObject c) {
            return c.string("mediaType").orElse("");
        }
    }

    /** Differences in the pushes of {@code index.json}. */
    public static final class Push {
        private Push() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(
                new Difference(
                        "the documents differ as they do without a push",
                        c -> Index.ALL.stream()
                                .anyMatch(difference -> difference.holds().test(c)),
                        (c, soFar) -> model(c)),
                Difference.refused(
                        "a refused config blob is an error, no reason for another form",
                        ends(IndexModel.End.CONFIG_BLOB_REFUSED)),
                Difference.refused(
                        "another form is pushed only if the registry refuses the form",
                        ends(IndexModel.End.REFUSED_OTHERWISE)));

        /** What the library is expected to make of a case, without the code under test. */
        public static Result model(JsonObject c) {
            return IndexModel.of(c).map(model -> model.pushed(c)).orElse(Result.failed());
        }

        private static Predicate<JsonObject> ends(IndexModel.End end) {
            return c -> IndexModel.of(c).filter(model -> model.end(c) == end).isPresent();
        }
    }

    /** Differences in {@code fixup.json}. */
    public static final class Fixup {
        private static final Set<String> DOUBTFUL = Set.of("CONTENT_MISMATCH", "INVALID_MANIFEST");

        private Fixup() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = BundleDifferences.all(List.of(ofTheFixup(), ofTheBundle()));

        private static List<Difference> ofTheBundle() {
            return BundleDifferences.ofBundle(FixupModel::bundle, FixupModel::run).stream()
                    .map(difference -> modelled(difference.what(), difference.holds()))
                    .toList();
        }

        private static List<Difference> ofTheFixup() {
            return List.of(
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
        }

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

    public static final class DockerAuth {
        private DockerAuth() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(
                ofAuths(
                        "every name of Docker Hub is a key of its entry",
                        DockerAuthModel.anyEntry(DockerAuthModel.Entry::isHubsOtherName)),
                ofAuths(
                        "a key with a path counts for the repositories below it, before one without",
                        DockerAuthModel.anyEntry(entry -> !entry.path().isEmpty())),
                ofAuths(
                        "members in another case do not count",
                        DockerAuthModel.anyEntry(DockerAuthModel.Entry::hasMemberInAnotherCase)),
                ofAuths(
                        "a file with something behind its object is not used",
                        c -> c.string("config")
                                .filter(text -> DockerAuthModel.document(text).isEmpty())
                                .isPresent()),
                ofAuths("members that have nothing to do with credentials do not matter", DockerAuth::hasOddMember),
                ofAuths(
                        "an entry that cannot be read spoils only itself",
                        DockerAuthModel.anyEntry(DockerAuthModel.Entry::isSpoilt)),
                ofAuths(
                        "the environment's text is read as the file is",
                        DockerAuthModel.anyEntry(DockerAuthModel.Entry::inEnvironment)));

        /** A difference in how {@code auths} are read; where a helper is named they are not. */
        private static Difference ofAuths(String what, Predicate<JsonObject> holds) {
            return new Difference(
                    what,
                    c -> c.array("basicHelperCalls")
                                    .filter(calls -> calls.size() > 0)
                                    .isEmpty()
                            && holds.test(c),
                    (c, soFar) -> DockerAuthModel.ofAuths(c));
        }

        private static boolean hasOddMember(JsonObject c) {
            return c.string("config")
                    .flatMap(DockerAuthModel::document)
                    .filter(json -> json.get("detachKeys") instanceof JsonNumber)
                    .isPresent();
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
