/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

/** Text from outside in a message: short, one line, without control characters. */
final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    static String text(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        StringBuilder shown = new StringBuilder(cut.length());
        cut.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append('�');
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
