/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.registry.ProxySettings;
import io.github.cnab4j.registry.TlsSettings;
import io.github.cnab4j.registry.auth.TokenServices;
import io.github.cnab4j.remotes.RemotesBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Flags about the way to a registry: TLS and patience. Proxies and more about TLS come from the environment. */
final class NetworkFlags {
    private static final Flag INSECURE_REGISTRIES =
            Flag.list("insecure-registries", "HOST[:PORT]", "Registries without verified TLS, or without TLS");
    private static final Flag CA_FILE =
            Flag.text("ca-file", "FILE", "", "Trust the certificates in this PEM file, besides those of the system");
    private static final Flag TOKEN_SERVICES = Flag.list(
            "token-services",
            "HOST[:PORT]",
            "The only token services that may see credentials, besides registries themselves; else any that they name");
    private static final Flag CONNECT_TIMEOUT =
            Flag.text("connect-timeout", "TIME", "10s", "How long to wait for a connection: 500ms, 10s, 1m30s");
    private static final Flag READ_TIMEOUT =
            Flag.text("read-timeout", "TIME", "60s", "How long a registry may be silent in the middle of a request");

    static final List<Flag> ALL = List.of(INSECURE_REGISTRIES, CA_FILE, TOKEN_SERVICES, CONNECT_TIMEOUT, READ_TIMEOUT);

    private NetworkFlags() {}

    /**
     * Sets what the flags and the environment say.
     *
     * @throws UsageException if a time or a host cannot be read, or a file has no name
     */
    static void apply(RemotesBuilder builder, Context context, CommandLine line) {
        builder.insecureRegistries(hosts(line, INSECURE_REGISTRIES));
        if (line.has(TOKEN_SERVICES)) {
            builder.tokenServices(tokenServices(line));
        }
        TlsSettings tls = TlsSettings.fromEnvironment(context.environment(), RegistryFlags.home(context));
        builder.tls(line.has(CA_FILE) ? tls.withCaFile(InputFile.resolve(context, authorities(line))) : tls);
        builder.proxies(ProxySettings.fromEnvironment(context.environment()));
        time(line, CONNECT_TIMEOUT, builder::connectTimeout);
        time(line, READ_TIMEOUT, builder::readTimeout);
    }

    private static TokenServices tokenServices(CommandLine line) {
        try {
            return TokenServices.only(hosts(line, TOKEN_SERVICES));
        } catch (InvalidInputException noHost) {
            throw new UsageException(
                    TOKEN_SERVICES.dashed() + ": " + noHost.getMessage(),
                    noHost.hint().orElse(""));
        }
    }

    private static List<String> hosts(CommandLine line, Flag flag) {
        return line.list(flag).stream().filter(host -> !host.isBlank()).toList();
    }

    /** A variable of a script that is not set must not pass for a file. */
    private static String authorities(CommandLine line) {
        String file = line.text(CA_FILE);
        if (file.isEmpty()) {
            throw line.wrong(CA_FILE.dashed() + " needs the name of a file");
        }
        return file;
    }

    /** The library has the same in mind if nothing is said. */
    private static void time(CommandLine line, Flag flag, Consumer<Duration> setting) {
        if (line.has(flag)) {
            String text = line.text(flag);
            setting.accept(GoDuration.parse(text)
                    .orElseThrow(() -> line.wrong(
                            flag.dashed() + ": \"" + text + "\" is no time above 0, such as 500ms, 10s or 1m30s")));
        }
    }
}
