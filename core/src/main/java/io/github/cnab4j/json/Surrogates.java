/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

/** The halves of characters beyond U+FFFF in Java's strings. */
final class Surrogates {
    private Surrogates() {}

    /** Index of the first half without its other half, or -1. */
    static int firstLone(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (isPairAt(text, i)) {
                    i++;
                } else {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Whether a whole character beyond U+FFFF starts at {@code index}. */
    static boolean isPairAt(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }
}
