/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.CanonicalJson;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.registry.http.RegistryWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One credential helper, a program that keeps credentials in a key chain of the system or gets them from a cloud: it is given an
 * operation as its argument and the server's name or a credential on its standard input, and answers in JSON (the protocol of
 * Docker's credential helpers). Its answers are secret: no message quotes them.
 */
final class CredentialHelper {
    /** A helper's user name that says that the secret is an identity token. */
    private static final String TOKEN_USER = "<token>";

    /** A helper may have to ask the user for the key chain's password. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int LONGEST_ANSWER = 256 * 1024;
    private static final JsonLimits LIMITS = new JsonLimits(LONGEST_ANSWER, 8, 1000);
    private static final String NOTHING_FOUND = "credentials not found in native keychain";

    private final String name;
    private final HelperPrograms programs;

    CredentialHelper(String name, HelperPrograms programs) {
        this.name = name;
        this.programs = programs;
    }

    private record Answer(int exit, String text) {}

    /**
     * Asks for a server's credential.
     *
     * @param server the key of the server: a host with its port, or Docker Hub's address
     * @return empty if the helper has none
     * @throws InvalidInputException ({@link ErrorCode#INVALID_CONFIGURATION}) if the helper is not there or fails
     */
    Optional<Credential> get(String server) {
        Answer answer = run("get", server.getBytes(StandardCharsets.UTF_8));
        if (answer.exit() != 0) {
            if (answer.text().strip().equals(NOTHING_FOUND)) {
                return Optional.empty();
            }
            throw failed("gives no credentials for " + server + " (exit code " + answer.exit() + ")");
        }
        JsonObject json;
        try {
            json = JsonReader.readObject(answer.text().getBytes(StandardCharsets.UTF_8), LIMITS);
        } catch (InvalidInputException notJson) {
            throw failed("answers for " + server + " what is not the JSON of a helper");
        }
        String user = json.string("Username").orElse("");
        String secret = json.string("Secret").orElse("");
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                user.equals(TOKEN_USER) ? new Credential.IdentityToken(secret) : new Credential.Basic(user, secret));
    }

    /**
     * Has the helper keep a credential.
     *
     * @throws InvalidInputException if the helper is not there or fails
     */
    void store(String server, String user, String secret) {
        byte[] json = CanonicalJson.write(
                JsonObject.ofStrings(Map.of("ServerURL", server, "Username", user, "Secret", secret)));
        if (run("store", json).exit() != 0) {
            throw failed("does not keep the credentials for " + server);
        }
    }

    /**
     * Has the helper forget a credential; false if it had none.
     *
     * @throws InvalidInputException if the helper is not there, fails, or has the credential afterwards
     */
    boolean erase(String server) {
        if (run("erase", server.getBytes(StandardCharsets.UTF_8)).exit() == 0) {
            return true;
        }
        // Each helper has words of its own for having nothing to erase; all say it alike where they are asked for it.
        if (get(server).isPresent()) {
            throw failed("does not forget the credentials for " + server);
        }
        return false;
    }

    private Answer run(String operation, byte[] input) {
        Path program = programs.find(name).orElseThrow(() -> failed("is not on the search path"));
        try {
            Process process = new ProcessBuilder(program.toString(), operation)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            CompletableFuture<Process> end = process.onExit()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .whenComplete((ended, late) -> {
                        // Of one that has ended this would close the streams, what it said unread in them.
                        if (late != null) {
                            process.destroyForcibly();
                        }
                    });
            try {
                send(process, input);
                try (InputStream out = process.getInputStream()) {
                    byte[] text = out.readNBytes(LONGEST_ANSWER + 1);
                    if (text.length > LONGEST_ANSWER) {
                        throw failed("answers at too great a length");
                    }
                    return new Answer(process.waitFor(), new String(text, StandardCharsets.UTF_8));
                }
            } finally {
                end.cancel(true);
                process.destroyForcibly();
            }
        } catch (IOException broken) {
            throw failed("cannot be run (" + broken.getClass().getSimpleName() + ")");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed("was stopped");
        }
    }

    /** A helper that ends without reading has an exit code that says more than the broken pipe. */
    private static void send(Process process, byte[] input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException unread) {
            // Its exit code follows.
        }
    }

    private InvalidInputException failed(String what) {
        return new InvalidInputException(
                ErrorCode.INVALID_CONFIGURATION,
                "the credential helper " + HelperPrograms.PREFIX + RegistryWords.clean(name) + ", which the Docker"
                        + " configuration names, " + what,
                "Install or mend the helper, or take it out of \"credHelpers\" and \"credsStore\" of the configuration.",
                null);
    }
}
