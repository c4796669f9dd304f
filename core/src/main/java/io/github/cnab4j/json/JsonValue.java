/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

/** A JSON value (RFC 8259). All implementations are immutable and compare by content. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {
    /** What this value is, with its article, for messages: {@code an object}, {@code a string}, {@code null}. */
    String kind();
}
