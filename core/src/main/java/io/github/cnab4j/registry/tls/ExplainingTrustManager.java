/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.tls;

import io.github.cnab4j.registry.http.RefusedCertificateException;
import io.github.cnab4j.registry.http.RefusedCertificateException.Reason;
import io.github.cnab4j.registry.http.RegistryWords;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Judges as another one does, and says in words why a certificate is refused: Java's own words are about its classes. */
final class ExplainingTrustManager extends X509ExtendedTrustManager {
    private static final int MOST_NAMES = 8;
    /** Kinds of alternative names (RFC 5280): DNS names and IP addresses. */
    private static final List<Integer> HOST_NAMES = List.of(2, 7);

    private final X509ExtendedTrustManager judge;
    private final String remark;

    /**
     * Decorates another one.
     *
     * @param remark what else may explain that an authority is unknown; empty if there is nothing
     */
    ExplainingTrustManager(X509ExtendedTrustManager judge, String remark) {
        this.judge = judge;
        this.remark = remark;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        try {
            judge.checkServerTrusted(chain, type, socket);
        } catch (CertificateException refused) {
            throw explained(chain, refused);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        try {
            judge.checkServerTrusted(chain, type, engine);
        } catch (CertificateException refused) {
            throw explained(chain, refused);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        judge.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        judge.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }

    private RefusedCertificateException explained(X509Certificate[] chain, CertificateException refused) {
        X509Certificate own = chain[0];
        if (cause(refused, CertificateExpiredException.class).isPresent()) {
            return new RefusedCertificateException(
                    Reason.EXPIRED, "expired on " + expired(chain).getNotAfter().toInstant(), refused);
        }
        if (cause(refused, CertificateNotYetValidException.class).isPresent()) {
            return new RefusedCertificateException(
                    Reason.NOT_YET_VALID,
                    "is not valid before " + own.getNotBefore().toInstant(),
                    refused);
        }
        if (unknownAuthority(refused)) {
            return new RefusedCertificateException(Reason.UNKNOWN_AUTHORITY, unknown(chain), refused);
        }
        String text = RegistryWords.clean(String.valueOf(refused.getMessage()));
        if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
            return new RefusedCertificateException(
                    Reason.WRONG_NAME, "is for another name: it is for " + names(own), refused);
        }
        return new RefusedCertificateException(Reason.UNACCEPTABLE, "is not acceptable: " + text, refused);
    }

    private static boolean unknownAuthority(CertificateException refused) {
        if (cause(refused, CertPathBuilderException.class).isPresent()) {
            return true;
        }
        return cause(refused, CertPathValidatorException.class)
                .filter(path -> path.getReason() == PKIXReason.NO_TRUST_ANCHOR
                        || path.getReason() == BasicReason.INVALID_SIGNATURE)
                .isPresent();
    }

    private String unknown(X509Certificate[] chain) {
        X509Certificate last = chain[chain.length - 1];
        boolean bySelf = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
        String issuer = RegistryWords.clean(last.getIssuerX500Principal().getName());
        String what = bySelf && chain.length == 1
                ? "is signed by itself, and not trusted (" + issuer + ")"
                : "is signed by an authority that is not trusted (" + issuer + ")";
        return remark.isEmpty() ? what : what + "; " + remark;
    }

    private static X509Certificate expired(X509Certificate[] chain) {
        for (X509Certificate certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException found) {
                return certificate;
            } catch (CertificateNotYetValidException early) {
                // Not the one that is looked for.
            }
        }
        return chain[0];
    }

    private static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(name -> name.get(0) instanceof Integer kind && HOST_NAMES.contains(kind))
                        .forEach(name -> names.add(String.valueOf(name.get(1))));
            }
        } catch (CertificateParsingException unreadable) {
            // Its subject has to do.
        }
        if (names.isEmpty()) {
            return RegistryWords.clean(certificate.getSubjectX500Principal().getName());
        }
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        return RegistryWords.clean(String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size()))) + more);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failed, Class<T> type) {
        Throwable cause = failed;
        for (int depth = 0; cause != null && depth < 16; depth++) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
