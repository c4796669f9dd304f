/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import org.jspecify.annotations.Nullable;

/** A store that does not hold what was asked for. */
public final class NotFoundException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final boolean repositoryUnknown;

    /** Content or a tag that is absent. */
    public NotFoundException(String request, String message, @Nullable String hint) {
        this(request, message, hint, false);
    }

    /** The same, where the store may have said that it does not even know the repository. */
    public NotFoundException(String request, String message, @Nullable String hint, boolean repositoryUnknown) {
        super(ErrorCode.NOT_FOUND, request, message, hint, null);
        this.repositoryUnknown = repositoryUnknown;
    }

    /** Whether the store said that the whole repository does not exist. */
    public boolean repositoryUnknown() {
        return repositoryUnknown;
    }
}
