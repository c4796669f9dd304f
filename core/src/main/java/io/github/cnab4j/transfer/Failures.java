/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.CopyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What failed, by label. Guarded by the session's lock. */
final class Failures {
    /** A label without a failure has an entry too, so that failures come out in the order in which labels were added. */
    private final Map<String, @Nullable CnabException> byLabel = new LinkedHashMap<>();

    private boolean any;

    void mention(String label) {
        byLabel.putIfAbsent(label, null);
    }

    /** Records a failure; of one label the first counts. */
    void add(String label, CnabException why) {
        any = true;
        if (byLabel.get(label) == null) {
            byLabel.put(label, why);
        }
    }

    boolean any() {
        return any;
    }

    CopyException exception() {
        List<CopyException.Failure> failures = byLabel.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> new CopyException.Failure(entry.getKey(), Objects.requireNonNull(entry.getValue())))
                .toList();
        CopyException.Failure first = failures.get(0);
        String message = failures.size() == 1
                ? first.label() + ": " + first.cause().getMessage()
                : failures.size() + " of " + byLabel.size() + " failed, first " + first.label() + ": "
                        + first.cause().getMessage();
        return new CopyException(message, failures);
    }
}
