/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.serve.access.Htpasswd;
import io.github.cnab4j.serve.storage.GcOptions;
import io.github.cnab4j.serve.storage.StorageOptions;
import io.github.cnab4j.server.http.ListenerOptions;
import io.github.cnab4j.server.protocol.ApiOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a registry is served. Immutable.
 *
 * @param listener where it listens, and within which limits
 * @param api what clients may do
 * @param storage how content is kept
 * @param users who may use it; everybody if absent
 * @param accessLog takes a line for each request, from several threads; absent to log none
 * @param gc what is collected every hour; absent to collect nothing
 */
public record ServeOptions(
        ListenerOptions listener,
        ApiOptions api,
        StorageOptions storage,
        @Nullable Htpasswd users,
        @Nullable Consumer<String> accessLog,
        @Nullable GcOptions gc) {

    /** On a free port of the loopback address, for everybody there, with nothing switched off. */
    public static ServeOptions standard() {
        return new ServeOptions(
                ListenerOptions.loopback(), ApiOptions.standard(), StorageOptions.standard(), null, null, null);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** Whether it speaks TLS. */
    public boolean speaksTls() {
        return listener.tls() != null;
    }

    /** These options at another address; port 0 takes a free one. */
    public ServeOptions withAddress(InetSocketAddress address) {
        return withListener(listener.withAddress(address));
    }

    /**
     * These options with TLS.
     *
     * @param certificate a PEM file: the certificate, then those that prove it
     * @param key a PEM file
     * @throws FileException if a file cannot be read
     * @throws InvalidInputException if they are not what they should be, or do not belong together
     */
    public ServeOptions withTls(Path certificate, Path key) {
        return withListener(listener.withTls(ServerTls.context(certificate, key)));
    }

    /** These options with other bounds on connections. */
    public ServeOptions withConnections(int most, Duration idle) {
        return withListener(listener.withMaxConnections(most).withIdleTimeout(idle));
    }

    /** These options with another bound, in bytes, on a line of a request's head. */
    public ServeOptions withMaxHeaderBytes(int bytes) {
        return withListener(new ListenerOptions(
                listener.address(),
                listener.tls(),
                listener.clientCertificates(),
                listener.idleTimeout(),
                listener.maxConnections(),
                listener.maxHeaderCount(),
                bytes));
    }

    /** These options with another bound, in bytes, on manifests. */
    public ServeOptions withMaxManifestBytes(int bytes) {
        return withApi(api.withMaxManifestBytes(bytes));
    }

    /** These options with another bound, in bytes, on blobs. */
    public ServeOptions withMaxUploadBytes(long bytes) {
        return withStorage(storage.withMaxUploadBytes(bytes));
    }

    /** These options, and whether a change is on disk before it is acknowledged. */
    public ServeOptions withDurable(boolean durable) {
        return withStorage(storage.withDurable(durable));
    }

    /** These options with another life of uploads. */
    public ServeOptions withUploadExpiry(Duration expiry) {
        return withStorage(storage.withUploadExpiry(expiry));
    }

    /** These options, and whether nothing may be changed. */
    public ServeOptions withReadOnly(boolean readOnly) {
        return withStorage(storage.withReadOnly(readOnly));
    }

    /**
     * These options for those only whose names and passwords are in a file as {@code htpasswd -B} writes it.
     *
     * @throws FileException if the file cannot be read
     * @throws InvalidInputException if a line of it is no name and bcrypt hash
     */
    public ServeOptions withHtpasswd(Path file) {
        return new ServeOptions(listener, api, storage, Htpasswd.of(file), accessLog, gc);
    }

    /** These options with a log. */
    public ServeOptions withAccessLog(Consumer<String> lines) {
        return new ServeOptions(listener, api, storage, users, lines, gc);
    }

    /** These options with garbage collected every hour. */
    public ServeOptions withGarbageCollection(Duration grace) {
        GcOptions standard = GcOptions.standard();
        return new ServeOptions(
                listener, api, storage, users, accessLog, new GcOptions(grace, standard.untagged(), false));
    }

    /** These options with another listener. */
    public ServeOptions withListener(ListenerOptions other) {
        return new ServeOptions(other, api, storage, users, accessLog, gc);
    }

    /** These options with another API. */
    public ServeOptions withApi(ApiOptions other) {
        return new ServeOptions(listener, other, storage, users, accessLog, gc);
    }

    /** These options with another storage. */
    public ServeOptions withStorage(StorageOptions other) {
        return new ServeOptions(listener, api, other, users, accessLog, gc);
    }
}
