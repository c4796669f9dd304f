/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has workers do ready tasks, and owns the lock of a session: all changes of its state go through {@link #change}, which then
 * starts what became ready. The lock is never held during I/O, and a worker that finds nothing to do ends: only {@link
 * #runToEnd} waits.
 */
final class Scheduler {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Workers workers = new Workers();
    private final EventQueue events = new EventQueue();
    private final Predicate<Task> allowed;
    private final Lanes lanes;
    private final ReadyQueue ready;
    private final int mostWorkers;
    private long submitted;
    private int busyWorkers;
    private @Nullable Throwable crash;

    /**
     * A scheduler without work.
     *
     * @param width most tasks at a time that use one host
     * @param allowed which tasks may start; asked with the lock held
     */
    Scheduler(int width, Predicate<Task> allowed) {
        this.allowed = allowed;
        this.lanes = new Lanes(width);
        this.ready = new ReadyQueue(lanes);
        this.mostWorkers = 2 * width;
    }

    /** Changes the state. */
    void change(Runnable action) {
        change(() -> {
            action.run();
            return true;
        });
    }

    /** Changes the state and takes something out of it. */
    <T> T change(Supplier<T> action) {
        lock.lock();
        try {
            T result = action.get();
            startReady();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a task; within {@link #change} only. */
    void submit(Task.Rank rank, long size, Set<String> hosts, Runnable work) {
        ready.add(new Task(rank, size, submitted++, hosts, work));
    }

    /** The events of the session; within {@link #change} only. */
    EventQueue events() {
        return events;
    }

    /**
     * Waits until nothing is in flight and nothing that is allowed is ready. Events are delivered meanwhile.
     *
     * @param stop what makes the work end early; called if this thread is interrupted
     * @return whether it was interrupted
     */
    boolean runToEnd(Listener listener, Runnable stop) {
        boolean interrupted = false;
        while (true) {
            List<CopyEvent> happened = List.of();
            boolean stopNow = false;
            lock.lock();
            try {
                if (events.isEmpty() && isIdle()) {
                    return interrupted;
                }
                if (events.isEmpty()) {
                    changed.await();
                }
                happened = events.drain();
            } catch (InterruptedException wish) {
                interrupted = true;
                stopNow = true;
            } finally {
                lock.unlock();
            }
            if (stopNow) {
                stop.run();
            }
            listener.tell(happened);
        }
    }

    /**
     * Lets the threads go.
     *
     * @throws RuntimeException if a task ended in a way that only a defect explains
     */
    void close() {
        workers.close();
        if (crash instanceof Error error) {
            throw error;
        }
        if (crash instanceof RuntimeException defect) {
            throw defect;
        }
    }

    private boolean isIdle() {
        return busyWorkers == 0 && (crash != null || !ready.hasAny(allowed));
    }

    private void startReady() {
        while (busyWorkers < mostWorkers) {
            Task task = takeReady();
            if (task == null) {
                return;
            }
            busyWorkers++;
            workers.start(() -> work(task));
        }
    }

    private @Nullable Task takeReady() {
        return crash == null ? ready.take(allowed) : null;
    }

    private void work(Task first) {
        Task task = first;
        while (task != null) {
            Throwable defect = run(task);
            lock.lock();
            try {
                crash = crash == null ? defect : crash;
                lanes.end(task);
                task = takeReady();
                if (task == null) {
                    busyWorkers--;
                }
                startReady();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Tasks handle every failure that can happen; what is left is a defect, which must not leave the session waiting. */
    private static @Nullable Throwable run(Task task) {
        try {
            task.work().run();
            return null;
        } catch (RuntimeException | Error defect) {
            return defect;
        }
    }
}
