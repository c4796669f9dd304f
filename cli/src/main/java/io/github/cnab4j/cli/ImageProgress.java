/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.remotes.FixupEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says which image is begun, done or failed, in the words of the Go tool. */
record ImageProgress(Terminal terminal) implements Consumer<FixupEvent> {
    @Override
    public void accept(FixupEvent event) {
        switch (event.eventType()) {
            case COPY_IMAGE_START -> terminal.progress("Starting to copy image " + event.sourceImage() + "...");
            case COPY_IMAGE_END -> ended(event.sourceImage(), event.error());
            case PROGRESS -> {}
        }
    }

    private void ended(String image, @Nullable CnabException error) {
        terminal.progress(
                error == null
                        ? "Completed image " + image + " copy"
                        : "Failed to copy image " + image + ": " + error.getMessage());
    }
}
