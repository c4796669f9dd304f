/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.WaitClock;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.transfer.Task.Rank;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out what a graph orders, and keeps account of roots, plan steps and failures. State is guarded by the scheduler's lock. */
final class Session implements CopySession, Graph.Orders, Graph.Observer {
    /** Places that opening connections leaves to requests. */
    private static final int OTHERS = 2;

    private final SessionScope scope;
    private final CallScope.Registration outerScope;
    private final Scheduler scheduler;
    private final Listener listener;
    private final NodeWork work;
    private final Graph graph;
    private final boolean deep;
    private final int width;
    private final Failures failures = new Failures();
    private final List<Root> roots = new ArrayList<>();
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicBoolean awaited = new AtomicBoolean();
    private final long begun = System.nanoTime();
    private int plansOutstanding;
    private final List<String> unfinished = new ArrayList<>();
    private boolean ended;

    Session(CopyOptions options, CallScope around, WaitClock clock, Consumer<? super CopyEvent> listener) {
        this.listener = new Listener(listener);
        this.scheduler = new Scheduler(options.parallelism(), clock, this::mayStart);
        this.scope = new SessionScope(around, scheduler::slowDown);
        this.work = new NodeWork(scope, scope.ofManifests(scheduler::slowDownManifests), options.manifestLimit());
        this.graph = new Graph(options, this, this);
        this.deep = options.deep();
        this.width = options.parallelism();
        this.outerScope = around.onCancel(this::stop);
    }

    @Override
    public CallScope scope() {
        return scope;
    }

    @Override
    public void plan(String label, Set<StoreId> stores, PlanStep step) {
        scheduler.change(() -> {
            failures.mention(label);
            submit(label, stores, step);
        });
    }

    private void submit(String label, Set<StoreId> stores, PlanStep step) {
        requireOpen();
        plansOutstanding++;
        scheduler.submit(Rank.PLAN, 0, Task.hosts(stores), () -> runStep(label, step));
    }

    @Override
    public void inquire(String label, WritableStore store, Inquiry about, TargetStep step) {
        scheduler.change(() -> {
            Target target = graph.target(store);
            if (target.startAsking()) {
                ask(label, target, about, step);
            } else {
                submit(label, Set.of(), () -> step.run(scheduler.change(target::given)));
            }
        });
    }

    @Override
    public void warmUp(ReadableStore store, int connections) {
        if (store.id().host().isEmpty()) {
            return;
        }
        scheduler.change(() -> {
            for (int i = 0; i < Math.min(connections, width - OTHERS); i++) {
                scheduler.submit(Rank.PLAN, 0, Task.hosts(Set.of(store.id())), () -> work.warmUp(store));
            }
        });
    }

    private void ask(String label, Target target, Inquiry about, TargetStep step) {
        TargetInquiry inquiry = new TargetInquiry(work, target.store());
        List<Runnable> questions = inquiry.questions(about, !deep);
        AtomicInteger open = new AtomicInteger(questions.size());
        for (Runnable question : questions) {
            submit(label, Set.of(target.id()), () -> {
                question.run();
                if (open.decrementAndGet() == 0) {
                    scheduler.change(() -> graph.targetAnswered(target, inquiry.answer()));
                    step.run(scheduler.change(target::given));
                }
            });
        }
    }

    @Override
    public void add(CopyRoot root) {
        scheduler.change(() -> {
            requireOpen();
            begin(root);
        });
    }

    @Override
    public CopyReport await() {
        if (awaited.getAndSet(true)) {
            throw new IllegalStateException("this session was awaited or closed before");
        }
        finish(listener);
        return scheduler.change(this::outcome);
    }

    @Override
    public void close() {
        if (!awaited.getAndSet(true)) {
            stop();
            finish(new Listener(event -> {}));
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("this session has ended");
        }
    }

    private void stop() {
        scope.cancel();
        scheduler.change(() -> {});
    }

    /** While planning goes on nothing is pushed; after a failure only planning goes on, to find what else is wrong. */
    private boolean mayStart(Task task) {
        if (scope.cancelled()) {
            return false;
        }
        return task.plans() || (!failures.any() && (!task.pushes() || plansOutstanding == 0));
    }

    private void finish(Listener told) {
        boolean interrupted = scheduler.runToEnd(told, this::stop);
        outerScope.close();
        scheduler.change(() -> {
            ended = true;
            roots.stream().filter(Root::end).forEach(root -> {
                unfinished.add(root.label());
                tellEnd(root, notCopied());
            });
        });
        scheduler.runToEnd(told, this::stop);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        scheduler.close();
    }

