/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads manifests and indexes; refuses what is ambiguous. */
final class ManifestReader {
    private static final Set<String> KNOWN = Set.of(
            "schemaVersion",
            "mediaType",
            "artifactType",
            "config",
            "layers",
            "manifests",
            "fsLayers",
            "subject",
            "annotations");

    private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+";
    private static final String SCHEMA_1_HINT =
            "Docker's schema 1 is not content-addressable; push the image again with a tool of this decade.";

    private ManifestReader() {}

    static Manifest read(MediaType declared, byte[] content) {
        return reading(content, fields -> read(declared, fields));
    }

    static MediaType detect(byte[] content) {
        return reading(content, fields -> {
            MediaType type = typeOf(fields);
            read(type, fields);
            return type;
        });
    }

    private static Manifest read(MediaType declared, Fields fields) {
        if (declared.value().startsWith(SCHEMA_1) || fields.has("fsLayers")) {
            throw invalid("it is a manifest of Docker's schema 1", SCHEMA_1_HINT);
        }
        fields.refuseOtherCaseOf(KNOWN);
        checkSchemaVersion(fields);
        checkMediaType(fields, declared);
        return switch (declared.kind()) {
            case INDEX -> readIndex(declared, fields);
            case MANIFEST -> readImage(declared, fields);
            case BLOB ->
                throw invalid(Excerpt.quoted(declared.value()) + " is not the type of a manifest or an index", null);
        };
    }

    private static IndexManifest readIndex(MediaType type, Fields fields) {
        refuse(fields, "config", "an index");
        refuse(fields, "layers", "an index");
        if (!fields.json().has("manifests")) {
            throw fields.invalidMember("manifests", "is missing; it must be an array");
        }
        return new IndexManifest(
                type,
                fields.json(),
                descriptors(fields, "manifests"),
                subject(fields),
                fields.text("artifactType"),
                fields.textMap("annotations"));
    }

    private static ImageManifest readImage(MediaType type, Fields fields) {
        refuse(fields, "manifests", "a manifest");
        return new ImageManifest(
                type,
                fields.json(),
                Descriptor.read(fields.requiredObject("config")),
                descriptors(fields, "layers"),
                subject(fields),
                fields.text("artifactType"),
                fields.textMap("annotations"));
    }

    private static MediaType typeOf(Fields fields) {
        String stated = fields.text("mediaType");
        if (stated != null && !stated.isEmpty()) {
            return new MediaType(stated);
        }
        return fields.json().has("manifests") ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
    }

    private static List<Descriptor> descriptors(Fields fields, String name) {
        return fields.objects(name).stream().map(Descriptor::read).toList();
    }

    private static @Nullable Descriptor subject(Fields fields) {
        Fields subject = fields.object("subject");
        return subject == null ? null : Descriptor.read(subject);
    }

    private static void refuse(Fields fields, String name, String kind) {
        if (fields.has(name)) {
            throw fields.invalidMember(name, "must not be in " + kind + ": the document can be read in two ways");
        }
    }

    private static void checkSchemaVersion(Fields fields) {
        long version = fields.json().get("schemaVersion") instanceof JsonNumber number
                ? number.toLong().orElse(-1)
                : -1;
        if (version == 1) {
            throw invalid("it is a manifest of Docker's schema 1", SCHEMA_1_HINT);
        }
        if (version != 2) {
            throw fields.invalidMember("schemaVersion", "must be 2");
        }
    }

    private static void checkMediaType(Fields fields, MediaType declared) {
        String stated = fields.text("mediaType");
        if (stated != null && !stated.isEmpty() && !stated.equals(declared.value())) {
            throw fields.invalidMember(
                    "mediaType", "is " + Excerpt.quoted(stated) + " but the document was declared as " + declared);
        }
    }

    /** Puts the document's digest in front of what is wrong with it. */
    private static <T> T reading(byte[] content, Function<Fields, T> read) {
        try {
            JsonObject json = JsonReader.readObject(content, JsonLimits.MANIFEST);
            return read.apply(Fields.of(json));
        } catch (InvalidInputException why) {
            throw new InvalidInputException(
                    why.code() == ErrorCode.LIMIT_EXCEEDED ? ErrorCode.LIMIT_EXCEEDED : ErrorCode.INVALID_MANIFEST,
                    "manifest " + Digest.sha256(content) + ": " + why.getMessage(),
                    why.hint().orElse(null));
        }
    }

    private static InvalidInputException invalid(String what, @Nullable String hint) {
        return new InvalidInputException(ErrorCode.INVALID_MANIFEST, what, hint);
    }
}
