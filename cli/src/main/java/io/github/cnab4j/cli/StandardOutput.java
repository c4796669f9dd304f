/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

/** Standard output as the place of a result; several results follow one another, each with a line break. */
record StandardOutput(Terminal terminal) implements Output {
    @Override
    public boolean collidesWith(Output other) {
        return false;
    }

    @Override
    public Staged stage(byte[] content) {
        return new Staged() {
            @Override
            public void commit() {
                terminal.result(content);
            }

            @Override
            public void close() {}
        };
    }
}
