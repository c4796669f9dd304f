/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
    private static SelfSigned certificate;

    @BeforeAll
    static void create() throws IOException {
        certificate = SelfSigned.create();
    }

    @Test
    void aRegistrySpeaksHttpsToThoseWhoTrustItsCertificate() throws Exception {
        HttpClient trusting =
                HttpClient.newBuilder().sslContext(certificate.clientContext()).build();
        HttpClient wary = HttpClient.newHttpClient();
        try (TestRegistry registry =
                TestRegistry.builder().tls(certificate.serverContext()).start()) {
            byte[] blob = new byte[300_000];
            String digest = registry.repository("a").putBlob(blob);
            HttpRequest get = HttpRequest.newBuilder(registry.uri().resolve("/v2/a/blobs/" + digest))
                    .build();

            assertThat(registry.uri()).hasScheme("https");
            assertThat(trusting.send(get, HttpResponse.BodyHandlers.ofByteArray())
                            .body())
                    .isEqualTo(blob);
            assertThatThrownBy(() -> wary.send(get, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void faultsBreakTlsConnectionsToo() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(certificate.clientContext()).build();
        try (TestRegistry registry =
                TestRegistry.builder().tls(certificate.serverContext()).start()) {
            registry.inject(RequestPattern.any(), Occurrence.nth(1), Fault.resetBefore());
            registry.inject(
                    RequestPattern.any(),
                    Occurrence.nth(2),
                    Fault.raw("HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n"));
            HttpRequest put = HttpRequest.newBuilder(registry.uri().resolve("/v2/a/manifests/x"))
                    .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();

            assertThatThrownBy(() -> client.send(put, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(IOException.class);
            assertThat(client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(418);
        }
    }

    @Test
    void pemIsTheCertificate() throws Exception {
        String pem = certificate.pem();
        X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));

        assertThat(read.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
        assertThat(read.getSubjectAlternativeNames()).hasSize(3);
    }
}
