/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

/** What a {@link FixupEvent} tells. */
public enum FixupEventType {
    /** Work on an image starts. */
    COPY_IMAGE_START("CopyImageStart"),
    /** Work on an image has ended; {@link FixupEvent#error()} says whether it failed. */
    COPY_IMAGE_END("CopyImageEnd"),
    /** Work on an image went on; {@link FixupEvent#progress()} says how far it is. */
    PROGRESS("Progress");

    private final String value;

    FixupEventType(String value) {
        this.value = value;
    }

    /** The string that the Go package {@code remotes} of cnab-to-oci uses for this type. */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
