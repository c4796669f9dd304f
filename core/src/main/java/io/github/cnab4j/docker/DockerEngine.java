/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The engine on this machine, over the Docker Engine API. Which engine it is and how to speak with it is found out when it is first
 * needed, and a mistake in the environment is told then. Safe for use by several threads; all methods block and honour the scope.
 */
public final class DockerEngine implements AutoCloseable {
    /** For what an engine answers from what it knows. */
    private static final Duration SHORT = Duration.ofMinutes(1);
    /** An engine may put a whole image together before it sends the first byte, or send a large layer without a word. */
    private static final Duration LONG = Duration.ofMinutes(15);

    private static final int LARGEST_ANSWER = 8 << 20;

    private final EngineConnection connection;

    private DockerEngine(EngineConnection connection) {
        this.connection = connection;
    }

    /**
     * The engine that Docker's client would use in this environment, with the certificates and keys for TLS that it would use; where nothing names one, Docker's or Podman's by the sockets
     * that are there. Neither files nor the network are touched yet.
     */
    public static DockerEngine fromEnvironment(Map<String, String> environment, Path home) {
        return new DockerEngine(new EngineConnection(new EngineFinder(Map.copyOf(environment), home)::find));
    }

    /**
     * The engine at an address.
     *
     * @param host {@code unix:///PATH} or {@code tcp://HOST:PORT}, without TLS
     * @throws InvalidInputException ({@link ErrorCode#INVALID_CONFIGURATION}) if it cannot be read
     */
    public static DockerEngine at(String host) {
        EngineEndpoint endpoint = new EngineEndpoint(EngineHost.parse(host, "the settings", false), null);
        return new DockerEngine(new EngineConnection(() -> endpoint));
    }

    /**
     * Finds an image.
     *
     * @param image a name, or the digest that is the image's id
     * @return empty if the engine has no such image
     * @throws StoreException if the engine fails
     */
    public Optional<EngineImage> inspect(CallScope scope, String image) {
        Optional<String> path = EngineName.path(image);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        String request = "GET images/" + path.get() + "/json";
        return connection.call(scope, "GET", "/images/" + path.get() + "/json", Map.of(), SHORT, reply -> {
            if (reply.status() == 404) {
                return Optional.empty();
            }
            require(reply, request, "the local engine does not say whether it has " + image);
            return Optional.of(image(reply, request));
        });
    }

    private EngineImage image(EngineReply reply, String request) throws IOException {
        JsonObject json;
        try {
            json = JsonReader.readObject(
                    reply.body().readNBytes(LARGEST_ANSWER + 1), JsonLimits.MANIFEST.withMaxBytes(LARGEST_ANSWER));
        } catch (InvalidInputException notJson) {
            throw connection.nonsense(
                    request, "describes an image in a way that cannot be read: " + notJson.getMessage());
        }
        String id = json.string("Id").orElse("");
        if (id.isEmpty()) {
            throw connection.nonsense(request, "describes an image without an id");
        }
        List<String> names = new ArrayList<>();
        for (String member : List.of("RepoTags", "RepoDigests")) {
            json.array(member)
                    .ifPresent(array -> array.forEach(name -> {
                        if (name instanceof JsonString text) {
                            names.add(text.value());
                        }
                    }));
        }
        long size =
                json.get("Size") instanceof JsonNumber number ? number.toLong().orElse(0) : 0;
        return new EngineImage(id, names, Math.max(0, size));
    }

    /**
     * Gives an image another name.
     *
     * @param image a name, or the digest that is the image's id
     * @throws NotFoundException if the engine has no such image
     * @throws StoreException if the engine fails
     */
    public void tag(CallScope scope, String image, Reference name) {
        String target = "/images/" + existing(image) + "/tag?repo="
                + EngineName.encoded(name.repository().toString())
                + (name.tag() == null ? "" : "&tag=" + EngineName.encoded(name.tag()));
        command(scope, "POST", target, "the local engine cannot tag " + image + " as " + name);
    }

    /**
     * Takes a name away again. An image that has no other name goes with it, so the caller makes sure that it has one.
     *
     * @throws NotFoundException if the engine has no such name
     * @throws StoreException if the engine fails
     */
    public void untag(CallScope scope, Reference name) {
        String target = "/images/" + EngineName.path(name) + "?noprune=1";
        command(scope, "DELETE", target, "the local engine cannot remove the name " + name);
    }

    private void command(CallScope scope, String method, String target, String failure) {
        connection.call(scope, method, target, Map.of(), SHORT, reply -> {
            require(reply, method + " " + target.substring(1), failure);
            return true;
        });
    }

    /**
     * Has the engine push the image of this name to the name's registry.
     *
     * @param credential what it says there who it is
     * @param verified whether the registry's certificate has to be right; Podman obeys, Docker's engine has its own list
     * @param listener told what the engine says, in its order, by the calling thread
     * @throws StoreException if the engine or the registry refuses
     */
    public void push(
            CallScope scope,
            Reference name,
            EngineCredential credential,
            boolean verified,
            Consumer<PushProgress> listener) {
        String target = "/images/"
                + EngineName.encoded(name.repository().familiarName()) + "/push?tag="
                + EngineName.encoded(String.valueOf(name.orLatest().tag()))
                + (verified ? "" : "&tlsVerify=false");
        String request = "POST " + target.substring(1);
        String failure = "the local engine cannot push " + name;
        connection.call(scope, "POST", target, Map.of("X-Registry-Auth", credential.header()), LONG, reply -> {
            require(reply, request, failure);
            Optional<String> words = new PushStream(reply.body()).read(listener);
            if (words.isPresent()) {
                throw EngineFailures.pushFailed(request, failure, words.get());
            }
            return true;
        });
    }

    /**
     * The image as an archive (a tar file, as {@code docker save} writes it). The stream must be closed; reading fails with the
     * library's exceptions only.
     *
     * @throws NotFoundException if the engine has no such image
     * @throws StoreException if the engine fails
     */
    public InputStream save(CallScope scope, String image) {
        String target = "/images/" + existing(image) + "/get";
        String request = "GET " + target.substring(1);
        String failure = "the local engine cannot save " + image;
        EngineReply reply = connection.open(scope, "GET", target, Map.of(), LONG);
        boolean opened = false;
        try {
            require(reply, request, failure);
            InputStream stream = connection.guarded(request, reply);
            opened = true;
            return stream;
        } catch (IOException broken) {
            throw connection.failure(request, broken);
        } finally {
            if (!opened) {
                reply.close();
            }
        }
    }

    private static String existing(String image) {
        return EngineName.path(image)
                .orElseThrow(() -> new NotFoundException(
                        "GET images", "the local engine can have no image named " + Excerpt.quoted(image), null));
    }

    private static void require(EngineReply reply, String request, String failure) throws IOException {
        if (!reply.succeeded()) {
            throw EngineFailures.refused(reply, request, failure);
        }
    }

    /** Ends what is going on with the engine. */
    @Override
    public void close() {
        connection.close();
    }
}
