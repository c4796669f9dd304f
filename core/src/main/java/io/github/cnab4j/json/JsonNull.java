/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

/** The value {@code null}. */
public enum JsonNull implements JsonValue {
    /** The only instance. */
    NULL;

    @Override
    public String kind() {
        return "null";
    }
}
