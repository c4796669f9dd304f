/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.store.WaitClock;
import java.time.Duration;
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
    private final WaitClock clock;
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
     * @param clock measures the pauses of hosts
     * @param allowed which tasks may start; asked with the lock held
     */
    Scheduler(int width, WaitClock clock, Predicate<Task> allowed) {
        this.allowed = allowed;
        this.clock = clock;
        this.lanes = new Lanes(width, clock);
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

    /** A host has too much to do: from here on it gets less, and nothing before the pause is over. */
    void slowDown(String host, Duration pause) {
        change(() -> lanes.slowDown(host, pause));
    }

    /** As {@link #slowDown}, but it is the manifests put there that become fewer. */
    void slowDownManifests(String host, Duration pause) {
        change(() -> lanes.slowDownManifests(host, pause));
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
                    awaitChange();
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

    /** The end of a host's pause changes what may start, and nobody but the thread that waits would notice. */
    @SuppressWarnings("WaitNotInLoop") // the caller's
    private void awaitChange() throws InterruptedException {
        long pause = lanes.untilEndOfPause();
        if (startReady() > 0) {
            return;
        }
        if (pause > 0) {
            clock.await(changed, pause);
        } else {
            changed.await();
        }
    }

    private boolean isIdle() {
        return busyWorkers == 0 && (crash != null || !ready.hasAny(allowed));
    }

    /** Starts what may start; returns how much that was. */
    private int startReady() {
        int started = 0;
        while (busyWorkers < mostWorkers) {
            Task task = takeReady();
            if (task == null) {
                break;
            }
            if (!start(task)) {
                break;
            }
            started++;
        }
        return started;
    }

    /** A system without room for another thread fails the session, which must not wait for a worker that never began. */
    private boolean start(Task task) {
        busyWorkers++;
        try {
            workers.start(() -> work(task));
            return true;
        } catch (RuntimeException | Error noThread) {
            busyWorkers--;
            lanes.end(task);
            crash = crash == null ? noThread : crash;
            return false;
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
