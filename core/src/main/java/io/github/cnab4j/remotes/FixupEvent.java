/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.reference.Location;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to one image of a bundle. Each image has one start, any number of progresses and one end, in this
 * order; the events of different images interleave freely, but no two are delivered at the same time.
 *
 * @param sourceImage the image's name as the bundle gives it; empty for an image that has only a digest
 * @param destinationRef where the bundle goes
 * @param eventType what happened
 * @param message a remark for people, mostly empty
 * @param error why the image failed; only at an end, and absent if it did not fail
 * @param progress builds the state of the image's content when it is asked; may be kept and asked later, by any thread
 */
public record FixupEvent(
        String sourceImage,
        Location destinationRef,
        FixupEventType eventType,
        String message,
        @Nullable CnabException error,
        Supplier<ProgressSnapshot> progress) {}
