/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.UnsignedException;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.RegistryLocation;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.transfer.CopyOptions;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fixes CNAB bundles up, pushes, pulls, copies, archives, signs and verifies them. Nothing is sent before an operation is called; connections, tokens and what was
 * learnt of registries are kept until this is closed. Safe for use by several threads; each operation blocks until it is done.
 *
 * <p>An operation that fails throws one {@link CnabException}. What it had copied by then stays in the target, by digest: the
 * bundle's tag is put last, so nobody sees half a bundle, and running again does what is left.
 */
public final class Remotes implements AutoCloseable {
    private final Stores stores;
    private final CallScope scope;
    private final CopyOptions copyOptions;
    private final Consumer<? super Warning> warningListener;
    private final @Nullable Engine engine;

    /**
     * An engine on this machine.
     *
     * @param images its images
     * @param client has it push them
     */
    record Engine(DockerEngine images, ImageClient client) {}

    Remotes(
            Stores stores,
            CallScope scope,
            CopyOptions copyOptions,
            Consumer<? super Warning> warningListener,
            @Nullable Engine engine) {
        this.stores = stores;
        this.scope = scope;
        this.copyOptions = copyOptions;
        this.warningListener = warningListener;
        this.engine = engine;
    }

    /** A builder for anonymous access to registries over TLS. */
    public static RemotesBuilder builder() {
        return new RemotesBuilder();
    }

    /**
     * Copies the images of a bundle into the target's repository. All images are looked for and checked before the first byte
     * moves.
     *
     * @param target the repository, with or without a tag; the tag is not touched
     * @throws InvalidInputException if the bundle has no invocation image
     * @throws FixupException if an image cannot be found, is of an unsupported kind, differs from what the bundle says, or its
     *     name stands for two contents
     * @throws CopyException if images fail for several reasons, or while they are copied
     */
    public FixupResult fixup(Bundle bundle, Location target, FixupOptions options) {
        return run(width(options.parallelism()), context -> new FixupOperation(context, target).fixup(bundle, options));
    }

    /** {@link #fixup(Bundle, Location, FixupOptions)} for a registry. */
    public FixupResult fixup(Bundle bundle, Reference target, FixupOptions options) {
        return fixup(bundle, new RegistryLocation(target), options);
    }

    /**
     * Pushes a bundle whose images are in the target's repository.
     *
     * @param relocationMap where the images are, as {@link #fixup} gives it
     * @param target the repository and the bundle's tag; without a tag the bundle is pushed by digest alone
     * @throws InvalidInputException if the bundle has no invocation image, or a name in the map cannot be read
     * @throws CopyException if the target refuses the bundle in every form that is allowed
     */
    public PushResult push(Bundle bundle, RelocationMap relocationMap, Location target, PushOptions options) {
        return run(copyOptions, context -> new PushOperation(context, target, options).push(bundle, relocationMap));
    }

    /** {@link #push(Bundle, RelocationMap, Location, PushOptions)} for a registry. */
    public PushResult push(Bundle bundle, RelocationMap relocationMap, Reference target, PushOptions options) {
        return push(bundle, relocationMap, new RegistryLocation(target), options);
    }

    /**
     * Copies the images of a bundle and pushes the bundle, as one graph: the images, the bundle and its index, the index last.
     * Fails as {@link #fixup} and {@link #push} do.
     *
     * @param target the repository and the bundle's tag; without a tag the bundle is pushed by digest alone
     */
    public PushResult fixupAndPush(Bundle bundle, Location target, FixupOptions fixup, PushOptions push) {
        return run(
                width(fixup.parallelism()),
                context -> new FixupOperation(context, target).fixupAndPush(bundle, fixup, push));
    }

    /** {@link #fixupAndPush(Bundle, Location, FixupOptions, PushOptions)} for a registry. */
    public PushResult fixupAndPush(Bundle bundle, Reference target, FixupOptions fixup, PushOptions push) {
        return fixupAndPush(bundle, new RegistryLocation(target), fixup, push);
    }

    /**
     * Pulls a bundle. Its index, its configuration and the bundle itself are verified; its images are not read.
     *
     * @param location where the bundle is; {@code latest} if it has neither tag nor digest
     * @throws NotFoundException if there is nothing
     * @throws InvalidInputException if what is there is not the index of a bundle
     */
    public PullResult pull(Location location) {
        return pull(location, PullOptions.defaults());
    }

