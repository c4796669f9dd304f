/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.security.cert.CertificateException;

/** A server's certificate that is not accepted, with the reason in words. */
public final class RefusedCertificateException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a certificate is not accepted; decides what can be done about it. */
    public enum Reason {
        /** Nobody who is trusted has signed it. */
        UNKNOWN_AUTHORITY,
        /** Its time is over. */
        EXPIRED,
        /** Its time has not come. */
        NOT_YET_VALID,
        /** It belongs to another host. */
        WRONG_NAME,
        /** Anything else: weak algorithms, wrong key usage. */
        UNACCEPTABLE
    }

    /**
     * A refusal.
     *
     * @param message completes "its certificate", without control characters
     */
    public RefusedCertificateException(Reason reason, String message, CertificateException cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
