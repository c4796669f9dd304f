/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.json.CanonicalJson;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A thick bundle in the shape that Porter gives it: a ustar file of entries by name, each name with {@code ./} before it, directories
 * too, the metadata last; an indented index that has one entry for each image, named by where Porter has put it.
 */
final class PorterArchive {
    private static final int BLOCK = 512;
    private static final String LAYOUT = "./artifacts/layout/";

    private final Map<String, byte[]> files = new TreeMap<>();

    /**
     * Makes one.
     *
     * @param bundle the bundle's file, with the digests of its images
     * @param blobs a directory that has what the images consist of, by algorithm and hex
     * @param repository where the images are, in full
     */
    PorterArchive(Path bundle, Path blobs, String repository) throws IOException {
        JsonObject json = JsonReader.readObject(Files.readAllBytes(bundle), JsonLimits.BUNDLE);
        List<String> entries = new ArrayList<>();
        Map<String, String> relocated = new TreeMap<>();
        for (JsonObject image : images(json)) {
            String at = repository + "@" + image.string("contentDigest").orElseThrow();
            relocated.put(image.string("image").orElseThrow(), at);
            entries.add("""
                          {
                             "mediaType": "%s",
                             "size": %s,
                             "digest": "%s",
                             "annotations": {
                                "org.opencontainers.image.ref.name": "%s"
                             }
                          }""".formatted(
                            image.string("mediaType").orElseThrow(),
                            ((JsonNumber) image.members().get("size")).text(),
                            image.string("contentDigest").orElseThrow(),
                            at));
        }
        try (Stream<Path> found = Files.walk(blobs)) {
            for (Path blob : found.filter(Files::isRegularFile).toList()) {
                files.put(LAYOUT + "blobs/sha256/" + blob.getFileName(), Files.readAllBytes(blob));
            }
        }
        put(LAYOUT + "index.json", """
                {
                   "schemaVersion": 2,
                   "mediaType": "application/vnd.oci.image.index.v1+json",
                   "manifests": [
                %s
                   ]
                }""".formatted(String.join(",\n", entries)));
        put(LAYOUT + "oci-layout", "{\n    \"imageLayoutVersion\": \"1.0.0\"\n}");
        files.put("./bundle.json", CanonicalJson.write(json));
        put("./relocation-mapping.json", map(relocated));
    }

    private static List<JsonObject> images(JsonObject bundle) {
        List<JsonObject> all = new ArrayList<>();
        new TreeMap<>(bundle.object("images").orElseThrow().members())
                .values()
                .forEach(image -> all.add((JsonObject) image));
        bundle.array("invocationImages").orElseThrow().forEach(image -> all.add((JsonObject) image));
        return all;
    }

    private static String map(Map<String, String> relocated) {
        List<String> members = new ArrayList<>();
        relocated.forEach((image, at) -> members.add("\"" + image + "\":\"" + at + "\""));
        return "{" + String.join(",", members) + "}";
    }

    private void put(String name, String text) {
        files.put(name, text.getBytes(UTF_8));
    }

    /** The names of its files, as they are below its root. */
    List<String> names() {
        return files.keySet().stream().map(name -> name.substring(2)).toList();
    }

    byte[] file(String name) {
        return files.get("./" + name);
    }

    /** Writes it, compressed. */
    Path writeTo(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String directory : List.of("./", "./artifacts/", LAYOUT, LAYOUT + "blobs/", LAYOUT + "blobs/sha256/")) {
            entries.put(directory, new byte[0]);
        }
        entries.putAll(files);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.write(header(entry.getKey(), entry.getValue().length));
                out.write(entry.getValue());
                out.write(new byte[Math.floorMod(-entry.getValue().length, BLOCK)]);
            }
            out.write(new byte[2 * BLOCK]);
        }
        return file;
    }

    private static byte[] header(String name, int size) {
        byte[] header = new byte[BLOCK];
        boolean directory = name.endsWith("/");
        put(header, 0, name);
        put(header, 100, directory ? "0000755" : "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "00000000000");
        Arrays.fill(header, 148, 156, (byte) ' ');
        put(header, 156, directory ? "5" : "0");
        put(header, 257, "ustar\u000000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\u0000 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
