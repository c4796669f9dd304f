/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Reads contents one after the other for somebody who writes them one after the other, and begins those that come next meanwhile: small
 * ones cost little but their requests, large ones little but their bytes. What was read and not yet taken is bounded, and of large
 * contents two are open at most: a server does not wait long for a reader that has no use for the bytes yet. One thread takes.
 */
final class ReadAhead implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_LARGE = 2;

    private final List<StagedContent.Staged> contents;
    private final Cancellation stop = new Cancellation();
    private final CallScope.Registration outer;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Pipe> pipes = new ArrayList<>();
    private final Object admission = new Object();
    private final Semaphore room = new Semaphore(MOST_BYTES);
    private final Semaphore large = new Semaphore(MOST_LARGE);
    private int begun;
    private int taken;

    ReadAhead(CallScope scope, List<StagedContent.Staged> contents) {
        this.contents = contents;
        contents.forEach(content -> pipes.add(new Pipe(content.descriptor().size(), this::release)));
        this.outer = scope.onCancel(this::stop);
        for (int i = 0; i < Math.min(THREADS, contents.size()); i++) {
            Thread thread = new Thread(this::read, "cnab4j-read-ahead-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** The next content, to be closed before the one after it is asked for. It fails with the library's exceptions only. */
    InputStream next() {
        return pipes.get(taken++);
    }

    private void read() {
        for (int i = begin(); i >= 0; i = begin()) {
            copy(contents.get(i), pipes.get(i));
        }
    }

    /** Contents are begun in their order: the one that is taken next has always found room. Returns -1 after the last. */
    private int begin() {
        synchronized (admission) {
            if (begun == contents.size() || stop.cancelled()) {
                return -1;
            }
            Pipe pipe = pipes.get(begun);
            try {
                if (pipe.isLarge()) {
                    large.acquire();
                }
                room.acquire(pipe.capacity());
            } catch (InterruptedException stopped) {
                return -1;
            }
            return begun++;
        }
    }

    private void release(Pipe pipe) {
        room.release(pipe.capacity());
        if (pipe.isLarge()) {
            large.release();
        }
    }

    private void copy(StagedContent.Staged content, Pipe pipe) {
        Descriptor descriptor = content.descriptor();
        try (InputStream in = Verified.checking(content.content().open(stop), descriptor, "the source")) {
            pipe.fill(in);
        } catch (IOException broken) {
            pipe.fail(new TransportException(
                    ErrorCode.UNREACHABLE,
                    "GET " + descriptor.digest(),
                    "reading " + descriptor.digest() + " from its source failed: " + broken.getMessage(),
                    null,
                    broken));
        } catch (CnabException failed) {
            pipe.fail(failed);
        } catch (InterruptedException stopped) {
            pipe.fail(new CancelledException("stopped by the caller"));
        } catch (RuntimeException | Error defect) {
            pipe.fail(defect);
        }
    }

    private void stop() {
        stop.cancel();
        threads.forEach(Thread::interrupt);
        pipes.forEach(pipe -> pipe.fail(new CancelledException("stopped by the caller")));
    }

    /** Stops what still goes on, and waits until nobody reads any more. */
    @Override
    public void close() {
        outer.close();
        stop();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
