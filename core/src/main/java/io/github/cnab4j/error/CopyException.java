/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.error;

import java.util.List;

/**
 * A copy that did not succeed. Nothing that names the failed content was committed at the target. The first failure is the
 * cause; all of them are in {@link #failures()}.
 */
public final class CopyException extends CnabException {
    private static final long serialVersionUID = 1L;

    /** One image (or other root of a copy) that failed, with its cause. */
    public record Failure(String label, CnabException cause) {}

    private final transient List<Failure> failures;

    /** A copy whose roots failed as listed; at least one. */
    public CopyException(String message, List<Failure> failures) {
        super(
                failures.size() == 1 ? failures.get(0).cause().code() : ErrorCode.COPY_FAILED,
                message,
                failures.get(0).cause().hint().orElse(null),
                failures.get(0).cause());
        this.failures = List.copyOf(failures);
        failures.stream().skip(1).forEach(failure -> addSuppressed(failure.cause()));
    }

    /** Every root that failed, in the order in which the roots were added. */
    public List<Failure> failures() {
        return failures;
    }
}
