/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import java.util.Set;

/** What the failures of one upload mean for the rest of it. Not safe for use by several threads. */
final class UploadFailures {
    private static final int MOST_LOST = 3;
    private static final int OUT_OF_RANGE = 416;
    /** What a proxy says to a request that it does not like, and when something goes wrong in passing: the second one tells. */
    private static final int BAD_GATEWAY = 502;

    /** Statuses after which the same may well succeed. */
    private static final Set<Integer> PASSING = Set.of(408, 500, 502, 504);
    /** What registries say of several instances that do not yet know of each other, or of a body that was cut on the way. */
    private static final Set<String> RACES =
            Set.of("BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID", "DIGEST_INVALID", "SIZE_INVALID");

    private int lost;
    private int gateways;
    private int inVain;
    private boolean mayGoOn = true;
    private boolean misplaced;

    /** What to do. */
    enum Remedy {
        /** Nothing would help. */
        NONE,
        /** The registry does not take requests of this shape. */
        ANOTHER_WAY,
        /** Ask how much has arrived, and send the rest. */
        GO_ON,
        /** Another upload. */
        START_AGAIN
    }

    /**
     * Judges a failure.
     *
     * @param way how the bytes were sent
     * @param goesOn whether the upload had been gone on with, so that a refusal may mean just that
     */
    Remedy afterFailure(StoreException failed, UploadWay way, boolean goesOn) {
        if (failed instanceof TransportException) {
            // What is no HTTP will not become it.
            boolean broken = failed.code() == ErrorCode.UNREACHABLE;
            inVain++;
            return !broken ? Remedy.NONE : mayGoOn ? Remedy.GO_ON : Remedy.START_AGAIN;
        }
        if (!(failed instanceof NotFoundException || failed instanceof RejectedException)) {
            return Remedy.NONE;
        }
        inVain++;
        int status = status(failed);
        if (goesOn) {
            // The request that broke off may have been at work yet when the registry was asked.
            boolean again = status == OUT_OF_RANGE && !misplaced;
            misplaced = true;
            mayGoOn = again;
            return again ? Remedy.GO_ON : Remedy.START_AGAIN;
        }
        // Where parts were only wished for, the second refusal of the same kind is one of parts.
        if (isRace(failed) && lost < (way.wished() ? 1 : MOST_LOST)) {
            lost++;
            return Remedy.START_AGAIN;
        }
        boolean chance = status == BAD_GATEWAY && gateways++ == 0;
        if (!chance && way.afterRefusal(status).isPresent()) {
            return Remedy.ANOTHER_WAY;
        }
        return PASSING.contains(status) && lost++ < MOST_LOST ? Remedy.START_AGAIN : Remedy.NONE;
    }

    /** The registry has more than before. */
    void gained(long bytes) {
        if (bytes > 0) {
            inVain = 0;
        }
    }

    /** How many times in a row nothing was gained, at least 1. */
    int inVain() {
        return Math.max(1, inVain);
    }

    /** The status of a refusal. */
    static int status(StoreException failed) {
        return failed instanceof RejectedException rejected ? rejected.status() : 404;
    }

    private static boolean isRace(StoreException failed) {
        return failed instanceof RejectedException rejected
                && rejected.status() != 413
                && rejected.status() != OUT_OF_RANGE
                && rejected.registryCodes().stream().anyMatch(RACES::contains);
    }
}
