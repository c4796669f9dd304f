/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.layout.LayoutFiles;
import io.github.cnab4j.layout.LayoutStore;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredManifest;
import io.github.cnab4j.server.storage.Upload;
import io.github.cnab4j.server.storage.UploadBusyException;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutRegistryTest {
    private static final CallScope SCOPE = CallScope.unbounded();

    @TempDir
    Path root;

    private LayoutRegistry open() {
        return LayoutRegistry.open(root, StorageOptions.standard());
    }

    private RepositoryStorage app(LayoutRegistry registry) throws IOException {
        return registry.open(Stored.name("team/app"));
    }

    private LayoutStore layout() {
        return LayoutStore.open(root.resolve("team/app"));
    }

    /** What index.json lists: names, and digests without a name. */
    private List<String> listed() {
        var entries = new LayoutFiles(root.resolve("team/app"), true).entries();
        List<Descriptor> named = List.copyOf(entries.named().values());
        return Stream.concat(
                        entries.named().keySet().stream(),
                        entries.manifests().stream()
                                .filter(manifest -> !named.contains(manifest))
                                .map(manifest -> manifest.digest().toString()))
                .toList();
    }

    @Test
    void nothingThere_noRepository() throws IOException {
        try (LayoutRegistry registry = open()) {
            assertThat(registry.find(Stored.name("team/app"))).isEmpty();
            assertThat(registry.repositories(null, 10)).isEmpty();
        }
    }

    @Test
    void aPushedTag_isInTheLayoutThatOtherToolsRead() throws IOException {
        try (LayoutRegistry registry = open()) {
            Digest image = Stored.image(app(registry), "one", null, "1.0", "latest");

            assertThat(layout().resolve(SCOPE, "1.0").digest()).hasToString(image.toString());
            assertThat(layout().tags(SCOPE)).containsExactly("1.0", "latest");
        }
    }

    @Test
    void whatWasPushed_isThereAfterARestart() throws IOException {
        Digest blob;
        Digest image;
        Digest untagged;
        try (LayoutRegistry registry = open()) {
            blob = Stored.blob(app(registry), "layer");
            image = Stored.image(app(registry), "one", null, "1.0");
            untagged = Stored.image(app(registry), "two", image);
        }

        try (LayoutRegistry again = open()) {
            RepositoryStorage app = again.find(Stored.name("team/app")).orElseThrow();
            assertThat(Stored.read(app, blob)).isEqualTo("layer");
            assertThat(app.tag("1.0")).contains(image);
            assertThat(app.manifest(image).orElseThrow().mediaType()).isEqualTo(Stored.MANIFEST);
            assertThat(app.referrers(image)).extracting(StoredManifest::digest).containsExactly(untagged);
            assertThat(again.repositories(null, 10)).containsExactly(Stored.name("team/app"));
        }
    }

    @Test
    void manifestsWithoutATag_areListedOnceNothingLeadsToThem() throws IOException {
        try (LayoutRegistry registry = open()) {
            RepositoryStorage app = app(registry);
            Digest child = Stored.image(app, "child", null);
            assertThat(listed()).containsExactly(child.toString());

            Digest index = Stored.index(app, List.of(child), "1.0");
            assertThat(listed()).containsExactly("1.0");

            Stored.image(app, "next", null, "1.0");
            assertThat(listed()).containsExactly("1.0", index.toString());

            app.deleteManifest(index);
            assertThat(listed()).containsExactly("1.0", child.toString());
        }
    }

    @Test
    void aTagThatMoves_leavesItsManifestThere() throws IOException {
        try (LayoutRegistry registry = open()) {
            Digest first = Stored.image(app(registry), "one", null, "1.0");
            Digest second = Stored.image(app(registry), "two", null, "1.0");

            assertThat(app(registry).tag("1.0")).contains(second);
            assertThat(app(registry).manifest(first)).isPresent();
        }
    }

    @Test
    void deletedManifest_isGoneWithItsTags_alsoAfterARestart() throws IOException {
        Digest image;
        try (LayoutRegistry registry = open()) {
            image = Stored.image(app(registry), "one", null, "1.0", "2.0");

            assertThat(app(registry).deleteManifest(image)).isTrue();
            assertThat(app(registry).deleteManifest(image)).isFalse();
            assertThat(app(registry).deleteTag("1.0")).isFalse();
        }
        try (LayoutRegistry again = open()) {
            assertThat(app(again).manifest(image)).isEmpty();
            assertThat(app(again).tags(null, 10)).isEmpty();
        }
        assertThat(layout().tags(SCOPE)).isEmpty();
    }

    @Test
    void deletedTag_leavesTheManifest() throws IOException {
        try (LayoutRegistry registry = open()) {
            Digest image = Stored.image(app(registry), "one", null, "1.0");

            assertThat(app(registry).deleteTag("1.0")).isTrue();

            assertThat(app(registry).tag("1.0")).isEmpty();
            assertThat(app(registry).manifest(image)).isPresent();
            assertThat(listed()).containsExactly(image.toString());
        }
    }

    @Test
    void anUpload_goesOnAfterARestart() throws IOException {
        String id;
        try (LayoutRegistry registry = open()) {
            Upload upload = app(registry).beginUpload(Digest.Algorithm.SHA256);
            upload.append(0, bytes("first "));
            id = upload.id();
        }
        try (LayoutRegistry again = open()) {
            Upload upload = app(again).upload(id).orElseThrow();
            assertThat(upload.size()).isEqualTo(6);
            upload.append(6, bytes("second"));

            assertThat(upload.commit(Stored.digest("first second"))).isTrue();

            assertThat(Stored.read(app(again), Stored.digest("first second"))).isEqualTo("first second");
            assertThat(app(again).upload(id)).isEmpty();
        }
    }

    @Test
    void anUploadOfAnotherRepository_isUnknown() throws IOException {
        try (LayoutRegistry registry = open()) {
            Upload upload = app(registry).beginUpload(Digest.Algorithm.SHA256);

            assertThat(registry.open(Stored.name("other")).upload(upload.id())).isEmpty();
            assertThat(registry.open(Stored.name("team")).upload("app/" + upload.id()))
                    .isEmpty();
            assertThat(app(registry).upload(upload.id())).isPresent();
        }
    }

    @Test
    void anUploadThatBreaksOff_keepsWhatCame() throws IOException {
        try (LayoutRegistry registry = open()) {
            Upload upload = app(registry).beginUpload(Digest.Algorithm.SHA256);
            InputStream broken = new InputStream() {
                private int left = 3;

                @Override
                public int read() throws IOException {
                    if (left-- == 0) {
                        throw new IOException("the client has gone");
                    }
                    return 'x';
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    buffer[offset] = (byte) read();
                    return 1;
                }
            };

            assertThatThrownBy(() -> upload.append(0, broken)).hasMessage("the client has gone");

            assertThat(upload.size()).isEqualTo(3);
            upload.append(3, bytes("y"));
            assertThat(upload.commit(Stored.digest("xxxy"))).isTrue();
        }
    }

    @Test
    void wrongDigest_leavesNothing() throws IOException {
        try (LayoutRegistry registry = open()) {
            Upload upload = app(registry).beginUpload(Digest.Algorithm.SHA256);
            upload.append(0, bytes("content"));

            assertThat(upload.commit(Stored.digest("other"))).isFalse();

            assertThat(app(registry).blob(Stored.digest("other"))).isEmpty();
            assertThat(app(registry).upload(upload.id())).isEmpty();
            try (Stream<Path> files = Files.walk(root)) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    void anUploadInUse_isBusyForAnotherProcess() throws IOException {
        try (LayoutRegistry registry = open();
                LayoutRegistry other = open()) {
            Upload upload = app(registry).beginUpload(Digest.Algorithm.SHA256);
            Upload same = app(other).upload(upload.id()).orElseThrow();
            InputStream meanwhile = new InputStream() {
                @Override
                public int read() {
                    assertThatThrownBy(() -> same.append(0, bytes("x"))).isInstanceOf(UploadBusyException.class);
                    return -1;
                }
            };

            assertThat(upload.append(0, meanwhile)).isZero();
        }
    }

    @Test
    void aDigestOfAnotherAlgorithmThanExpected_isComputed() throws IOException {
        try (LayoutRegistry registry = open()) {
            Upload upload = app(registry).beginUpload(Digest.Algorithm.SHA256);
            upload.append(0, bytes("content"));
            Digest sha512 = Digest.Algorithm.SHA512.of("content".getBytes(UTF_8));

            assertThat(upload.commit(sha512)).isTrue();

            assertThat(Stored.read(app(registry), sha512)).isEqualTo("content");
            assertThat(root.resolve("team/app/blobs/sha512").resolve(sha512.encoded()))
                    .exists();
        }
    }

    @Test
    void tooLargeABlob_isRefused_andItsRoomGiven() throws IOException {
        try (LayoutRegistry registry =
                LayoutRegistry.open(root, StorageOptions.standard().withMaxUploadBytes(4))) {
            Upload upload = app(registry).beginUpload(Digest.Algorithm.SHA256);

            assertThatThrownBy(() -> upload.append(0, bytes("12345")))
                    .isInstanceOfSatisfying(
                            StorageRefusal.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(413));

            assertThat(app(registry).upload(upload.id())).isEmpty();
        }
    }

    @Test
    void mountedBlob_isOneFile() throws IOException {
        try (LayoutRegistry registry = open()) {
            Digest blob = Stored.blob(app(registry), "layer");
            RepositoryStorage other = registry.open(Stored.name("other"));
            RepositoryStorage third = registry.open(Stored.name("third"));

            assertThat(other.mount(blob, Stored.name("absent"))).isFalse();
            assertThat(other.mount(blob, Stored.name("team/app"))).isTrue();
            assertThat(third.mountFromAnywhere(blob)).isTrue();
            assertThat(third.mountFromAnywhere(Stored.digest("absent"))).isFalse();

            assertThat(Files.getAttribute(root.resolve("team/app/blobs/sha256").resolve(blob.encoded()), "unix:nlink"))
                    .isEqualTo(3);
            app(registry).deleteBlob(blob);
            assertThat(Stored.read(other, blob)).isEqualTo("layer");
        }
    }

    @Test
    void aBlobThatIsAManifest_isNotDeletedAsABlob() throws IOException {
        try (LayoutRegistry registry = open()) {
            Digest image = Stored.image(app(registry), "one", null, "1.0");

            assertThat(app(registry).deleteBlob(image)).isFalse();

            assertThat(app(registry).manifest(image)).isPresent();
        }
    }

    @Test
    void registriesOnOneDirectory_seeEachOthersChanges() throws IOException {
        try (LayoutRegistry one = open();
                LayoutRegistry two = open()) {
            Digest first = Stored.image(app(one), "one", null, "1.0");
            assertThat(app(two).tag("1.0")).contains(first);

            Digest second = Stored.image(app(two), "two", first, "1.0");

            assertThat(app(one).tag("1.0")).contains(second);
            assertThat(app(one).referrers(first)).hasSize(1);
            app(one).deleteManifest(second);
            assertThat(app(two).tags(null, 10)).isEmpty();
            assertThat(app(two).referrers(first)).isEmpty();
        }
    }

    @Test
    void whatAnotherToolWrites_isServed() throws IOException {
        try (LayoutRegistry registry = open()) {
            Digest image = Stored.image(app(registry), "one", null, "1.0");
            byte[] referrer = ("{\"schemaVersion\":2,\"mediaType\":\"" + Stored.MANIFEST
                            + "\",\"config\":{\"mediaType\":\"text/x\",\"digest\":\"" + Stored.digest("{}")
                            + "\",\"size\":2},\"layers\":[],\"subject\":{\"mediaType\":\"" + Stored.MANIFEST
                            + "\",\"digest\":\"" + image + "\",\"size\":1}}")
                    .getBytes(UTF_8);
            Descriptor descriptor = Descriptor.of(MediaType.OCI_MANIFEST, referrer);
            try (LayoutStore store = layout()) {
                store.push(SCOPE, descriptor, ContentSource.ofBytes(referrer), PushHints.NONE);
                store.tag(SCOPE, store.resolve(SCOPE, "1.0"), "by-another");
            }

            assertThat(app(registry).tags(null, 10)).containsExactly("1.0", "by-another");
            assertThat(app(registry).referrers(image))
                    .extracting(manifest -> manifest.digest().toString())
                    .containsExactly(descriptor.digest().toString());
        }
    }

    @Test
    void namesThatLayoutsNeedForThemselves_areRepositoriesToo() throws IOException {
        List<RepositoryName> names = Stream.of("a", "a/blobs", "a/blobs/sha256", "a/index.json", "oci-layout")
                .map(Stored::name)
                .toList();
        try (LayoutRegistry registry = open()) {
            for (RepositoryName name : names) {
                Stored.image(registry.open(name), name.value(), null, "1");
            }
        }
        try (LayoutRegistry again = open()) {
            assertThat(again.repositories(null, 10)).containsExactlyElementsOf(names);
            assertThat(again.repositories(names.get(0), 2)).containsExactly(names.get(1), names.get(2));
        }
    }

    @Test
    void aRepositoryThatSomebodyRemoved_canBePushedToAgain() throws IOException {
        try (LayoutRegistry registry = open()) {
            Stored.image(app(registry), "one", null, "1.0");
            try (Stream<Path> files = Files.walk(root.resolve("team"))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            assertThat(registry.find(Stored.name("team/app"))).isEmpty();

            Stored.image(app(registry), "two", null, "2.0");

            assertThat(app(registry).tags(null, 10)).containsExactly("2.0");
        }
    }

    @Test
    void aLayoutOfAnotherTool_canBePushedToAndDeletedFrom() throws IOException {
        Files.createDirectories(root.resolve("team/app/blobs/sha256"));
        Files.writeString(root.resolve("team/app/oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(root.resolve("team/app/index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");
        try (LayoutRegistry registry = open()) {
            assertThat(app(registry).deleteTag("absent")).isFalse();
            Digest image = Stored.image(app(registry), "one", null, "1.0");
            assertThat(app(registry).tag("1.0")).contains(image);
        }
    }

    @Test
    void aRepositoryAboveOthers_mayComeLast() throws IOException {
        try (LayoutRegistry registry = open()) {
            Stored.image(registry.open(Stored.name("a/b")), "below", null, "1");

            Stored.image(registry.open(Stored.name("a")), "above", null, "1");

            assertThat(registry.repositories(null, 10)).hasSize(2);
        }
    }

    @Test
    void oneLayout_isARepositoryOfItsName_andTheOnlyOne() throws IOException {
        try (LayoutRegistry registry = open()) {
            Stored.image(app(registry), "one", null, "1.0");
        }
        try (LayoutRegistry single = LayoutRegistry.open(root.resolve("team/app"), StorageOptions.standard())) {
            assertThat(single.repositories(null, 10)).containsExactly(Stored.name("app"));
            Stored.image(single.open(Stored.name("app")), "two", null, "2.0");
            assertThatThrownBy(() -> single.open(Stored.name("other"))).isInstanceOf(StorageRefusal.class);
        }
        assertThat(layout().tags(SCOPE)).containsExactly("1.0", "2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678 {\"put\":", "no line feed", "0"})
    void whatAKilledProcessLeftOfALine_isPassedOver_andCutOff(String torn) throws IOException {
        Digest image;
        Path journal = root.resolve("team/app/.cnab4j/journal");
        try (LayoutRegistry registry = open()) {
            image = Stored.image(app(registry), "one", null, "1.0");
        }
        Files.writeString(journal, torn, StandardOpenOption.APPEND);

        try (LayoutRegistry again = open()) {
            assertThat(app(again).tag("1.0")).contains(image);
            Digest next = Stored.image(app(again), "two", null, "2.0");
            assertThat(app(again).tag("2.0")).contains(next);
        }
        assertThat(Files.readString(journal)).doesNotContain(torn + "\n").doesNotContain(torn + "{");
        try (LayoutRegistry third = open()) {
            assertThat(app(third).tags(null, 10)).containsExactly("1.0", "2.0");
        }
    }

    @Test
    void changesThatIndexJsonDoesNotShow_areTakenFromTheJournal() throws IOException {
        byte[] before;
        Path index = root.resolve("team/app/index.json");
        Path journal = root.resolve("team/app/.cnab4j/journal");
        Digest second;
        try (LayoutRegistry registry = open()) {
            Stored.image(app(registry), "one", null, "1.0");
            before = Files.readAllBytes(index);
            second = Stored.image(app(registry), "two", null, "1.0", "2.0");
        }
        // As if killed between the journal's line and index.json.
        Files.write(index, before);
        String lines = Files.readString(journal);
        Files.writeString(journal, lines.substring(0, lines.lastIndexOf('\n', lines.length() - 2) + 1));

        try (LayoutRegistry again = open()) {
            assertThat(app(again).tag("1.0")).contains(second);
            assertThat(app(again).tags(null, 10)).containsExactly("1.0", "2.0");
            Stored.image(app(again), "three", null, "3.0");
        }
        assertThat(layout().tags(SCOPE)).contains("1.0", "2.0", "3.0");
        assertThat(layout().resolve(SCOPE, "1.0").digest()).hasToString(second.toString());
    }

    @Test
    void aDamagedManifest_isNotServed() throws IOException {
        Digest image;
        try (LayoutRegistry registry = open()) {
            image = Stored.image(app(registry), "one", null, "1.0");
        }
        Path blob = root.resolve("team/app/blobs/sha256").resolve(image.encoded());
        byte[] content = Files.readAllBytes(blob);
        content[content.length - 3] ^= 1;
        Files.write(blob, content);

        try (LayoutRegistry again = open()) {
            assertThat(app(again).manifest(image)).isEmpty();
        }
    }

    @Test
    void manyClientsAtOnce_loseNothing() throws IOException {
        try (LayoutRegistry registry = open()) {
            IntStream.range(0, 200).parallel().forEach(i -> {
                try {
                    Stored.image(app(registry), "image " + i, null, "t" + i);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(app(registry).tags(null, 1000)).hasSize(200);
        }
        assertThat(layout().tags(SCOPE)).hasSize(200);
    }

    private static InputStream bytes(String content) {
        return new ByteArrayInputStream(content.getBytes(UTF_8));
    }
}
