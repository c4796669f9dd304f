/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.NodeKey;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.transfer.CopyReport;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One fixup, with or without a push: checks of the bundle, one copy session, the result. */
final class FixupOperation {
    private final Context context;
    private final Location target;

    FixupOperation(Context context, Location target) {
        this.context = context;
        this.target = target;
    }

    FixupResult fixup(Bundle bundle, FixupOptions options) {
        AtomicReference<Fixed> result = new AtomicReference<>();
        CopyReport report = run(bundle, options, new FixupRun.Sequel() {
            @Override
            public Optional<NodeKey> index(Fixed fixed) {
                return Optional.empty();
            }

            @Override
            public void add(CopySession session, Fixed fixed) {
                result.set(fixed);
            }
        });
        Fixed fixed = result.get();
        return new FixupResult(
                fixed.bundle(),
                fixed.relocationMap(),
                report,
                context.warnings().toList());
    }

    PushResult fixupAndPush(Bundle bundle, FixupOptions options, PushOptions pushOptions) {
        PushOperation push = new PushOperation(context, target, pushOptions);
        CopyReport report = run(bundle, options, push);
        return push.result(report);
    }

    private CopyReport run(Bundle bundle, FixupOptions options, FixupRun.Sequel sequel) {
        requireInvocationImage(bundle);
        bundle.requireConsistentImages();
        context.warnings().addAll(bundle);
        List<BundleImage> images = BundleImage.of(bundle, options);
        FixupEvents events = new FixupEvents(target, ImageGroup.of(images), options.eventCallback());
        requireSupported(events);
        FixupRun run = new FixupRun(context, bundle, target, options, events);
        CopyReport report;
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), events)) {
            run.plan(session, sequel);
            report = session.await();
        } catch (CnabException failed) {
            events.endAll(
                    failed instanceof CancelledException
                            ? failed
                            : new CancelledException("not copied, since something else failed"));
            throw told(failed);
        }
        events.endAll(null);
        events.throwIfBroken();
        return report;
    }

    /** A failure that names its image needs nothing around it if it is the only one. */
    private static CnabException told(CnabException failed) {
        return failed instanceof CopyException copy
                        && copy.failures().size() == 1
                        && copy.failures().get(0).cause() instanceof FixupException image
                ? image
                : failed;
    }

    private static void requireSupported(FixupEvents events) {
        for (ImageGroup group : events.groups()) {
            try {
                group.uses().forEach(use -> use.base().requireSupported());
            } catch (CnabException unsupported) {
                events.start(group);
                events.end(group, "", unsupported);
                throw unsupported;
            }
        }
    }

    /** CNAB 101: a bundle has at least one invocation image. */
    static void requireInvocationImage(Bundle bundle) {
        if (bundle.invocationImages().isEmpty()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_BUNDLE,
                    "the bundle " + Excerpt.quoted(bundle.name()) + " has no invocation image",
                    "A bundle has at least one entry in \"invocationImages\".");
        }
    }
}
