/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

/** A string: well-formed Unicode when it was read by a reader of this package. */
public record JsonString(String value) implements JsonValue {
    @Override
    public String kind() {
        return "a string";
    }
}
