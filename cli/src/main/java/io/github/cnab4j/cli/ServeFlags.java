/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.serve.ServeOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Flags of {@code serve}, and the options that they make. */
final class ServeFlags {
    static final Flag LISTEN = Flag.text(
            "listen", "HOST:PORT", "127.0.0.1:5000", "Where to listen; port 0 takes a free one, :PORT all addresses");
    static final Flag ACCESS_LOG =
            Flag.text("access-log", "FILE", "", "Append a line of JSON for each request, - for standard error");
    static final Flag DRAIN_TIMEOUT =
            Flag.text("drain-timeout", "TIME", "10s", "How long requests may take to end when it is stopped");
    static final Flag GRACE = Flag.text(
            "gc-grace",
            "TIME",
            "1h",
            "Keep what was written or asked for within this time, whether it is named or not");

    private static final Flag TLS_CERT =
            Flag.text("tls-cert", "FILE", "", "Speak TLS with this certificate, those that prove it behind it, in PEM");
    private static final Flag TLS_KEY = Flag.text("tls-key", "FILE", "", "The key of that certificate, in PEM");
    private static final Flag HTPASSWD =
            Flag.text("htpasswd", "FILE", "", "Ask for the names and passwords in this file, as htpasswd -B writes it");
    private static final Flag READ_ONLY =
            Flag.bool("read-only", false, "Refuse everything that would change the registry");
    private static final Flag FSYNC = Flag.bool(
            "fsync", true, "Have changes on disk before they are acknowledged, so that they survive a power failure");
    private static final Flag GC = Flag.bool("gc", false, "Collect garbage at the start and then every hour");
    private static final Flag MAX_UPLOAD =
            Flag.text("max-upload-size", "SIZE", "", "The most that a blob may have: bytes, or 500k, 20m, 8g");
    private static final Flag MAX_MANIFEST =
            Flag.text("max-manifest-size", "SIZE", "8m", "The most that a manifest may have");
    private static final Flag MAX_HEADER =
            Flag.text("max-header-size", "SIZE", "32k", "The most that a line of a request's head may have");
    private static final Flag MAX_CONNECTIONS =
            Flag.text("max-connections", "N", "1024", "The most connections at a time; more wait");
    private static final Flag IDLE_TIMEOUT =
            Flag.text("idle-timeout", "TIME", "60s", "How long a connection may be silent");
    private static final Flag UPLOAD_EXPIRY =
            Flag.text("upload-expiry", "TIME", "24h", "End uploads that nobody has written to for this time");

    static final List<Flag> ALL = List.of(
            LISTEN,
            TLS_CERT,
            TLS_KEY,
            HTPASSWD,
            READ_ONLY,
            FSYNC,
            GC,
            GRACE,
            ACCESS_LOG,
            MAX_UPLOAD,
            MAX_MANIFEST,
            MAX_HEADER,
            MAX_CONNECTIONS,
            IDLE_TIMEOUT,
            UPLOAD_EXPIRY,
            DRAIN_TIMEOUT);

    private ServeFlags() {}

    /**
     * What the flags say.
     *
     * @throws UsageException if a value cannot be what its flag takes
     */
    static ServeOptions options(Context context, CommandLine line) {
        ServeOptions options = ServeOptions.standard()
                .withAddress(address(line))
                .withReadOnly(line.isTrue(READ_ONLY))
                .withDurable(line.isTrue(FSYNC))
                .withConnections(count(line, MAX_CONNECTIONS), time(line, IDLE_TIMEOUT))
                .withMaxHeaderBytes(size(line, MAX_HEADER))
                .withMaxManifestBytes(size(line, MAX_MANIFEST))
                .withUploadExpiry(time(line, UPLOAD_EXPIRY));
        if (line.has(MAX_UPLOAD)) {
            options = options.withMaxUploadBytes(
                    ByteSize.parse(line.text(MAX_UPLOAD)).orElseThrow(() -> notA(line, MAX_UPLOAD, "size")));
        }
        if (line.isTrue(GC)) {
            options = options.withGarbageCollection(time(line, GRACE));
        }
        if (line.has(TLS_CERT) != line.has(TLS_KEY)) {
            throw line.wrong("--tls-cert and --tls-key belong together");
        }
        if (line.has(TLS_CERT)) {
            options = options.withTls(
                    InputFile.resolve(context, line.text(TLS_CERT)), InputFile.resolve(context, line.text(TLS_KEY)));
        }
        return line.has(HTPASSWD) ? options.withHtpasswd(InputFile.resolve(context, line.text(HTPASSWD))) : options;
    }

    private static InetSocketAddress address(CommandLine line) {
        String text = line.text(LISTEN);
        return ListenAddress.parse(text)
                .orElseThrow(() ->
                        line.wrong("--listen: \"" + text + "\" is not HOST:PORT, or the host has no address here"));
    }

    /** A time that a flag gives. */
    static Duration time(CommandLine line, Flag flag) {
        return GoDuration.parse(line.text(flag)).orElseThrow(() -> notA(line, flag, "time such as 30s or 24h"));
    }

    private static int count(CommandLine line, Flag flag) {
        return ByteSize.parse(line.text(flag))
                .filter(count -> count <= 100_000)
                .map(Long::intValue)
                .orElseThrow(() -> notA(line, flag, "number up to 100000"));
    }

    private static int size(CommandLine line, Flag flag) {
        return ByteSize.parse(line.text(flag))
                .filter(bytes -> bytes <= ByteSize.MOST_IN_MEMORY)
                .map(Long::intValue)
                .orElseThrow(() -> notA(line, flag, "size up to 32m"));
    }

    private static UsageException notA(CommandLine line, Flag flag, String what) {
        return line.wrong(flag.dashed() + ": \"" + line.text(flag) + "\" is no " + what);
    }
}
