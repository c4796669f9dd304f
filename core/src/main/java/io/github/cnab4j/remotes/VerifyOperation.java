/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.transfer.CopyReport;
import io.github.cnab4j.transfer.CopyRoot;
import io.github.cnab4j.transfer.CopySession;
import io.github.cnab4j.transfer.GraphCopier;
import java.time.Duration;
import java.util.List;

/**
 * Checks a manifest and all that it points to where it is: a signature over it, first, and then the whole content, as a copy that
 * keeps nothing.
 */
final class VerifyOperation {
    static final CopyReport NOTHING_READ = new CopyReport(0, 0, 0, 0, 0, Duration.ZERO);

    private final Context context;
    private final Location location;
    private final VerifyOptions options;

    VerifyOperation(Context context, Location location, VerifyOptions options) {
        this.context = context;
        this.location = location;
        this.options = options;
    }

    VerifyResult verify() {
        ReadableStore store = context.stores().source(location);
        Descriptor root = Resolving.resolve(context.scope(), store, location);
        VerificationKey key = options.key();
        if (key != null) {
            new SignatureCheck(context.scope(), store, root.digest(), location.toString(), context.manifestLimit())
                    .requireAny(List.of(key), options.claims());
        }
        CopyReport report = options.content() ? read(store, root) : NOTHING_READ;
        return new VerifyResult(
                root.identity(),
                location.repositoryOnly().pinnedTo(root.digest()),
                report.uploaded(),
                report.bytes(),
                key != null,
                context.warnings().toList());
    }

    private CopyReport read(ReadableStore store, Descriptor root) {
        CopyReport report;
        try (CopySession session = GraphCopier.with(context.copyOptions()).open(context.scope(), options.listener())) {
            session.add(CopyRoot.of(location.toString(), store, new DiscardingStore(), root));
            report = session.await();
        }
        if (PullOperation.isBundle(context, store, root)) {
            new PullOperation(context).read(location.withDigest(root.digest()), List.of());
        }
        return report;
    }
}
