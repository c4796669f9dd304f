/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.layout.IndexChange;
import io.github.cnab4j.layout.LayoutEntries;
import io.github.cnab4j.layout.LayoutFiles;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A repository's manifests and tags: the table in memory, kept in step with the journal and {@code index.json}, which this process
 * and others write. Thread-safe.
 *
 * <p>A change is appended to the journal, which is the promise, then made in the table. {@code index.json} follows at once while it
 * is small; a large one follows a little later, so that a change does not cost as much as all that came before it.
 */
final class RepositoryIndex {
    private static final System.Logger LOG = System.getLogger(RepositoryIndex.class.getName());
    /** So many entries are written in about the time of the other steps of a change. */
    private static final int SMALL = 100;
    /** A journal is written anew when it has this many lines more than what is left of them. */
    private static final int STALE_LINES = 10_000;

    /** A tag of the distribution specification; other names of entries are none. */
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private final LayoutFiles files;
    private final Checkpoints checkpoints;
    private final Journal journal;
    private final ManifestFiles manifestFiles;
    private final GroupCommit<Change> commits = new GroupCommit<>(this::write);
    private RepositoryTable table = new RepositoryTable();
    private long lines;
    private volatile FileStamp journalStamp = FileStamp.NONE;
    private volatile FileStamp indexStamp = FileStamp.NONE;

    RepositoryIndex(LayoutFiles files, ManifestFiles manifestFiles, Checkpoints checkpoints, boolean durable) {
        this.files = files;
        this.checkpoints = checkpoints;
        this.manifestFiles = manifestFiles;
        this.journal = new Journal(files.own().resolve("journal"), durable);
    }

    static boolean isTag(String name) {
        return TAG.matcher(name).matches();
    }

    /** A change to make, and whether there was anything to change. */
    static final class Change {
        private final JournalRecord record;
        private boolean effective;

        Change(JournalRecord record) {
            this.record = record;
        }
    }

    /** The table as it is on disk. */
    RepositoryTable current() throws IOException {
        if (!FileStamp.of(journal.file()).equals(journalStamp)
                || !FileStamp.of(files.indexFile()).equals(indexStamp)) {
            catchUp();
        }
        return table();
    }

    private synchronized RepositoryTable table() {
        return table;
    }

    /** Makes a change; on disk when this returns. Gives false, and changes nothing, if there is nothing to remove. */
    boolean commit(JournalRecord record) throws IOException {
        Change change = new Change(record);
        commits.submit(change);
        return change.effective;
    }

    private void write(List<Change> changes) throws IOException {
        files.whileLocked(CallScope.unbounded(), () -> {
            catchUp();
            writeLocked(changes);
            if (table().size() <= SMALL) {
                show();
            } else {
                checkpoints.schedule(this);
            }
        });
    }

    private synchronized void writeLocked(List<Change> changes) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        for (Change change : changes) {
            if (isEffective(change.record, records)) {
                change.effective = true;
                records.add(change.record);
            }
        }
        if (!records.isEmpty()) {
            syncManifests(records);
            journal.append(records);
            lines += records.size();
            records.forEach(table::apply);
        }
    }

    /** The journal names nothing that is not on disk. */
    private void syncManifests(List<JournalRecord> records) throws IOException {
        Set<Digest.Algorithm> algorithms = EnumSet.noneOf(Digest.Algorithm.class);
        for (JournalRecord record : records) {
            if (record instanceof JournalRecord.Put put) {
                algorithms.add(put.manifest().digest().algorithm());
            }
        }
        for (Digest.Algorithm algorithm : algorithms) {
            files.sync(Digests.ofLibrary(algorithm));
        }
    }

    /** Removals are rare: what the same batch has changed before counts too. */
    private boolean isEffective(JournalRecord record, List<JournalRecord> before) {
        if (record instanceof JournalRecord.Put || record instanceof JournalRecord.Shown) {
            return true;
        }
        RepositoryTable view = table;
        if (!before.isEmpty()) {
            view = new RepositoryTable();
            table.manifests().forEach(view::learn);
            view.show(table.tags());
            before.forEach(view::apply);
        }
        return record instanceof JournalRecord.Drop drop
                ? view.manifest(drop.digest()).isPresent()
                : view.tag(((JournalRecord.Untag) record).tag()).isPresent();
    }

    /** Takes up what others have written. The journal is read first: what it says is shown was in {@code index.json} before. */
    private synchronized void catchUp() throws IOException {
        FileStamp journalNow = FileStamp.of(journal.file());
        if (journal.wasReplaced()) {
            journal.restart();
            table = new RepositoryTable();
            lines = 0;
            indexStamp = FileStamp.NONE;
        }
        List<JournalRecord> records = journal.readNew();
        lines += records.size();
        records.forEach(table::apply);
        journalStamp = journalNow;
        FileStamp indexNow = FileStamp.of(files.indexFile());
        boolean another = !indexNow.equals(indexStamp);
        if (another && files.exists()) {
            show(files.entries());
        }
        if (another) {
            indexStamp = indexNow;
        }
    }

    private void show(LayoutEntries entries) throws IOException {
        Map<String, Digest> tags = new HashMap<>();
        entries.named().forEach((name, manifest) -> {
            if (isTag(name)) {
                Digests.ofServer(manifest.digest()).ifPresent(digest -> tags.put(name, digest));
            }
        });
        learn(entries.manifests());
        table.show(tags);
    }

    /** Takes up manifests that came by other tools, and those that they list. */
    private void learn(List<Descriptor> manifests) throws IOException {
        Deque<Digest> open = new ArrayDeque<>();
        Map<Digest, String> types = new HashMap<>();
        for (Descriptor manifest : manifests) {
            Digests.ofServer(manifest.digest()).ifPresent(digest -> {
                types.put(digest, manifest.mediaType().value());
                open.add(digest);
            });
        }
        while (!open.isEmpty()) {
            Digest digest = open.remove();
            if (table.manifest(digest).isEmpty()) {
                manifestFiles.examine(digest, types.get(digest)).ifPresent(found -> {
                    table.learn(found);
                    found.manifests().forEach(open::add);
                });
            }
        }
    }

    /** Lets {@code index.json} show everything. */
    void checkpoint() {
        if (table().hasUnshown()) {
            files.whileLocked(CallScope.unbounded(), () -> {
                catchUp();
                show();
            });
        }
    }

    /** With the lock held. What cannot be shown stays in the journal, where it is safe. */
    private void show() {
        @Nullable IndexChange change = unshown();
        if (change == null) {
            return;
        }
        try {
            files.changeIndex(change);
            shown();
        } catch (IOException | CnabException failed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "index.json of {0} does not show the latest changes yet: {1}",
                    files.root(),
                    failed.getMessage());
        }
    }

    private synchronized @Nullable IndexChange unshown() {
        return table.hasUnshown() ? table.unshown() : null;
    }

    private synchronized void shown() throws IOException {
        JournalRecord shown = new JournalRecord.Shown();
        table.apply(shown);
        lines++;
        if (lines > 2L * table.manifests().size() + STALE_LINES) {
            List<JournalRecord> records = table.records();
            journal.replace(records);
            lines = records.size();
        } else {
            journal.append(List.of(shown));
        }
    }
}
