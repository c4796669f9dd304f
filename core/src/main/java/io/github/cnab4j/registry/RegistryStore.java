/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.endpoint.ContentGet;
import io.github.cnab4j.registry.endpoint.ContentHead;
import io.github.cnab4j.registry.endpoint.EndpointCaller;
import io.github.cnab4j.registry.endpoint.ManifestGet;
import io.github.cnab4j.registry.endpoint.ManifestHead;
import io.github.cnab4j.registry.endpoint.RepositoryRoute;
import io.github.cnab4j.registry.endpoint.TagsPage;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.ResolvedManifest;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.store.WritableStore;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One repository of a registry (OCI distribution specification 1.1). Made by {@link RegistryClient#store}; holds nothing open
 * itself. Safe for use by several threads.
 */
public final class RegistryStore implements WritableStore {
    private static final int MOST_PAGES = 10_000;
    private static final int MOST_TAGS = 1_000_000;

    private final RegistryHost host;
    private final Repository repository;
    private final StoreId id;
    private final int manifestLimit;
    private final long chunkSize;
    private final boolean target;

    /**
     * A repository.
     *
     * @param target whether it will be pushed to, so that its first token allows that too
     */
    RegistryStore(RegistryHost host, Repository repository, int manifestLimit, long chunkSize, boolean target) {
        this.host = host;
        this.target = target;
        this.repository = repository;
        this.id = new StoreId("registry", repository.domain(), repository.path());
        this.manifestLimit = manifestLimit;
        this.chunkSize = chunkSize;
    }

    @Override
    public StoreId id() {
        return id;
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        checkReference(tagOrDigest);
        CallScope operation = scope.operation();
        Optional<Descriptor> told =
                caller(operation).call(operation, new ManifestHead(route(operation), tagOrDigest, target));
        return told.orElseGet(
                () -> resolveAndRead(operation, tagOrDigest, manifestLimit).descriptor());
    }

    @Override
    public ResolvedManifest resolveAndRead(CallScope scope, String tagOrDigest, int limit) {
        checkReference(tagOrDigest);
        CallScope operation = scope.operation();
        ManifestGet read = new ManifestGet(route(operation), tagOrDigest, limit, target);
        try {
            return caller(operation).call(operation, read);
        } catch (IntegrityException damaged) {
            if (operation.retryBudget().take() == 0) {
                throw damaged;
            }
            return caller(operation).call(operation, read);
        }
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        return caller(scope).call(scope, new ContentHead(route(scope), descriptor, target));
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        if (offset < 0 || offset > descriptor.size()) {
            throw new IllegalArgumentException("offset " + offset + " is outside 0 to " + descriptor.size());
        }
        if (offset == descriptor.size() && offset > 0) {
            return InputStream.nullInputStream();
        }
        CallScope operation = scope.operation();
        return new ResumingStream(
                operation,
                host.backoff(),
                id + "@" + descriptor.digest(),
                descriptor.size(),
                offset,
                from -> open(operation, descriptor, from));
    }

    /** Registries know ranges of blobs, not of manifests; one that gives another range than asked is asked for all. */
    private ContentStream open(CallScope scope, Descriptor descriptor, long offset) {
        long wanted = descriptor.mediaType().isManifest() ? 0 : offset;
        ContentGet.Content content = caller(scope).call(scope, new ContentGet(route(scope), descriptor, wanted));
        if (content.start() < 0) {
            content.reply().close();
            content = caller(scope).call(scope, new ContentGet(route(scope), descriptor, 0));
        }
        return new ContentStream(content.reply(), content.start());
    }

    @Override
    public List<String> tags(CallScope scope) {
        RepositoryRoute route = route(scope);
        List<String> tags = new ArrayList<>();
        TagsPage page = TagsPage.first(route);
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            TagsPage.Tags answer = caller(scope).call(scope, page);
            tags.addAll(answer.tags());
            if (tags.size() > MOST_TAGS) {
                throw new InvalidInputException(
                        ErrorCode.LIMIT_EXCEEDED, id + " lists more than " + MOST_TAGS + " tags");
            }
            if (answer.next().isEmpty()) {
                return List.copyOf(tags);
            }
            page = TagsPage.at(route, answer.next().get());
        }
        throw new TransportException(
                ErrorCode.PROTOCOL_ERROR,
                "GET " + id + "/tags",
                "the list of tags of " + id + " has more than " + MOST_PAGES + " pages",
                null,
                null);
    }

    @Override
    public Optional<List<Descriptor>> referrers(CallScope scope, Digest subject) {
        CallScope operation = scope.operation();
        return new ReferrersList(host, route(operation), operation).of(subject);
    }

    /** A registry that says so when it stores them need not be asked; one that says nothing may have them in its list all the same. */
    @Override
    public boolean listsReferrers(CallScope scope, Digest subject, Set<Digest> referrers) {
        boolean said = host.listedSubjects().get(listKey(subject.toString())).isPresent();
        return (said && !host.keepsNoReferrers(repository.path()))
                || WritableStore.super.listsReferrers(scope, subject, referrers);
    }

    private String listKey(String subject) {
        return repository.path() + "@" + subject;
    }

    @Override
    public PushOutcome push(CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints) {
        CallScope operation = scope.operation();
        return descriptor.mediaType().isManifest()
                ? pushManifest(operation, descriptor, content, hints)
                : new BlobPush(host, route(operation), id, operation, descriptor).run(content, hints, chunkSize);
    }

    @Override
    public void tag(CallScope scope, Descriptor manifest, String tag) {
        checkReference(tag);
        CallScope operation = scope.operation();
        byte[] content = Verified.readAll(operation, this, manifest, manifestLimit);
        new ManifestPush(caller(operation), route(operation), host.backoff(), operation, manifest, content).put(tag);
    }

    /** Asks for the list of tags; what a registry answers but NAME_UNKNOWN says nothing. */
    @Override
    public boolean repositoryUnknown(CallScope scope) {
        try {
            caller(scope).call(scope, TagsPage.probe(route(scope)));
            return false;
        } catch (NotFoundException notFound) {
            return notFound.repositoryUnknown();
        }
    }

    @Override
    public void warmUp(CallScope scope) {
        host.warmUp(scope);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true);
    }

    /** Does nothing: connections belong to the client. */
    @Override
    public void close() {}

    /** {@code host/repository}. */
    @Override
    public String toString() {
        return id.toString();
    }

    private PushOutcome pushManifest(CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints) {
        hints.tags().forEach(RegistryStore::checkReference);
        boolean mayBeThere = hints.tags().isEmpty() && !hints.knownMissing();
        if (mayBeThere && caller(scope).call(scope, new ContentHead(route(scope), descriptor, true))) {
            return PushOutcome.ALREADY_PRESENT;
        }
        byte[] bytes = new ManifestReader(manifestLimit).read(scope, descriptor, content);
        ManifestPush push = new ManifestPush(caller(scope), route(scope), host.backoff(), scope, descriptor, bytes);
        List<String> names =
                hints.tags().isEmpty() ? List.of(descriptor.digest().toString()) : hints.tags();
        for (String name : names) {
            scope.throwIfCancelled();
            push.put(name).ifPresent(subject -> host.listedSubjects().put(listKey(subject), true));
        }
        hints.bytesSent().accept(bytes.length);
        return PushOutcome.UPLOADED;
    }

    private EndpointCaller caller(CallScope scope) {
        return host.connect(scope).caller();
    }

    private RepositoryRoute route(CallScope scope) {
        return new RepositoryRoute(host.connect(scope).origin(), repository.path(), id.toString());
    }

    /** What goes into a path is a tag or a digest, nothing else. */
    private static void checkReference(String tagOrDigest) {
        if (tagOrDigest.indexOf(':') >= 0) {
            Digest.parse(tagOrDigest);
        } else if (!RepositoryRoute.isTag(tagOrDigest)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REFERENCE,
                    "a text of " + tagOrDigest.length() + " characters is no tag",
                    "A tag is a letter, digit or underscore and up to 127 of these, dots and dashes.");
        }
    }
}
