/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.registry.http.RegistryWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One configuration: entries in the file's order, and the helpers that it names. */
final class ConfigFile {
    static final JsonLimits LIMITS = new JsonLimits(4 * 1024 * 1024, 64, 100_000);
    static final ConfigFile EMPTY = new ConfigFile(List.of(), 0, Map.of(), null);

    private final List<Entry> entries;
    private final int unreadable;
    private final Map<String, String> helpers;
    private final @Nullable String store;

    private ConfigFile(List<Entry> entries, int unreadable, Map<String, String> helpers, @Nullable String store) {
        this.entries = entries;
        this.unreadable = unreadable;
        this.helpers = helpers;
        this.store = store;
    }

    private record Entry(AuthKey key, Credential credential) {}

    static ConfigFile read(byte[] json, String origin, List<String> warnings) {
        JsonObject config;
        try {
            config = JsonReader.readObject(json, LIMITS);
        } catch (InvalidInputException invalid) {
            warnings.add(origin + " is not used: " + invalid.getMessage());
            return EMPTY;
        }
        return of(config, origin, warnings);
    }

    static ConfigFile of(JsonObject config, String origin, List<String> warnings) {
        List<Entry> entries = new ArrayList<>();
        Map<String, JsonValue> auths =
                config.object("auths").orElse(JsonObject.empty()).members();
        auths.forEach((key, value) -> {
            if (value instanceof JsonObject entry) {
                AuthEntry.credential(
                                entry,
                                problem -> warnings.add(origin + ": the entry for " + RegistryWords.clean(key)
                                        + " is not used: " + problem))
                        .ifPresent(credential -> entries.add(new Entry(AuthKey.parse(key), credential)));
            }
        });
        Map<String, String> helpers = new LinkedHashMap<>();
        config.object("credHelpers").orElse(JsonObject.empty()).members().forEach((key, value) -> {
            if (value instanceof JsonString helper && !helper.value().isEmpty()) {
                helpers.put(key, helper.value());
            }
        });
        String store =
                config.string("credsStore").filter(name -> !name.isEmpty()).orElse(null);
        return new ConfigFile(List.copyOf(entries), auths.size() - entries.size(), Map.copyOf(helpers), store);
    }

    /** The credential of the most specific key; of equal ones the first. */
    Optional<Credential> find(String host, String repository) {
        return entries.stream()
                .filter(entry -> entry.key().matches(host, repository))
                .max(Comparator.comparingInt((Entry entry) -> entry.key().path().length())
                        .thenComparing((a, b) -> Integer.compare(entries.indexOf(b), entries.indexOf(a))))
                .map(Entry::credential);
    }

    /** The helper that the file names for a registry: its entries do not count then. */
    Optional<String> helper(String host) {
        return Optional.ofNullable(helpers.get(AuthKey.server(host))).or(() -> Optional.ofNullable(store));
    }

    /** Whether the file says anything at all about credentials. */
    private boolean isSilent() {
        return entries.isEmpty() && unreadable == 0 && helpers.isEmpty() && store == null;
    }

    /** This file; if it says nothing about credentials, with the helper of the system's key chain, where that is installed. */
    ConfigFile orKeyChain(HelperPrograms programs) {
        if (!isSilent()) {
            return this;
        }
        return programs.ofTheSystem(System.getProperty("os.name", ""))
                .map(helper -> new ConfigFile(entries, unreadable, helpers, helper))
                .orElse(this);
    }

    @Override
    public String toString() {
        return entries.stream().map(entry -> entry.key().toString()).toList().toString();
    }
}
