/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

/** {@code true} or {@code false}. */
public record JsonBoolean(boolean value) implements JsonValue {
    @Override
    public String kind() {
        return "a boolean";
    }
}
