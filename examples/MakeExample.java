/* SPDX-License-Identifier: Apache-2.0 */

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes the example: {@code bundle.json} and its three images as an OCI layout in {@code images/}. The same bytes on every run:
 * {@code java examples/MakeExample.java examples}. One image exists for two platforms; all of them share a layer.
 */
final class MakeExample {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String REPOSITORY = "example.com/hello/";
    private static final String TAG = ":1.0.0";

    /** What points to some content. */
    private record Pointer(String mediaType, String digest, int size) {
        String json(String more) {
            return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}".formatted(mediaType, digest, size, more);
        }
    }

    private final Path blobs;

    private MakeExample(Path blobs) {
        this.blobs = blobs;
    }

    public static void main(String... args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("one argument: the directory that takes bundle.json and images/");
        }
        Path directory = Path.of(args[0]);
        Path layout = directory.resolve("images");
        Path blobs = Files.createDirectories(layout.resolve("blobs").resolve("sha256"));
        new MakeExample(blobs).write(directory, layout);
    }

    private void write(Path directory, Path layout) throws IOException {
        Pointer base = blob(LAYER, tar("etc/motd", 0644, "cnab4j example\n"));
        Pointer installer = image("amd64", base, tar("cnab/app/run", 0755, """
                #!/bin/sh
                echo "$CNAB_ACTION $CNAB_INSTALLATION_NAME"
                """));
        Pointer worker = image("amd64", base, tar("usr/bin/worker", 0755, "#!/bin/sh\necho working\n"));
        byte[] page = tar("srv/index.html", 0644, "<!doctype html><title>Hello</title><p>Hello\n");
        Pointer web = index(image("amd64", base, page), image("arm64", base, page));

        List<String> named = new ArrayList<>();
        named.add(named(installer, "installer"));
        named.add(named(web, "web"));
        named.add(named(worker, "worker"));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(
                layout.resolve("index.json"),
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}".formatted(INDEX, String.join(",", named)));
        Files.writeString(directory.resolve("bundle.json"), bundle(installer, web, worker));
    }

    private static String named(Pointer image, String name) {
        return image.json(",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + REPOSITORY + name + TAG + "\"}");
    }

    private Pointer image(String architecture, Pointer base, byte[] layer) throws IOException {
        Pointer own = blob(LAYER, layer);
        Pointer config = blob(
                CONFIG,
                """
                {"architecture":"%s","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["%s","%s"]}}"""
                        .formatted(architecture, base.digest(), own.digest()));
        return blob(
                MANIFEST,
                """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s,%s]}"""
                        .formatted(MANIFEST, config.json(""), base.json(""), own.json("")));
    }

    private Pointer index(Pointer amd64, Pointer arm64) throws IOException {
        String platform = ",\"platform\":{\"architecture\":\"%s\",\"os\":\"linux\"}";
        return blob(
                INDEX,
                """
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s,%s]}"""
                        .formatted(
                                INDEX,
                                amd64.json(platform.formatted("amd64")),
                                arm64.json(platform.formatted("arm64"))));
    }

    private static String bundle(Pointer installer, Pointer web, Pointer worker) {
        return """
                {
                  "schemaVersion": "v1.2.0",
                  "name": "hello",
                  "version": "1.0.0",
                  "description": "An example: a web page for two platforms and a worker",
                  "keywords": ["example", "hello"],
                  "maintainers": [{"name": "cnab4j"}],
                  "invocationImages": [
                    {
                %s
                    }
                  ],
                  "images": {
                    "web": {
                      "description": "the web page",
                %s
                    },
                    "worker": {
                      "description": "does the work",
                %s
                    }
                  },
                  "definitions": {
                    "port": {"type": "integer", "default": 8080, "minimum": 1, "maximum": 65535}
                  },
                  "parameters": {
                    "port": {"definition": "port", "destination": {"env": "PORT"}}
                  }
                }
                """
                .formatted(
                        members("installer", installer).indent(6).stripTrailing(),
                        members("web", web).indent(6).stripTrailing(),
                        members("worker", worker).indent(6).stripTrailing());
    }

    private static String members(String name, Pointer image) {
        return """
                "imageType": "oci",
                "image": "%s%s%s",
                "contentDigest": "%s",
                "size": %d,
                "mediaType": "%s\""""
                .formatted(REPOSITORY, name, TAG, image.digest(), image.size(), image.mediaType());
    }

    private Pointer blob(String mediaType, String content) throws IOException {
        return blob(mediaType, content.getBytes(StandardCharsets.UTF_8));
    }

    private Pointer blob(String mediaType, byte[] content) throws IOException {
        String hex = sha256(content);
        Files.write(blobs.resolve(hex), content);
        return new Pointer(mediaType, "sha256:" + hex, content.length);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A tar (ustar) of one file. Layers are not compressed: what a compressor writes depends on its version. */
    private static byte[] tar(String name, int mode, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "%07o".formatted(0));
        put(header, 116, "%07o".formatted(0));
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "%011o".formatted(0));
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, "%06o".formatted(sum));
        header[154] = 0;

        int padded = (content.length + 511) / 512 * 512;
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(header);
        archive.writeBytes(content);
        archive.writeBytes(new byte[padded - content.length]);
        archive.writeBytes(new byte[1024]);
        return archive.toByteArray();
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
