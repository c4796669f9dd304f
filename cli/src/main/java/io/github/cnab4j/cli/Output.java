/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.FileException;

/** Where a result goes: a file, or standard output. */
sealed interface Output permits OutputFile, StandardOutput {
    /** Whether a result written here would overwrite one that is written there. */
    boolean collidesWith(Output other);

    /**
     * Makes the content ready, with everything that can go wrong.
     *
     * @throws FileException if the content cannot be written
     */
    Staged stage(byte[] content);

    /** Content that is ready. Closed without a commit, it leaves no trace. */
    interface Staged extends AutoCloseable {
        /**
         * Puts the content in its place.
         *
         * @throws FileException if that fails
         */
        void commit();

        @Override
        void close();
    }
}
