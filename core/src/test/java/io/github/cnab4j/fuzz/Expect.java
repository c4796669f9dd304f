/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import io.github.cnab4j.error.CnabException;
import java.util.Objects;

/** What must hold whatever the input is; what does not is an {@link AssertionError}. */
public final class Expect {
    private Expect() {}

    /** Work that may refuse its input by an exception of the library, in words of one line, and by no other. */
    public static void accepted(Runnable work) {
        try {
            work.run();
        } catch (CnabException refused) {
            String message = refused.getMessage();
            that(message != null && !message.isBlank() && message.length() < 100_000);
            that(message.indexOf('\n') < 0);
        }
    }

    /** A condition. */
    public static void that(boolean holds) {
        if (!holds) {
            throw new AssertionError("does not hold");
        }
    }

    /** Equality. */
    public static void same(Object one, Object other) {
        if (!Objects.equals(one, other)) {
            throw new AssertionError(one + " is not " + other);
        }
    }
}
