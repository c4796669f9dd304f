/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.DockerAuthModel;
import io.github.cnab4j.vectors.Result;
import io.github.cnab4j.vectors.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which credential goes to a registry, and which helpers are asked on the way; the helpers are scripts that note their calls. */
class DockerAuthVectorTest {
    @TempDir
    Path directory;

    private final AtomicInteger number = new AtomicInteger();

    @TestFactory
    @DisabledOnOs(OS.WINDOWS)
    Stream<DynamicNode> findsTheCredentialsThatDockerFinds() {
        return Vectors.load("dockerauth.json")
                .check(Differences.DockerAuth.ALL, DockerAuthModel::goTool, this::library);
    }

    private Result library(JsonObject c) {
        try {
            return library(c, Files.createDirectories(directory.resolve("case" + number.incrementAndGet())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result library(JsonObject c, Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("DOCKER_CONFIG", folder.toString());
        environment.put("PATH", folder.toString());
        if (c.get("config") instanceof JsonString config) {
            Files.writeString(folder.resolve("config.json"), config.value());
        }
        c.string("envDockerAuthConfig").ifPresent(text -> environment.put("DOCKER_AUTH_CONFIG", text));
        for (Map.Entry<String, JsonValue> helper :
                c.object("helpers").orElse(JsonObject.empty()).members().entrySet()) {
            script(folder, helper.getKey(), (JsonObject) helper.getValue());
        }
        Reference reference = Reference.parse(c.string("ref").orElseThrow());
        DockerConfig found = DockerConfig.fromEnvironment(environment, folder.resolve("home"));
        return DockerAuthModel.result(
                found.find(
                        reference.repository().domain(), reference.repository().path()),
                calls(folder));
    }

    private static long exit(JsonObject answer) {
        return answer.get("exit") instanceof JsonNumber number ? number.toLong().orElseThrow() : 0;
    }

    private static List<String> calls(Path folder) throws IOException {
        Path log = folder.resolve("calls");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    /** Notes its name, operation and input, and answers what the vector says. */
    private static void script(Path folder, String name, JsonObject answers) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("#!/bin/sh");
        lines.add("IFS= read -r server");
        lines.add("echo \"" + name + " $1 $server\" >> '" + folder.resolve("calls") + "'");
        lines.add("case \"$1 $server\" in");
        for (Map.Entry<String, JsonValue> answer : answers.members().entrySet()) {
            JsonObject said = (JsonObject) answer.getValue();
            Path text = folder.resolve(name + lines.size());
            Files.writeString(text, said.string("stdout").orElse(""));
            lines.add("'" + answer.getKey() + "') /bin/cat '" + text + "'; exit " + exit(said) + ";;");
        }
        lines.add("esac");
        lines.add("echo 'credentials not found in native keychain'");
        lines.add("exit 1");
        Path file = folder.resolve("docker-credential-" + name);
        Files.write(file, lines);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made a program");
        }
    }
}
