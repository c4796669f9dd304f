/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads one entry of {@code auths}. */
final class AuthEntry {
    private AuthEntry() {}

    /** The credential of an entry; the strongest kind of those it holds. */
    static Optional<Credential> credential(JsonObject entry, Consumer<String> problems) {
        Optional<Credential> registryToken = text(entry, "registrytoken").map(Credential.RegistryToken::new);
        Optional<Credential> identityToken = text(entry, "identitytoken").map(Credential.IdentityToken::new);
        return registryToken.or(() -> identityToken).or(() -> password(entry, problems));
    }

    private static Optional<Credential> password(JsonObject entry, Consumer<String> problems) {
        Optional<String> packed = text(entry, "auth");
        if (packed.isPresent()) {
            return unpacked(packed.get(), problems);
        }
        return text(entry, "password")
                .flatMap(secret -> text(entry, "username").map(user -> new Credential.Basic(user, secret)));
    }

    /** {@code user:password} in Base64; the password may hold colons. */
    private static Optional<Credential> unpacked(String packed, Consumer<String> problems) {
        byte[] bytes;
        try {
            bytes = decode(packed);
        } catch (IllegalArgumentException notBase64) {
            problems.accept("its \"auth\" is not Base64");
            return Optional.empty();
        }
        String pair = new String(bytes, StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon <= 0) {
            problems.accept("its \"auth\" is not a user name and a password");
            return Optional.empty();
        }
        String secret = withoutNulAtEnds(pair.substring(colon + 1));
        return secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credential.Basic(pair.substring(0, colon), secret));
    }

    /** Strict Base64 but for line breaks, which mail programs and YAML files leave in. */
    private static byte[] decode(String packed) {
        String joined = packed.replace("\r", "").replace("\n", "");
        if (joined.length() % 4 != 0) {
            throw new IllegalArgumentException("padding is missing");
        }
        return Base64.getDecoder().decode(joined);
    }

    private static String withoutNulAtEnds(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == 0) {
            start++;
        }
        while (end > start && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static Optional<String> text(JsonObject entry, String member) {
        return entry.string(member).filter(value -> !value.isEmpty());
    }
}
