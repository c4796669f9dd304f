/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit;

import io.github.cnab4j.server.protocol.ManifestOutline;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.MemoryStorage;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredBlob;
import io.github.cnab4j.server.storage.StoredManifest;
import io.github.cnab4j.server.storage.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The content of one repository of a {@link TestRegistry}, past HTTP, log and faults. Digests are text, {@code
 * sha256:…}. Thread-safe.
 */
public final class TestRepository {
    private final MemoryStorage storage;
    private final RepositoryName name;

    TestRepository(MemoryStorage storage, String name) {
        this.storage = storage;
        this.name = new RepositoryName(name);
    }

    /** Its name. */
    public String name() {
        return name.value();
    }

    /** Whether anything was ever stored in it. */
    public boolean exists() {
        return storage.find(name).isPresent();
    }

    /** Stores a blob and returns its digest. */
    public String putBlob(byte[] content) {
        Digest digest = Digest.Algorithm.SHA256.of(content);
        try {
            Upload upload = storage.open(name).beginUpload(Digest.Algorithm.SHA256);
            upload.append(0, new ByteArrayInputStream(content));
            upload.commit(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digest.toString();
    }

    /** Stores a manifest, without a look at its children, under these tags, and returns its digest. */
    public String putManifest(String mediaType, byte[] content, String... tags) {
        Digest digest = Digest.Algorithm.SHA256.of(content);
        Digest subject = null;
        ManifestOutline.Child named =
                outline(content).map(ManifestOutline::subject).orElse(null);
        if (named != null) {
            subject = Digest.parse(named.digest()).orElse(null);
        }
        try {
            storage.open(name).putManifest(new StoredManifest(digest, mediaType, content, subject), List.of(tags));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digest.toString();
    }

    private static Optional<ManifestOutline> outline(byte[] content) {
        try {
            return Optional.of(ManifestOutline.parse(content));
        } catch (IllegalArgumentException e) {
            // Tests store manifests that are none, too.
            return Optional.empty();
        }
    }

    /** Whether it has a blob of this digest. */
    public boolean hasBlob(String digest) {
        return findBlob(digest).isPresent();
    }

    /** Whether it has a manifest of this tag or digest. */
    public boolean hasManifest(String reference) {
        return findManifest(reference).isPresent();
    }

    /**
     * The bytes of a blob.
     *
     * @throws NoSuchElementException when it is not there
     */
    public byte[] blob(String digest) {
        StoredBlob blob = findBlob(digest).orElseThrow(() -> new NoSuchElementException("no blob " + digest));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            blob.copyTo(out, 0, blob.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * The bytes of a manifest, by tag or digest.
     *
     * @throws NoSuchElementException when it is not there
     */
    public byte[] manifest(String reference) {
        return requireManifest(reference).bytes();
    }

    /**
     * The media type of a manifest, by tag or digest.
     *
     * @throws NoSuchElementException when it is not there
     */
    public String mediaType(String reference) {
        return requireManifest(reference).mediaType();
    }

    /** The digest that a tag points to. */
    public Optional<String> resolve(String tag) {
        try {
            return storage.open(name).tag(tag).map(Digest::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its tags, sorted. */
    public List<String> tags() {
        try {
            return storage.open(name).tags(null, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The digests of its blobs, sorted. */
    public List<String> blobs() {
        return storage.blobs(name).stream().map(Digest::toString).toList();
    }

    /** The digests of its manifests, sorted. */
    public List<String> manifests() {
        return storage.manifests(name).stream().map(Digest::toString).toList();
    }

    /** Removes a blob; returns whether it was there. */
    public boolean deleteBlob(String digest) {
        Optional<Digest> parsed = Digest.parse(digest);
        try {
            return parsed.isPresent() && storage.open(name).deleteBlob(parsed.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a manifest and its tags; returns whether it was there. */
    public boolean deleteManifest(String digest) {
        Optional<Digest> parsed = Digest.parse(digest);
        try {
            return parsed.isPresent() && storage.open(name).deleteManifest(parsed.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the uploads that are open, as registries do after some days; returns how many there were. */
    public int forgetUploads() {
        return storage.forgetUploads(name);
    }

    private StoredManifest requireManifest(String reference) {
        return findManifest(reference).orElseThrow(() -> new NoSuchElementException("no manifest " + reference));
    }

    private Optional<StoredManifest> findManifest(String reference) {
        try {
            RepositoryStorage repository = storage.open(name);
            Optional<Digest> digest = reference.indexOf(':') >= 0 ? Digest.parse(reference) : repository.tag(reference);
            return digest.isEmpty() ? Optional.empty() : repository.manifest(digest.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<StoredBlob> findBlob(String digest) {
        Optional<Digest> parsed = Digest.parse(digest);
        try {
            return parsed.isEmpty() ? Optional.empty() : storage.open(name).blob(parsed.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
