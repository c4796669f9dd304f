/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image of a bundle that cannot be fixed up: it is nowhere to be found, or differs from what the bundle says. Where several
 * strategies were tried, the telling one is the cause and the others are suppressed.
 */
public final class FixupException extends CnabException {
    private static final long serialVersionUID = 1L;

    private final String image;

    /** A failure of {@code image} (the name that the bundle gives it). */
    public FixupException(
            ErrorCode code, String image, String message, @Nullable String hint, List<? extends Throwable> causes) {
        super(code, message, hint, causes.isEmpty() ? null : causes.get(0));
        this.image = image;
        causes.stream().skip(1).forEach(this::addSuppressed);
    }

    /** The image's name as the bundle gives it. */
    public String image() {
        return image;
    }
}
