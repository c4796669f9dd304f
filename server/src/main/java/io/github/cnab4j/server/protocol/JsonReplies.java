/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Response;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Responses with JSON of the server's own making. */
public final class JsonReplies {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonReplies() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Writer {
        /** Writes it. */
        void writeTo(JsonGenerator json);
    }

    /** A response with JSON of this content type. */
    public static Response of(int status, String contentType, Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            writer.writeTo(json);
        }
        return Response.of(status).with("Content-Type", contentType).withBody(Body.of(bytes.toByteArray()));
    }

    /** An error in the form of the distribution specification. */
    public static Response error(int status, String code, String message) {
        return of(status, "application/json", json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("errors");
            json.writeStartObject();
            json.writeStringProperty("code", code);
            json.writeStringProperty("message", message);
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
