/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads an OCI layout wholly, with nothing of the library's: what has a digest for a name has to have it. */
final class LayoutCheck {
    private static final Pattern DIGEST = Pattern.compile("\"digest\" ?: ?\"sha256:([0-9a-f]{64})\"");
    private static final Pattern MANIFEST = Pattern.compile("\\A\\{[^\\x00]*\"schemaVersion\"");

    private LayoutCheck() {}

    /** The digests of all blobs, each of which is whole; none if there is no layout. */
    static List<String> blobs(Path layout) throws IOException {
        Path blobs = layout.resolve("blobs").resolve("sha256");
        Set<String> digests = new TreeSet<>();
        if (Files.exists(blobs)) {
            try (Stream<Path> files = Files.list(blobs)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    assertThat(sha256(Files.readAllBytes(file))).as("%s", file).isEqualTo(name);
                    digests.add("sha256:" + name);
                }
            }
        }
        return List.copyOf(digests);
    }

    /** That the layout has a tag, and all that is below what it lists; gives the digest of the tag. */
    static String check(Path layout, String tag) throws IOException {
        assertThat(layout.resolve("oci-layout")).content().contains("\"imageLayoutVersion\"");
        List<String> blobs = blobs(layout);
        String index = Files.readString(layout.resolve("index.json"));
        assertThat(index).contains("\"org.opencontainers.image.ref.name\":\"" + tag + "\"");
        Set<String> reached = new HashSet<>();
        reach(layout, index, reached);
        assertThat(blobs).containsAll(reached);
        Matcher first = DIGEST.matcher(index);
        assertThat(first.find()).isTrue();
        return "sha256:" + first.group(1);
    }

    private static void reach(Path layout, String manifest, Set<String> reached) throws IOException {
        for (Matcher child = DIGEST.matcher(manifest); child.find(); ) {
            Path blob = layout.resolve("blobs").resolve("sha256").resolve(child.group(1));
            assertThat(blob).exists();
            if (reached.add("sha256:" + child.group(1)) && Files.size(blob) < 4 << 20) {
                String content = Files.readString(blob, StandardCharsets.ISO_8859_1);
                if (MANIFEST.matcher(content).find()) {
                    reach(layout, content, reached);
                }
            }
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
