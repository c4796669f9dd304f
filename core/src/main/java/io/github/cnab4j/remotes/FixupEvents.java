/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.transfer.CopyEvent;
import io.github.cnab4j.transfer.CopyNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of a copy into those of the Go package: per image a start, progresses and one end. The only class that knows
 * both families of events. Safe for use by several threads.
 */
final class FixupEvents implements Consumer<CopyEvent> {
    private enum State {
        WAITING,
        STARTED,
        ENDED
    }

    private static final class Image {
        private final ImageGroup group;
        private State state = State.WAITING;

        Image(ImageGroup group) {
            this.group = group;
        }
    }

    private final Location target;
    private final Consumer<FixupEvent> callback;
    private final List<ImageGroup> groups;
    private final Map<String, Image> byLabel = new HashMap<>();
    private final ProgressGraph graph = new ProgressGraph();
    private @Nullable RuntimeException broken;

    FixupEvents(Location target, List<ImageGroup> groups, Consumer<FixupEvent> callback) {
        this.target = target;
        this.callback = callback;
        this.groups = List.copyOf(groups);
        groups.forEach(group -> byLabel.put(group.shown(), new Image(group)));
    }

    List<ImageGroup> groups() {
        return groups;
    }

    /** Work on an image starts, or goes on: said once. */
    synchronized void start(ImageGroup group) {
        Image image = image(group);
        if (image.state == State.WAITING) {
            image.state = State.STARTED;
            tell(image, FixupEventType.COPY_IMAGE_START, "", null);
        }
    }

    /** What is said of an image while another does the work. */
    synchronized void progress(ImageGroup group, String message) {
        Image image = image(group);
        if (image.state == State.STARTED) {
            tell(image, FixupEventType.PROGRESS, message, null);
        }
    }

    /** Work on an image has ended; what is said later of it is dropped. */
    synchronized void end(ImageGroup group, String message, @Nullable CnabException error) {
        end(image(group), message, error);
    }

    /** Ends every image that was started and has not ended. */
    synchronized void endAll(@Nullable CnabException error) {
        groups.forEach(group -> end(image(group), "", error));
    }

    /** Throws what the callback threw, if it did. */
    synchronized void throwIfBroken() {
        if (broken != null) {
            throw broken;
        }
    }

    @Override
    public synchronized void accept(CopyEvent event) {
        switch (event.kind()) {
            case DISCOVERED -> discovered((CopyEvent.Discovered) event);
            case STARTED -> {
                CopyNode node = ((CopyEvent.Started) event).node();
                graph.started(node.key());
                progress(node);
            }
            case FINISHED -> {
                CopyEvent.Finished finished = (CopyEvent.Finished) event;
                graph.finished(finished.node().key(), action(finished.result()));
                progress(finished.node());
            }
            case FAILED -> {
                CopyEvent.Failed failed = (CopyEvent.Failed) event;
                graph.failed(failed.node().key(), failed.error());
                progress(failed.node());
            }
            case ROOT_FINISHED -> {
                CopyEvent.RootFinished root = (CopyEvent.RootFinished) event;
                Image image = byLabel.get(root.label());
                if (image != null) {
                    end(image, "", root.error());
                }
            }
            case ROOT_STARTED, PROGRESSED -> {
                // An image starts before it is looked for, and a snapshot has no bytes.
            }
        }
    }

    private void discovered(CopyEvent.Discovered event) {
        CopyNode parent = event.parent();
        graph.discovered(event.descriptor(), parent == null ? null : parent.key(), event.label());
    }

    private void progress(CopyNode node) {
        graph.owner(node.key()).map(byLabel::get).ifPresent(image -> {
            if (image.state == State.STARTED) {
                tell(image, FixupEventType.PROGRESS, "", null);
            }
        });
    }

    private static String action(CopyEvent.Result result) {
        return switch (result) {
            case UPLOADED -> DescriptorProgressSnapshot.COPY;
            case MOUNTED -> DescriptorProgressSnapshot.MOUNTED;
            case PRESENT -> DescriptorProgressSnapshot.SKIP_PRESENT;
            case FOREIGN -> DescriptorProgressSnapshot.SKIP_FOREIGN;
        };
    }

    private void end(Image image, String message, @Nullable CnabException error) {
        if (image.state == State.STARTED) {
            image.state = State.ENDED;
            tell(image, FixupEventType.COPY_IMAGE_END, message, error);
        }
    }

    /** An image that stands in several places of the bundle starts and ends as often. */
    private void tell(Image image, FixupEventType type, String message, @Nullable CnabException error) {
        String label = image.group.shown();
        for (int i = 0; i < image.group.uses().size() && broken == null; i++) {
            try {
                callback.accept(
                        new FixupEvent(image.group.image(), target, type, message, error, () -> graph.snapshot(label)));
            } catch (RuntimeException thrown) {
                broken = thrown;
            }
        }
    }

    private Image image(ImageGroup group) {
        return Objects.requireNonNull(byLabel.get(group.shown()));
    }
}
