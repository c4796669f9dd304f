/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.WritableStore;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A repository in memory that keeps account of every call and runs a hook before it: the hook may fail, refuse or wait. */
final class RecordingStore implements WritableStore {
    enum Operation {
        EXISTS,
        FETCH,
        PUSH,
        ASK_REPOSITORY
    }

    /** A call. */
    record Call(Operation operation, Descriptor descriptor, PushHints hints) {
        Digest digest() {
            return descriptor.digest();
        }
    }

    /** Runs before a call is answered. */
    interface Hook {
        void before(CallScope scope, Call call);
    }

    private static final Descriptor NOTHING = Descriptor.of(MediaType.OCI_CONFIG, new byte[0]);

    private final StoreId id;
    private final MemoryStore memory;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger warmedUp = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile Hook hook = (scope, call) -> {};
    private volatile boolean unknownRepository;

    RecordingStore(String host, String repository) {
        this.id = new StoreId("registry", host, repository);
        this.memory = new MemoryStore(repository);
    }

    RecordingStore hook(Hook replacement) {
        hook = replacement;
        return this;
    }

    RecordingStore unknownRepository() {
        unknownRepository = true;
        return this;
    }

    /** The store behind the record: what tests put there or look at is no call. */
    MemoryStore content() {
        return memory;
    }

    List<Call> calls(Operation operation) {
        return calls.stream().filter(call -> call.operation() == operation).toList();
    }

    List<Digest> digests(Operation operation) {
        return calls(operation).stream().map(Call::digest).toList();
    }

    int mostInFlight() {
        return mostInFlight.get();
    }

    boolean has(Descriptor descriptor) {
        return memory.exists(CallScope.unbounded(), descriptor);
    }

    Digest resolveTag(String tag) {
        return memory.resolve(CallScope.unbounded(), tag).digest();
    }

    List<String> tagList() {
        return new ArrayList<>(memory.tags(CallScope.unbounded()));
    }

    @Override
    public StoreId id() {
        return id;
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        return memory.resolve(scope, tagOrDigest);
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        return call(
                scope, new Call(Operation.EXISTS, descriptor, PushHints.NONE), () -> memory.exists(scope, descriptor));
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        return call(
                scope,
                new Call(Operation.FETCH, descriptor, PushHints.NONE),
                () -> memory.fetch(scope, descriptor, offset));
    }

    @Override
    public List<String> tags(CallScope scope) {
        return memory.tags(scope);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true);
    }

    @Override
    public PushOutcome push(CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints) {
        return call(
                scope,
                new Call(Operation.PUSH, descriptor, hints),
                () -> memory.push(scope, descriptor, content, hints));
    }

    @Override
    public void tag(CallScope scope, Descriptor manifest, String tag) {
        memory.tag(scope, manifest, tag);
    }

    @Override
    public boolean repositoryUnknown(CallScope scope) {
        return call(scope, new Call(Operation.ASK_REPOSITORY, NOTHING, PushHints.NONE), () -> unknownRepository);
    }

    @Override
    public void warmUp(CallScope scope) {
        warmedUp.incrementAndGet();
        throw new NotFoundException("CONNECT", "not now", null);
    }

    int warmedUp() {
        return warmedUp.get();
    }

    @Override
    public void close() {}

    private <T> T call(CallScope scope, Call call, Supplier<T> answer) {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            scope.throwIfCancelled();
            calls.add(call);
            hook.before(scope, call);
            return answer.get();
        } finally {
            inFlight.decrementAndGet();
        }
    }
}
