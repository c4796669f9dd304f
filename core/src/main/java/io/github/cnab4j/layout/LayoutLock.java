/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The right to change a layout's {@code index.json}, held by one thread of one process at a time. Among processes it is a lock
 * on a file that is never removed and that nothing else opens: on POSIX systems closing any other handle on it would give the
 * lock up. A file lock belongs to the whole Java process, hence the locks in front of it, shared by all stores of the process;
 * two layouts that share one merely wait for each other.
 */
final class LayoutLock {
    private static final List<Lock> PROCESS =
            Stream.generate(() -> (Lock) new ReentrantLock()).limit(64).toList();

    private LayoutLock() {}

    /** Something that is done to files while the lock is held. */
    interface Work {
        void run() throws IOException;
    }

    /** Waits for the lock, does the work, lets go. The directory {@link LayoutDirectory#own()} must be there. */
    static void hold(CallScope scope, LayoutDirectory directory, Work work) {
        Lock inProcess = PROCESS.get(Math.floorMod(identity(directory), PROCESS.size()));
        inProcess.lock();
        try (FileChannel channel = directory.openLock()) {
            acquire(scope, channel);
            work.run();
        } catch (IOException failed) {
            throw FileFailures.writing(directory, "change index.json", failed);
        } catch (OverlappingFileLockException loadedTwice) {
            throw new FileException(
                    "cannot change index.json in " + directory + ": another copy of this library in this process does",
                    "Run again when that one is done.",
                    loadedTwice);
        } finally {
            inProcess.unlock();
        }
    }

    /** Waits until no other process has the lock or the caller stops the work. */
    private static void acquire(CallScope scope, FileChannel channel) throws IOException {
        CallScope.Registration abort = scope.onCancel(() -> close(channel));
        try {
            channel.lock();
        } catch (ClosedChannelException closed) {
            if (scope.cancelled()) {
                throw new CancelledException("stopped by the caller while waiting for another process");
            }
            throw closed;
        } finally {
            abort.close();
        }
        scope.throwIfCancelled();
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException stillOpen) {
            // The thread that waits sees that it is to stop when it gets the lock.
        }
    }

    /** The same number for every name of one directory. */
    private static int identity(LayoutDirectory directory) {
        try {
            Path root = directory.root();
            Object key = Files.readAttributes(root, BasicFileAttributes.class).fileKey();
            return key == null ? root.toRealPath().hashCode() : key.hashCode();
        } catch (IOException failed) {
            throw FileFailures.reading(directory, "read the directory", failed);
        }
    }
}