    /**
     * {@link #pull(Location)} with options.
     *
     * @throws UnsignedException if a signature is required and none holds
     */
    public PullResult pull(Location location, PullOptions options) {
        return run(copyOptions, context -> new PullOperation(context).pull(location.orLatest(), options));
    }

    /** {@link #pull(Location)} for a registry. */
    public PullResult pull(Reference reference) {
        return pull(new RegistryLocation(reference));
    }

    /**
     * Copies an image, an index, a bundle or any other manifest with all that it points to, byte for byte: the copy has the digest
     * of its source. The target's tag is put last, with the manifest itself, so nobody sees half a copy. If the tag is there
     * already and means the same digest, nothing is done.
     *
     * @param source what is copied; {@code latest} if it has neither tag nor digest
     * @param target where it goes. With neither tag nor digest it gets the source's tag, {@code latest} included; what the source
     *     names by digest alone is copied by digest alone. A digest is a condition: it has to be that of the source
     * @throws CopyException if the source has nothing under that name, the target's digest is another
     *     ({@link ErrorCode#INVALID_OPTION}), or content cannot be read or is refused; the message names both ends
     */
    public ArtifactCopyResult copy(Location source, Location target, ArtifactCopyOptions options) {
        CopyOptions width = width(options.parallelism());
        long start = System.nanoTime();
        ArtifactCopyResult result = run(options.deep() ? width.withDeep(true) : width, context -> {
            Location named = source.orLatest();
            return options.readsBundles()
                    ? new BundleCopyOperation(context, named, target, options).copy()
                    : new ArtifactCopyOperation(context, named, target, options.tags(named, target))
                            .copy(options.referrers(), options.requiredSignatures(), options.listener());
        });
        return result.withReport(ArchiveOperation.since(start, result.report()));
    }

    /** {@link #copy(Location, Location, ArtifactCopyOptions)} between registries. */
    public ArtifactCopyResult copy(Reference source, Reference target, ArtifactCopyOptions options) {
        return copy(new RegistryLocation(source), new RegistryLocation(target), options);
    }

    /**
     * Writes a bundle with all its images into an archive: a thick bundle (CNAB 104) that other tools read too. Bytes go from the store
     * into the archive in one pass, verified. The archive takes its place when it is whole; what was there before is replaced then, and
     * stays if the operation fails. Equal content at equal compression gives equal bytes, whatever came first over the network.
     *
     * @param source where the bundle is; {@code latest} if it has neither tag nor digest
     * @param file the archive
     * @throws NotFoundException if there is no such bundle, or its index lacks an image: an archive holds all of them
     * @throws InvalidInputException if what is there is not the index of a bundle
     * @throws FileException if the file cannot be written; said before anything is read, where it can be
     * @throws CopyException if images cannot be read
     */
    public ArchiveResult archive(Location source, Path file, ArchiveOptions options) {
        return run(
                width(options.parallelism()),
                context -> new ArchiveOperation(context, source.orLatest(), file).archive(options));
    }

    /** {@link #archive(Location, Path, ArchiveOptions)} from a registry. */
    public ArchiveResult archive(Reference source, Path file, ArchiveOptions options) {
        return archive(new RegistryLocation(source), file, options);
    }

    /**
     * Pushes a bundle and its images out of an archive, a thick bundle (CNAB 104) of whatever tool. No image is looked for elsewhere.
     * The archive is checked before anything is sent: its structure, and that it holds all that its images point to. What the target
     * has is not sent; the bundle's index comes last.
     *
     * <p>Values that the bundle lacks (contentDigest, size, mediaType of its images) are set to those found; values that it has must
     * hold.
     *
     * @param file the archive: a tar file, plain or compressed with gzip or Zstandard. A compressed one is decompressed into the Java
     *     runtime's directory for temporary files first
     * @param target the repository and the bundle's tag; without a tag the bundle is pushed by digest alone
     * @throws NotFoundException if there is no such file, or it lacks content that its images point to
     * @throws InvalidInputException ({@link ErrorCode#INVALID_ARCHIVE}, {@link ErrorCode#LIMIT_EXCEEDED}) if the archive is damaged,
     *     hostile, or no thick bundle
     * @throws FixupException if the archive lacks an image, or has another one than the bundle says
     * @throws CopyException if images fail for several reasons, or while they are copied
     */
    public PushResult publish(Path file, Location target, PublishOptions options) {
        return run(
                width(options.parallelism()), context -> new PublishOperation(context, file, target).publish(options));
    }

