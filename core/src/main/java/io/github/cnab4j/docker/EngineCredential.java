/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonObject;
import java.util.Base64;

/**
 * What an engine is given to know itself by at a registry. The text form shows no secret.
 *
 * @param server the registry, as credentials name it
 * @param user name; empty with a token
 * @param password password; empty with a token
 * @param identityToken a long-lived token; empty if there is none
 * @param registryToken an access token; empty if there is none
 */
public record EngineCredential(
        String server, String user, String password, String identityToken, String registryToken) {
    /** No credential: the registry is asked anonymously. */
    public static final EngineCredential NONE = new EngineCredential("", "", "", "", "");

    /** The value of {@code X-Registry-Auth} (Docker Engine API, "Authentication"). */
    String header() {
        JsonObject.Builder json = JsonObject.builder();
        put(json, "username", user);
        put(json, "password", password);
        put(json, "serveraddress", server);
        put(json, "identitytoken", identityToken);
        put(json, "registrytoken", registryToken);
        return Base64.getUrlEncoder().encodeToString(GoJson.write(json.build()));
    }

    private static void put(JsonObject.Builder json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }

    @Override
    public String toString() {
        return "EngineCredential[server=" + server + ", ***]";
    }
}
