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

    /** A copy whose roots failed as listed; at least one. What all of them have in common is the code. */
    public CopyException(String message, List<Failure> failures) {
        super(
                commonCode(failures),
                message,
                failures.get(0).cause().hint().orElse(null),
                failures.get(0).cause());
        this.failures = List.copyOf(failures);
        failures.stream().skip(1).forEach(failure -> addSuppressed(failure.cause()));
    }

    private static ErrorCode commonCode(List<Failure> failures) {
        ErrorCode first = failures.get(0).cause().code();
        return failures.stream().allMatch(failure -> failure.cause().code() == first) ? first : ErrorCode.COPY_FAILED;
    }

    /** Every root that failed, in the order in which the roots were added. */
    public List<Failure> failures() {
        return failures;
    }
}