    /** {@link #publish(Path, Location, PublishOptions)} to a registry. */
    public PushResult publish(Path file, Reference target, PublishOptions options) {
        return publish(file, new RegistryLocation(target), options);
    }

    /**
     * The engine of {@link RemotesBuilder#dockerEngine}, for {@link FixupOptions#withPushImages}; it is given the credentials that there are
     * here. Nothing is asked of it yet.
     *
     * @throws InvalidInputException if no engine was set up
     */
    public ImageClient imageClient() {
        if (engine == null) {
            throw new InvalidInputException(ErrorCode.INVALID_OPTION, "no engine was set up");
        }
        return engine.client();
    }

    /**
     * Signs a manifest by its digest, and with it everything that it points to: cosign and this library verify the signature. It is
     * stored beside the manifest in both forms that cosign has known, an image under a tag that is made from the digest, and a
     * referrer.
     *
     * @param location what is signed; {@code latest} if it has neither tag nor digest
     * @throws NotFoundException if there is nothing under that name
     * @throws CopyException if the signature is refused
     */
    public SignResult sign(Location location, SigningKey key, SignOptions options) {
        return run(copyOptions, context -> new SignOperation(context, location.orLatest(), key, options).sign());
    }

    /** {@link #sign(Location, SigningKey, SignOptions)} in a registry. */
    public SignResult sign(Reference reference, SigningKey key, SignOptions options) {
        return sign(new RegistryLocation(reference), key, options);
    }

    /**
     * Checks a manifest and all that it points to where it is: every byte against the digest that leads to it, the structure, and a
     * signature if one is demanded. A bundle's images have to be what its index says; blobs that are kept outside registries are not
     * read.
     *
     * @param location what is checked; {@code latest} if it has neither tag nor digest
     * @throws NotFoundException if there is nothing under that name
     * @throws UnsignedException if a signature is demanded and none holds
     * @throws CopyException if content is missing, damaged or not what it should be
     * @throws InvalidInputException if it is a bundle whose parts contradict each other
     */
    public VerifyResult verify(Location location, VerifyOptions options) {
        return run(
                width(options.parallelism()),
                context -> new VerifyOperation(context, location.orLatest(), options).verify());
    }

    /** {@link #verify(Location, VerifyOptions)} in a registry. */
    public VerifyResult verify(Reference reference, VerifyOptions options) {
        return verify(new RegistryLocation(reference), options);
    }

    /**
     * Checks a layout as a whole, a directory or an archive: its documents, every byte that its roots lead to, and every byte of what nothing
     * leads to. In a thick bundle (CNAB 104) the images have to be those that the bundle and the relocation map say. In an archive of this
     * library, and in its layouts, one bit that is not as it was written is found wherever it is; what other programs write has no
     * checksum over the names in {@code index.json}, nor over a thick bundle's files.
     *
     * <p>A signature that is demanded has to be over the bundle's index in a thick bundle, else over every root that is none itself.
     *
     * @param location a layout directory or archive; tag and digest do not matter
     * @throws NotFoundException if there is no such layout, or content is missing
     * @throws UnsignedException if a signature is demanded and none holds
     * @throws CnabException if something is damaged or not what it should be; the message names the file, entry or digest
     */
    public LayoutVerifyResult verifyLayout(Location location, VerifyOptions options) {
        return run(
                width(options.parallelism()),
                context -> new VerifyLayoutOperation(context, location, options).verify());
    }

    /** Closes connections, stores and the engine. Operations that are running fail. */
    @Override
    public void close() {
        try {
            stores.close();
        } finally {
            if (engine != null) {
                engine.images().close();
            }
        }
    }

    /**
     * Asks a registry whether it takes the credentials that there are for it, as a login does. A registry that asks for none at
     * its front door takes any.
     *
     * @param host the registry as references name it, with its port if it has one
     * @throws InvalidInputException if it cannot be a host
     * @throws AccessDeniedException if it does not take them
     * @throws StoreException if it cannot be asked
     */
    public void checkAccess(String host) {
        stores.checkAccess(scope, host);
    }

    private <T> T run(CopyOptions options, Function<Context, T> operation) {
        try (OperationStores own = new OperationStores(stores, scope, engine == null ? null : engine.images())) {
            T result = operation.apply(new Context(scope, own, options, new Warnings(warningListener)));
            own.finish();
            return result;
        }
    }

    private CopyOptions width(@Nullable Integer parallelism) {
        return parallelism == null ? copyOptions : copyOptions.withParallelism(parallelism);
    }
}
