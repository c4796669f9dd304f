/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members that an object of a bundle may have, with their types, and which of them the Go tool writes even when they are
 * empty: that decides the digest of a bundle.
 */
record Shape(Map<String, Member> members) {
    /** Types of members. {@code null} counts as absent for all of them. */
    enum Kind {
        TEXT,
        FLAG,
        SIZE,
        TEXTS,
        TEXT_MAP,
        /** An object of its own shape. */
        OBJECT,
        /** A list of objects of one shape. */
        OBJECTS,
        /** Named objects of one shape. */
        OBJECT_MAP,
        /** Named JSON schemas: objects or booleans. */
        SCHEMAS,
        /** An object of anything. */
        ANYTHING
    }

    /**
     * One member.
     *
     * @param always whether it is written when it is empty or absent
     * @param shape the shape of its objects, if it has any
     */
    record Member(Kind kind, boolean always, @Nullable Shape shape) {
        Shape objects() {
            if (shape == null) {
                throw new IllegalStateException(kind + " has no objects");
            }
            return shape;
        }
    }

    private static final Shape ACTION =
            new Builder().flag("modifies").flag("stateless").text("description").build();
    private static final Shape DESTINATION =
            new Builder().text("env").text("path").build();
    private static final Shape PARAMETER = new Builder()
            .alwaysText("definition")
            .texts("applyTo")
            .text("description")
            .always("destination", Kind.OBJECT, DESTINATION)
            .flag("required")
            .build();
    private static final Shape CREDENTIAL = new Builder()
            .text("env")
            .text("path")
            .texts("applyTo")
            .text("description")
            .flag("required")
            .build();
    private static final Shape OUTPUT = new Builder()
            .alwaysText("definition")
            .texts("applyTo")
            .text("description")
            .alwaysText("path")
            .build();
    private static final Shape MAINTAINER =
            new Builder().alwaysText("name").text("email").text("url").build();
    private static final Shape INVOCATION_IMAGE = image().build();
    private static final Shape COMPONENT_IMAGE =
            image().alwaysText("description").build();

    /** A bundle. */
    static final Shape BUNDLE = new Builder()
            .alwaysText("schemaVersion")
            .alwaysText("name")
            .alwaysText("version")
            .alwaysText("description")
            .texts("keywords")
            .put("maintainers", Kind.OBJECTS, MAINTAINER)
            .always("invocationImages", Kind.OBJECTS, INVOCATION_IMAGE)
            .put("images", Kind.OBJECT_MAP, COMPONENT_IMAGE)
            .put("actions", Kind.OBJECT_MAP, ACTION)
            .put("parameters", Kind.OBJECT_MAP, PARAMETER)
            .put("credentials", Kind.OBJECT_MAP, CREDENTIAL)
            .put("outputs", Kind.OBJECT_MAP, OUTPUT)
            .put("definitions", Kind.SCHEMAS, null)
            .text("license")
            .texts("requiredExtensions")
            .put("custom", Kind.ANYTHING, null)
            .build();

    private static Builder image() {
        return new Builder()
                .alwaysText("imageType")
                .alwaysText("image")
                .text("contentDigest")
                .put("size", Kind.SIZE, null)
                .put("labels", Kind.TEXT_MAP, null)
                .text("mediaType");
    }

    private static final class Builder {
        private final Map<String, Member> members = new LinkedHashMap<>();

        Builder text(String name) {
            return put(name, Kind.TEXT, null);
        }

        Builder alwaysText(String name) {
            return always(name, Kind.TEXT, null);
        }

        Builder texts(String name) {
            return put(name, Kind.TEXTS, null);
        }

        Builder flag(String name) {
            return put(name, Kind.FLAG, null);
        }

        Builder put(String name, Kind kind, @Nullable Shape shape) {
            members.put(name, new Member(kind, false, shape));
            return this;
        }

        Builder always(String name, Kind kind, @Nullable Shape shape) {
            members.put(name, new Member(kind, true, shape));
            return this;
        }

        Shape build() {
            return new Shape(Map.copyOf(members));
        }
    }
}
