/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

/** The caller stopped the work. What had been committed to a store stays; running again does what is left. */
public final class CancelledException extends CnabException {
    private static final long serialVersionUID = 1L;

    /** Work that was stopped by its caller. */
    public CancelledException(String message) {
        super(ErrorCode.CANCELLED, message, null, null);
    }
}
