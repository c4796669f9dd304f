/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

/**
 * Writes one gzip member (RFC 1952) whose blocks are deflated by several threads. The bytes depend on content and level alone, not
 * on the number of threads or their luck. Memory is bounded: two blocks for each thread. Not safe for use by several threads.
 */
final class GzipOutput extends OutputStream {
    private static final int MOST_THREADS = 8;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** An empty last block with the fixed code. */
    private static final byte[] LAST_BLOCK = {3, 0};

    private final OutputStream out;
    private final int level;
    private final int mostBlocks;
    private final ExecutorService threads;
    private final List<GzipBlock> blocks = new ArrayList<>();
    private final Deque<GzipBlock> free = new ArrayDeque<>();
    private final Deque<Future<GzipBlock>> packing = new ArrayDeque<>();
    private final CRC32 crc = new CRC32();
    private long size;
    private GzipBlock current;

    GzipOutput(OutputStream out, int level) throws IOException {
        this(out, level, Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS));
    }

    GzipOutput(OutputStream out, int level, int width) throws IOException {
        this.out = out;
        this.level = level;
        this.mostBlocks = 2 * width;
        this.threads = Executors.newFixedThreadPool(width, GzipOutput::daemon);
        this.current = newBlock();
        out.write(HEADER);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "cnab4j-gzip");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int at = offset;
        while (at < offset + length) {
            at += current.fill(bytes, at, offset + length - at);
            if (current.isFull()) {
                pack();
                current = nextBlock();
            }
        }
    }

    /** Ends the member; the stream below stays open. */
    void finish() throws IOException {
        if (current.length() > 0) {
            pack();
        }
        while (!packing.isEmpty()) {
            writeFirst();
        }
        out.write(LAST_BLOCK);
        writeInt((int) crc.getValue());
        writeInt((int) size);
        out.flush();
    }

    /** Stops the threads; the stream below stays open. */
    @Override
    public void close() {
        packing.forEach(block -> block.cancel(false));
        threads.shutdown();
        boolean idle = packing.isEmpty();
        if (idle) {
            blocks.forEach(GzipBlock::end);
        } else {
            // A thread may still be in a block: what it holds natively is freed with it.
            blocks.clear();
        }
    }

    private void pack() {
        crc.update(current.plain(), 0, current.length());
        size += current.length();
        packing.add(threads.submit(current::pack));
    }

    private GzipBlock nextBlock() throws IOException {
        if (free.isEmpty() && blocks.size() == mostBlocks) {
            writeFirst();
        }
        GzipBlock block = free.poll();
        return block == null ? newBlock() : block;
    }

    private GzipBlock newBlock() {
        GzipBlock block = new GzipBlock(level);
        blocks.add(block);
        return block;
    }

    private void writeFirst() throws IOException {
        try {
            GzipBlock block = packing.element().get();
            packing.remove();
            block.writeTo(out);
            free.add(block);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    private void writeInt(int value) throws IOException {
        out.write(new byte[] {(byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)});
    }
}
