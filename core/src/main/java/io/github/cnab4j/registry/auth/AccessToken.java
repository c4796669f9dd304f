/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

/**
 * A token for some time.
 *
 * @param value what goes into the Authorization field
 * @param usableUntil reading of the monotonic clock, in nanoseconds, after which it is not used any more
 */
record AccessToken(String value, long usableUntil) {
    boolean usableAt(long nanos) {
        return usableUntil - nanos > 0;
    }

    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}
