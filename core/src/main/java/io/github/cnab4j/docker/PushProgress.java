/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

/**
 * One thing that an engine says while it pushes.
 *
 * @param layer the short id of the layer that it is about; empty if it is about the image
 * @param status what is done, in the engine's words; one line, fit for a terminal
 * @param current how many bytes of the layer were sent
 * @param total how many there are; 0 if this is not about bytes
 */
public record PushProgress(String layer, String status, long current, long total) {
    /** Whether it says no more than how far a transfer is, and will be followed by more of its kind. */
    public boolean isTransient() {
        return total > 0 || current > 0;
    }

    /** The line as Docker's client writes it where there is no terminal. */
    @Override
    public String toString() {
        return layer.isEmpty() ? status : layer + ": " + status;
    }
}
