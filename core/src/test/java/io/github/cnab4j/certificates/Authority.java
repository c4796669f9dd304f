/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.certificates;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that nobody trusts unless told to; made in milliseconds. */
public final class Authority {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*");
    private static final Duration DAY = Duration.ofDays(1);

    private final X500Principal name;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private final AtomicInteger serial = new AtomicInteger(1);

    private Authority(X500Principal name, KeyPair keys, Instant start, Instant end) {
        this.name = name;
        this.keys = keys;
        this.certificate = sign(1, name, name, keys, keys, start, end, true);
    }

    /** A new one; what it signs says this name. */
    public static Authority named(String name) {
        Instant now = Instant.now();
        return new Authority(new X500Principal("CN=" + name), newKeys("EC"), now.minus(DAY), now.plus(DAY));
    }

    /** A certificate for these host names and addresses, good for a day. */
    public Issued issue(String... names) {
        Instant now = Instant.now();
        return issue("EC", now.minus(DAY), now.plus(DAY), names);
    }

    /** {@link #issue(String...)} with a key of another kind: {@code RSA}, {@code EC} or {@code Ed25519}. */
    public Issued issueFor(String algorithm, String... names) {
        Instant now = Instant.now();
        return issue(algorithm, now.minus(DAY), now.plus(DAY), names);
    }

    /** A certificate whose time was over yesterday. */
    public Issued issueExpired(String... names) {
        Instant now = Instant.now();
        return issue("EC", now.minus(DAY.multipliedBy(3)), now.minus(DAY), names);
    }

    /** A certificate whose time begins tomorrow. */
    public Issued issueForTomorrow(String... names) {
        Instant now = Instant.now();
        return issue("EC", now.plus(DAY), now.plus(DAY.multipliedBy(3)), names);
    }

    private Issued issue(String algorithm, Instant start, Instant end, String... names) {
        KeyPair own = newKeys(algorithm);
        X500Principal subject = new X500Principal("CN=subject " + serial.get());
        return new Issued(
                own.getPrivate(), sign(serial.incrementAndGet(), subject, name, own, keys, start, end, false, names));
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Its own certificate as PEM. */
    public String pem() {
        return Issued.pem(certificate);
    }

    private static KeyPair newKeys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            } else if (algorithm.equals("EC")) {
                generator.initialize(256);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate sign(
            long number,
            X500Principal subject,
            X500Principal issuer,
            KeyPair own,
            KeyPair signer,
            Instant start,
            Instant end,
            boolean authority,
            String... names) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer, BigInteger.valueOf(number), Date.from(start), Date.from(end), subject, own.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (names.length > 0) {
                GeneralName[] alternatives = Arrays.stream(names)
                        .map(host -> new GeneralName(
                                ADDRESS.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName, host))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
