/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.reference.ArchiveLocation;
import java.util.List;
import java.util.Optional;

/** The files of a thick bundle (CNAB 104) beside its images. */
final class ThickBundle {
    static final String BUNDLE = "bundle.json";
    static final String RELOCATION_MAP = "relocation-mapping.json";

    /** The second is what older tools wrote. */
    private static final List<String> BUNDLES = List.of(BUNDLE, "bundle.cnab");

    private final Context context;
    private final ArchiveLocation archive;

    ThickBundle(Context context, ArchiveLocation archive) {
        this.context = context;
        this.archive = archive;
    }

    Bundle bundle() {
        for (String name : BUNDLES) {
            Optional<byte[]> content = member(name);
            if (content.isPresent()) {
                try {
                    return Bundle.parse(content.get());
                } catch (InvalidInputException unreadable) {
                    throw unusable(name, unreadable);
                }
            }
        }
        throw new InvalidInputException(
                ErrorCode.INVALID_ARCHIVE,
                "archive " + archive.file() + " is no thick bundle: it has no " + BUNDLE,
                "An archive of images alone is copied with copy " + archive.repositoryOnly() + ":TAG.");
    }

    /** Where the bundle's images are in the layout; without the file, or with none in it, under their own names. */
    RelocationMap relocationMap() {
        Optional<byte[]> content = member(RELOCATION_MAP);
        if (content.isEmpty() || new String(content.get(), UTF_8).strip().equals("null")) {
            return RelocationMap.empty();
        }
        try {
            return RelocationMap.parse(content.get());
        } catch (InvalidInputException unreadable) {
            throw unusable(RELOCATION_MAP, unreadable);
        }
    }

    private Optional<byte[]> member(String name) {
        return context.stores().member(context.scope(), archive, name, JsonLimits.BUNDLE.maxBytes());
    }

    private InvalidInputException unusable(String name, InvalidInputException cause) {
        return new InvalidInputException(
                cause.code(),
                name + " in archive " + archive.file() + " cannot be used: " + cause.getMessage(),
                cause.hint().orElse(null),
                cause);
    }
}
