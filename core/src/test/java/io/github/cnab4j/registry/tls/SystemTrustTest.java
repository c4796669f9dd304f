/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.certificates.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where authorities are looked for, as Go programs do: crypto/x509, root_unix.go. */
class SystemTrustTest {
    private final Authority system = Authority.named("system");
    private final Authority own = Authority.named("own");
    private final Authority third = Authority.named("third");

    @TempDir
    Path directory;

    private Path bundle;
    private Path ownFile;
    private Path systemDirectory;

    @BeforeEach
    void write() throws IOException {
        bundle = Files.writeString(directory.resolve("bundle.crt"), system.pem());
        ownFile = Files.writeString(directory.resolve("own.pem"), own.pem());
        systemDirectory = Files.createDirectory(directory.resolve("certs"));
        Files.writeString(systemDirectory.resolve("third.pem"), third.pem());
    }

    private SystemTrust trust(String file, String directories, Path... bundles) {
        return new SystemTrust(file, directories, List.of(bundles), List.of(systemDirectory), false);
    }

    @Test
    void bundleOfTheSystem_isEnough() {
        assertThat(trust("", "", directory.resolve("none"), bundle).load()).containsExactly(system.certificate());
    }

    @Test
    void withoutABundle_directoriesAreRead() {
        assertThat(trust("", "").load()).containsExactly(third.certificate());
    }

    /** Go takes the file in place of the bundle, but goes on to the system's directories, which hold the same. */
    @Test
    void givenFile_addsToTheSystems() {
        assertThat(trust(ownFile.toString(), "", bundle).load())
                .containsExactlyInAnyOrder(own.certificate(), system.certificate());
    }

    @Test
    void givenFileAndDirectories_areAllThereIs() {
        assertThat(trust(ownFile.toString(), systemDirectory + ":/nowhere", bundle)
                        .load())
                .containsExactlyInAnyOrder(own.certificate(), third.certificate());
    }

    @Test
    void givenDirectories_addToTheBundle() {
        assertThat(trust("", systemDirectory.toString(), bundle).load())
                .containsExactlyInAnyOrder(system.certificate(), third.certificate());
    }

    @Test
    void damagedCertificateInABundle_isLeftOut() throws IOException {
        Files.writeString(bundle, "-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n" + system.pem());

        assertThat(trust("", "", bundle).load()).containsExactly(system.certificate());
    }

    @Test
    void withoutAnything_thereAreThoseOfJava() {
        SystemTrust nothing = new SystemTrust("", "", List.of(), List.of(), false);

        assertThat(nothing.load()).isEqualTo(SystemTrust.ofJava().load()).isNotEmpty();
    }
}
