/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a thick bundle is published. Immutable: start from {@link #defaults()} and derive.
 *
 * @param push how the bundle is pushed
 * @param eventCallback told what happens to each image, as {@link FixupOptions#eventCallback} is
 * @param parallelism most requests and transfers at a time; null: as {@link RemotesBuilder#copyOptions} says
 */
public record PublishOptions(
        PushOptions push,
        Consumer<FixupEvent> eventCallback,
        @Nullable Integer parallelism) {
    private static final PublishOptions DEFAULTS = new PublishOptions(PushOptions.defaults(), event -> {}, null);

    /**
     * Checks the width.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public PublishOptions {
        if (parallelism != null && parallelism <= 0) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION, "parallelism is " + parallelism + ", must be above 0");
        }
    }

    /** Fallbacks allowed, nobody told, the builder's width. */
    public static PublishOptions defaults() {
        return DEFAULTS;
    }

    /** The same with these options of the push. */
    public PublishOptions withPush(PushOptions options) {
        return new PublishOptions(options, eventCallback, parallelism);
    }

    /** The same with this listener. */
    public PublishOptions withEventCallback(Consumer<FixupEvent> callback) {
        return new PublishOptions(push, callback, parallelism);
    }

    /**
     * The same with another width.
     *
     * @throws InvalidInputException if it is 0 or below
     */
    public PublishOptions withParallelism(int width) {
        return new PublishOptions(push, eventCallback, width);
    }
}