    private CopyReport outcome() {
        if (scope.cancelled()) {
            throw new CancelledException(
                    "stopped by the caller; what was copied stays, running again goes on from there");
        }
        if (failures.any()) {
            throw failures.exception();
        }
        if (!unfinished.isEmpty()) {
            throw new IllegalStateException("the copy ended without an end of " + unfinished);
        }
        return graph.report(bytesSent.get(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private CnabException notCopied() {
        return new CancelledException(
                "not copied: " + (failures.any() ? "something else failed" : "stopped by the caller"));
    }

    private void runStep(String label, PlanStep step) {
        try {
            step.run();
            scheduler.change(() -> plansOutstanding--);
        } catch (CnabException failed) {
            scheduler.change(() -> {
                plansOutstanding--;
                if (!scope.cancelled()) {
                    failures.add(label, failed);
                }
            });
        }
    }

    private void begin(CopyRoot wanted) {
        failures.mention(wanted.label());
        Root root = new Root(wanted);
        graph.add(root);
        roots.add(root);
    }

    // What the graph orders.

    @Override
    public void ask(Target target) {
        perform(
                Rank.DISCOVER,
                0,
                Task.hosts(Set.of(target.id())),
                () -> work.repositoryUnknown(target.store()),
                unknown -> graph.targetAnswered(target, TargetAnswer.repository(unknown)),
                cannotSay -> graph.targetAnswered(target, TargetAnswer.NOTHING));
    }

    @Override
    public void ask(Node node) {
        perform(
                Rank.DISCOVER,
                0,
                Task.hosts(Set.of(node.target().id())),
                () -> work.exists(node.target().store(), node.descriptor()),
                present -> graph.nodeAnswered(node, present),
                failed -> graph.askFailed(node, failed));
    }

    @Override
    public void read(Node node) {
        boolean manifest = node.manifest();
        perform(
                manifest ? Rank.DISCOVER : Rank.READ_BLOB,
                manifest ? 0 : node.descriptor().size(),
                Task.hosts(Set.of(node.origin().id())),
                () -> manifest
                        ? work.read(node.origin(), node.descriptor())
                        : work.readBlob(node.origin(), node.descriptor()),
                read -> graph.read(node, read),
                failed -> graph.readFailed(node, failed));
    }

    @Override
    public void push(Node node) {
        boolean inMemory = node.content() != null;
        AtomicReference<NodeWork.Push> begun = new AtomicReference<>();
        perform(
                node.manifest() ? Rank.PUSH_MANIFEST : Rank.PUSH_BLOB,
                node.descriptor().size(),
                inMemory
                        ? Task.hosts(Set.of(node.target().id()))
                        : Task.hosts(List.of(node.origin().id(), node.target().id())),
                () -> {
                    NodeWork.Push push = scheduler.change(() -> startPush(node));
                    begun.set(push);
                    return work.push(push, bytes -> sent(node, bytes));
                },
                pushed -> graph.pushed(node, pushed.result(), pushed.tags()),
                failed -> {
                    NodeWork.Push push = begun.get();
                    if (push != null && push.lackedSource(failed)) {
                        graph.pushLackedSource(node, failed);
                    } else {
                        graph.pushFailed(node, failed);
                    }
                });
    }

    private NodeWork.Push startPush(Node node) {
        tell(new CopyEvent.Started(node.id()));
        return NodeWork.Push.of(node, graph.mountable(node));
    }

    private void sent(Node node, long bytes) {
        bytesSent.addAndGet(bytes);
        if (node.addSent(bytes)) {
            scheduler.change(() -> scheduler.events().addProgress(node));
        }
    }

    private <T> void perform(
            Rank rank,
            long size,
            Set<String> hosts,
            Supplier<T> request,
            Consumer<T> whenDone,
            Consumer<CnabException> whenFailed) {
        scheduler.submit(rank, size, hosts, () -> {
            T answer;
            try {
                answer = request.get();
            } catch (CnabException failed) {
                scheduler.change(() -> {
                    if (!scope.cancelled()) {
                        whenFailed.accept(failed);
                    }
                });
                return;
            }
            scheduler.change(() -> whenDone.accept(answer));
        });
    }

    // What the graph tells.

    @Override
    public void tell(CopyEvent event) {
        scheduler.events().add(event);
    }

    @Override
    public void rootDone(Root root) {
        tellEnd(root, null);
    }

    /** A root without an alternative fails the copy; a root that only follows is listed if no other is. */
    @Override
    public void failed(Node node, CnabException why, FailedBranch branch) {
        List<CopyRoot> replacements = new ArrayList<>();
        List<Root> lost = new ArrayList<>();
        for (Root root : branch.nearest()) {
            Optional<CopyRoot> other = alternative(root, node, why);
            if (other.isPresent()) {
                root.end();
                replacements.add(other.get());
            } else {
                lost.add(root);
            }
        }
        (lost.isEmpty() && !failures.any() ? branch.followers() : lost)
                .forEach(root -> failures.add(root.label(), why));
        lost.addAll(branch.followers());
        lost.stream().filter(Root::end).forEach(root -> tellEnd(root, why));
        replacements.forEach(this::begin);
    }

    private Optional<CopyRoot> alternative(Root root, Node node, CnabException why) {
        return why instanceof RejectedException rejection && !failures.any()
                ? root.root().alternative().inPlaceOf(node.descriptor(), rejection)
                : Optional.empty();
    }

    private void tellEnd(Root root, @Nullable CnabException error) {
        tell(new CopyEvent.RootFinished(root.label(), root.node(), error));
    }
}
