/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.testkit.junit.RegistryExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thick bundles of other tools, damaged ones and hostile ones. */
class PublishTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final String LAYOUT = "artifacts/layout/";
    private static final String BLOBS = LAYOUT + "blobs/sha256/";

    @RegisterExtension
    final RegistryExtension targets = new RegistryExtension();

    @TempDir
    Path directory;

    private Map<String, byte[]> members;
    private Digest digest;
    private Location target;

    /** The members of an archive of ours. */
    @BeforeEach
    void archiveTheExample() throws IOException {
        target = Location.parse(targets.registry().host() + "/carried/hello:2");
        Location layout = Location.parse("oci:" + directory.resolve("layout") + ":1");
        Path plain = directory.resolve("plain.tar");
        Bundle bundle = Bundle.parse(Files.readAllBytes(EXAMPLES.resolve("bundle.json")));
        try (Remotes remotes = Remotes.builder().build()) {
            digest = remotes.fixupAndPush(
                            bundle,
                            layout,
                            FixupOptions.defaults().withFrom(ImageSource.parse("oci:" + EXAMPLES.resolve("images"))),
                            PushOptions.defaults())
                    .descriptor()
                    .digest();
            remotes.archive(layout, plain, ArchiveOptions.defaults().withCompression(Compression.none()));
        }
        members = TarFiles.read(plain);
        members.keySet().removeIf(name -> name.endsWith("/"));
    }

    @Nested
    class OfOthers {
        /** Everything by name, directories, dots, metadata last, an indented index: spec-facts on Porter's archives. */
        @Test
        void shapedAsPortersAre_givesTheSameBundle() throws IOException {
            Map<String, byte[]> porter = new LinkedHashMap<>();
            for (String parent : List.of("", "artifacts/", LAYOUT, LAYOUT + "blobs/", BLOBS)) {
                porter.put("./" + parent, new byte[0]);
            }
            members.keySet().stream()
                    .filter(name -> name.startsWith(LAYOUT))
                    .sorted()
                    .forEach(name -> porter.put("./" + name, members.get(name)));
            porter.put("./" + LAYOUT + "oci-layout", "{\n    \"imageLayoutVersion\": \"1.0.0\"\n}".getBytes(UTF_8));
            porter.put("./bundle.json", members.get("bundle.json"));
            porter.put("./relocation-mapping.json", members.get("relocation-mapping.json"));

            assertThat(publish(gzip(porter)).descriptor().digest()).isEqualTo(digest);
        }

        @Test
        void inAnyOrder() throws IOException {
            List<String> names = new ArrayList<>(members.keySet());
            Collections.reverse(names);
            Map<String, byte[]> reversed = new LinkedHashMap<>();
            names.forEach(name -> reversed.put(name, members.get(name)));

            assertThat(publish(plain(reversed)).descriptor().digest()).isEqualTo(digest);
        }

        /** As cnab-go and duffle write it: the layout names images as the bundle does. */
        @ParameterizedTest
        @ValueSource(strings = {"absent", "null", "{}"})
        void withoutARelocationMap(String map) throws IOException {
            if (map.equals("absent")) {
                members.remove("relocation-mapping.json");
            } else {
                members.put("relocation-mapping.json", map.getBytes(UTF_8));
            }
            edit(LAYOUT + "index.json", index -> index.replaceAll("(hello/[a-z]+)@sha256:[0-9a-f]{64}", "$1:1.0.0"));

            assertThat(publish(gzip(members)).descriptor().digest()).isEqualTo(digest);
        }

        @Test
        void withTheBundleUnderItsOldName() throws IOException {
            members.put("bundle.cnab", members.remove("bundle.json"));

            assertThat(publish(gzip(members)).descriptor().digest()).isEqualTo(digest);
        }

        @Test
        void withFilesThatNobodyAskedFor() throws IOException {
            members.put("README.md", "hello".getBytes(UTF_8));
            members.put(BLOBS + "f".repeat(64), "not referred to".getBytes(UTF_8));

            assertThat(publish(gzip(members)).descriptor().digest()).isEqualTo(digest);
            assertThat(targets.registry().repository("carried/hello").blobs())
                    .noneMatch(blob -> blob.toString().endsWith("f".repeat(64)));
        }

        @Test
        void withABundleThatLacksDigests_fillsThemIn() throws IOException {
            edit(
                    "bundle.json",
                    json -> json.replaceAll("\"(contentDigest|mediaType)\":\"[^\"]*\",|,\"size\":\\d+", ""));

            assertThat(publish(gzip(members)).descriptor().digest()).isEqualTo(digest);
        }
    }

    @Nested
    class Refused {
        @ParameterizedTest
        @CsvSource({
            "bundle.json, INVALID_ARCHIVE, no thick bundle",
            "artifacts/layout/oci-layout, INVALID_ARCHIVE, no OCI image layout",
            "artifacts/layout/index.json, INVALID_ARCHIVE, index.json",
        })
        void withoutAFile(String name, ErrorCode code, String said) throws IOException {
            members.remove(name);

            assertRefused(plain(members), code, said);
        }

        @ParameterizedTest
        @CsvSource({
            "bundle.json, INVALID_JSON, bundle.json in archive",
            "relocation-mapping.json, INVALID_JSON, relocation-mapping.json in archive",
            "artifacts/layout/oci-layout, INVALID_ARCHIVE, oci-layout that cannot be used",
            "artifacts/layout/index.json, INVALID_ARCHIVE, index.json that cannot be used",
        })
        void withAFileThatIsNotWhatItsNameSays(String name, ErrorCode code, String said) throws IOException {
            members.put(name, "{broken".getBytes(UTF_8));

            assertRefused(plain(members), code, said);
        }

        /** Whichever it is, layer, config or manifest: found before anything is sent. */
        @Test
        void withoutAnyOneBlob() throws IOException {
            List<String> blobs = members.keySet().stream()
                    .filter(name -> name.startsWith(BLOBS))
                    .toList();
            assertThat(blobs).hasSizeGreaterThan(8);
            for (String blob : blobs) {
                Map<String, byte[]> fewer = new LinkedHashMap<>(members);
                fewer.remove(blob);

                CnabException refused = refusal(plain(fewer));

                assertThat(refused).hasMessageContaining("does not hold");
                assertNothingSent();
            }
        }

        /** A wrong size is found before anything is sent; of other damage nothing is committed, and no tag is set. */
        @Test
        void withAnyOneBlobAltered() throws IOException {
            for (String blob : List.copyOf(members.keySet())) {
                if (blob.startsWith(BLOBS)) {
                    Map<String, byte[]> altered = new LinkedHashMap<>(members);
                    byte[] content = altered.get(blob).clone();
                    content[content.length / 2] ^= 1;
                    altered.put(blob, content);

                    // What another attempt has brought would not be read again.
                    String hex = blob.substring(BLOBS.length());
                    String repository = "carried/" + hex;
                    target = Location.parse(targets.registry().host() + "/" + repository + ":2");

                    CnabException refused = refusal(plain(altered));

                    assertThat(refused).hasMessageContaining("content mismatch");
                    assertThat(targets.registry().repository(repository).resolve("2"))
                            .isEmpty();
                    assertThat(targets.registry().repository(repository).hasBlob("sha256:" + hex))
                            .isFalse();
                }
            }
        }

        @Test
        void withAnotherImageThanTheBundleSays() throws IOException {
            edit(
                    "bundle.json",
                    json -> json.replaceFirst(
                            "\"contentDigest\":\"sha256:[0-9a-f]{64}", "\"contentDigest\":\"sha256:" + "0".repeat(64)));

            assertRefused(plain(members), ErrorCode.IMAGE_DIFFERS, "in the bundle, and archive");
        }

        @Test
        void withoutAnImageOfTheBundle() throws IOException {
            members.remove("relocation-mapping.json");

            assertRefused(plain(members), ErrorCode.IMAGE_NOT_FOUND, "does not hold");
        }

        @ParameterizedTest
        @ValueSource(strings = {"../evil", "artifacts/layout/blobs/sha256/../../../../../evil"})
        void withANameThatLeadsElsewhere(String name) throws IOException {
            members.put(name, "evil".getBytes(UTF_8));

            assertRefused(plain(members), ErrorCode.INVALID_ARCHIVE, "elsewhere");
            assertThat(directory.getParent().resolve("evil")).doesNotExist();
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void cutAnywhere(boolean compressed) throws IOException {
            byte[] whole = Files.readAllBytes(compressed ? gzip(members) : plain(members));
            for (int percent = 0; percent < 100; percent++) {
                Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, whole.length * percent / 100));

                CnabException refused = refusal(cut);

                assertThat(refused.code()).as("%d %%", percent).isEqualTo(ErrorCode.INVALID_ARCHIVE);
            }
            assertNothingSent();
        }

        private void assertRefused(Path archive, ErrorCode code, String said) {
            CnabException refused = refusal(archive);

            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused).hasMessageContaining(said).hasMessageContaining(archive.toString());
            assertNothingSent();
        }

        private void assertNothingSent() {
            assertThat(targets.registry().log().requests()).isEmpty();
        }

        private CnabException refusal(Path archive) {
            CnabException refused = catchThrowableOfType(CnabException.class, () -> publish(archive));
            assertThat(refused).as("refusal").isNotNull();
            return refused;
        }
    }

    private void edit(String name, UnaryOperator<String> change) {
        String before = new String(members.get(name), UTF_8);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        members.put(name, after.getBytes(UTF_8));
    }

    private PushResult publish(Path archive) {
        try (Remotes remotes = Remotes.builder().build()) {
            return remotes.publish(archive, target, PublishOptions.defaults());
        }
    }

    private Path plain(Map<String, byte[]> entries) throws IOException {
        Path file = directory.resolve("archive.tar");
        try (OutputStream out = Files.newOutputStream(file)) {
            TarFiles.write(out, entries);
        }
        return file;
    }

    private Path gzip(Map<String, byte[]> entries) throws IOException {
        Path file = directory.resolve("archive.tgz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            TarFiles.write(out, entries);
        }
        return file;
    }
}
