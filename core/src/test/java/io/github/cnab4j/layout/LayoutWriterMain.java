/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import static java.nio.file.StandardOpenOption.WRITE;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.TestContent;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** What tests have another process do to a layout. Says on standard output how far it is. */
final class LayoutWriterMain {
    private LayoutWriterMain() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "tag" -> tag(directory, arguments[2], Integer.parseInt(arguments[3]));
            case "die" -> die(directory, Integer.parseInt(arguments[2]));
            case "lock" -> lock(directory);
            case "fill" -> fill(directory, Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** The image that a process writes under a tag. */
    static TestContent layer(String tag) {
        return TestContent.random(tag.hashCode(), 200_000);
    }

    /** Waits for a sign, then pushes images and tags them, one after another. */
    private static void tag(Path directory, String prefix, int count) throws IOException {
        try (LayoutStore store = LayoutStore.openOrCreate(directory)) {
            say("ready");
            awaitSign();
            for (int i = 0; i < count; i++) {
                String tag = prefix + i;
                TestContent layer = layer(tag);
                TestContent.config().pushTo(store);
                layer.pushTo(store);
                TestContent.manifest(layer).pushTo(store, tag);
                say(tag);
            }
        }
    }

    /** Ends without any clean-up when half of a blob has been written. */
    private static void die(Path directory, int size) {
        TestContent blob = TestContent.random(size, size);
        LayoutStore store = LayoutStore.openOrCreate(directory);
        ContentSource fatal = scope -> new FilterInputStream(new ByteArrayInputStream(blob.bytes())) {
            private int given;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (given > size / 2) {
                    Runtime.getRuntime().halt(9);
                }
                int n = super.read(buffer, offset, Math.min(length, 10_000));
                given += n;
                return n;
            }
        };
        store.push(CallScope.unbounded(), blob.descriptor(), fatal, PushHints.NONE);
    }

    /** Holds the lock that writers of all processes wait for. */
    private static void lock(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(".cnab4j/lock"), WRITE)) {
            channel.lock();
            say("locked");
            awaitSign();
        }
    }

    /** Pushes a blob for which there is no room. */
    private static void fill(Path directory, int size) {
        TestContent blob = TestContent.random(size, size);
        try (LayoutStore store = LayoutStore.open(directory)) {
            store.push(
                    CallScope.unbounded(), blob.descriptor(), blob.source(), PushHints.NONE.withTags(List.of("full")));
            say("stored");
        } catch (CnabException refused) {
            say(refused.code() + " " + refused.getMessage() + " "
                    + refused.hint().orElse(""));
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void awaitSign() throws IOException {
        InputStream sign = System.in;
        while (sign.read() >= 0) {}
    }
}
