/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import io.github.cnab4j.error.Excerpt;
import java.util.regex.Pattern;

/** A place in a document as messages name it: {@code images.web.size}, {@code invocationImages[0]}; the root is empty. */
record JsonPath(String text) {
    static final JsonPath ROOT = new JsonPath("");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$-]{1,80}");

    JsonPath member(String name) {
        if (PLAIN.matcher(name).matches()) {
            return new JsonPath(text.isEmpty() ? name : text + "." + name);
        }
        return new JsonPath(text + "[" + Excerpt.quoted(name) + "]");
    }

    JsonPath element(int index) {
        return new JsonPath(text + "[" + index + "]");
    }

    /** The text for the middle of a sentence. */
    @Override
    public String toString() {
        return text.isEmpty() ? "the top level" : text;
    }
}
