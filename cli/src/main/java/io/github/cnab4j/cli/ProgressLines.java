/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

/** Takes what an engine says and tells it the user line by line. Calls come from one thread at a time. */
final class ProgressLines implements Appendable {
    private static final int LONGEST = 4096;

    private final Terminal terminal;
    private final StringBuilder line = new StringBuilder();

    ProgressLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Appendable append(CharSequence text) {
        return append(text, 0, text.length());
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) {
        for (int i = start; i < end; i++) {
            append(text.charAt(i));
        }
        return this;
    }

    @Override
    public Appendable append(char c) {
        if (c == '\n') {
            terminal.progress(line.toString());
            line.setLength(0);
        } else if (line.length() < LONGEST) {
            line.append(c);
        }
        return this;
    }
}
