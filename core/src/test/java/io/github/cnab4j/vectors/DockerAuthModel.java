/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.registry.auth.Credential;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The credential and the helpers' calls of a case of {@code dockerauth.json}, in terms of this library. */
public final class DockerAuthModel {
    private static final String NONE = "none";

    private DockerAuthModel() {}

    /** What the library found, and whom it asked. */
    public static Result result(Optional<Credential> found, List<String> calls) {
        String credential = found.map(DockerAuthModel::text).orElse(NONE);
        return Result.of("credential", credential).with("calls", calls);
    }

    /** What the Go tool does: the answer to a Bearer challenge tells all kinds apart. */
    public static Result goTool(JsonObject c) {
        JsonObject bearer = c.object("bearer").orElseThrow();
        JsonObject chosen = bearer.array("oneOf")
                .map(list -> (JsonObject) list.elements().get(0))
                .orElse(bearer);
        if (!Differences.Text.isOk(chosen)
                && chosen.array("tokenRequests").filter(list -> list.size() > 0).isEmpty()) {
            return Result.failed();
        }
        JsonObject request = (JsonObject)
                chosen.array("tokenRequests").orElseThrow().elements().get(0);
        return Result.of("credential", credential(request.object("parameters").orElseThrow()))
                .with("calls", calls(c));
    }

    private static String credential(JsonObject parameters) {
        Optional<String> token = parameters.string("refresh_token");
        if (token.isPresent()) {
            return "token " + token.get();
        }
        return parameters
                .string("username")
                .map(user ->
                        "user " + user + ":" + parameters.string("password").orElse(""))
                .orElse(NONE);
    }

    private static List<String> calls(JsonObject c) {
        return c.array("basicHelperCalls").orElse(JsonArray.empty()).elements().stream()
                .map(JsonObject.class::cast)
                .map(call -> call.string("helper").orElseThrow() + " "
                        + call.string("op").orElseThrow() + " "
                        + call.string("stdin").orElseThrow())
                .toList();
    }

    /** What {@code auths} hold for a case in which no helper is named, read entry by entry. */
    static Result ofAuths(JsonObject c) {
        List<Entry> fitting = entries(c).stream().filter(entry -> entry.fits(c)).toList();
        int longest =
                fitting.stream().mapToInt(entry -> entry.path().length()).max().orElse(0);
        return Result.of(
                        "credential",
                        fitting.stream()
                                .filter(entry -> entry.path().length() == longest)
                                .flatMap(entry -> entry.credential().stream())
                                .findFirst()
                                .orElse(NONE))
                .with("calls", List.of());
    }

    /** Whether one entry of {@code auths}, of the file or of the environment, has a property. */
    static Predicate<JsonObject> anyEntry(Predicate<Entry> property) {
        return c -> entries(c).stream().anyMatch(property);
    }

    /** The entries of the environment's text, then those of the file. */
    private static List<Entry> entries(JsonObject c) {
        List<Entry> entries = new ArrayList<>();
        for (String source : List.of("envDockerAuthConfig", "config")) {
            c.string(source)
                    .flatMap(DockerAuthModel::document)
                    .flatMap(json -> json.object("auths"))
                    .ifPresent(auths -> auths.members().forEach((key, value) -> {
                        if (value instanceof JsonObject entry) {
                            entries.add(new Entry(source.startsWith("env"), key, entry));
                        }
                    }));
        }
        return entries;
    }

    static Optional<JsonObject> document(String text) {
        return CanonicalModel.document(text.getBytes(UTF_8));
    }

    /** An entry of {@code auths}. */
    record Entry(boolean inEnvironment, String key, JsonObject members) {
        private static final Set<String> HUB =
                Set.of("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

        boolean isUrl() {
            return key.contains("/");
        }

        boolean isHubsOtherName() {
            return HUB.contains(host()) && !key.equals("https://index.docker.io/v1/");
        }

        boolean hasMemberInAnotherCase() {
            return members.members().keySet().stream()
                    .anyMatch(name -> !name.equals("auth") && name.equalsIgnoreCase("auth"));
        }

        boolean isSpoilt() {
            String auth = members.string("auth").orElse("");
            return !auth.isEmpty() && credential().isEmpty();
        }

        String host() {
            String rest = key.contains("//") ? key.substring(key.indexOf("//") + 2) : key;
            String host = rest.split("[/?#]", -1)[0];
            return host.substring(host.indexOf('@') + 1);
        }

        String path() {
            String rest = key.contains("//") ? key.substring(key.indexOf("//") + 2) : key;
            String path =
                    rest.replaceAll("[?#].*", "").replaceAll("^[^/]*/*", "").replaceAll("/+$", "");
            return path.equals("v1") || path.equals("v2") ? "" : path;
        }

        boolean fits(JsonObject c) {
            String domain = c.string("domain").orElse("");
            boolean host = host().equals(domain) || (HUB.contains(host()) && HUB.contains(domain));
            String name = c.string("ref").orElse("").replaceAll("[:@][^/]*$", "");
            return host && (path().isEmpty() || ("/" + name + "/").contains("/" + path() + "/"));
        }

        Optional<String> credential() {
            try {
                String pair = new String(
                        Base64.getDecoder()
                                .decode(members.string("auth").orElse("").replaceAll("[\\r\\n]", "")),
                        UTF_8);
                int colon = pair.indexOf(':');
                return colon > 0 && colon + 1 < pair.length() ? Optional.of("user " + pair) : Optional.empty();
            } catch (IllegalArgumentException notBase64) {
                return Optional.empty();
            }
        }
    }

    private static String text(Credential credential) {
        if (credential instanceof Credential.Basic basic) {
            return "user " + basic.user() + ":" + basic.secret();
        }
        if (credential instanceof Credential.IdentityToken identity) {
            return "token " + identity.token();
        }
        return "registry token";
    }
}
