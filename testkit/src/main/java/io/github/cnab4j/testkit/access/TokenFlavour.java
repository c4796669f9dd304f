/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

/**
 * Habits of real token services, and of the challenges that lead to them, each a switch.
 *
 * @see TokenAccess#with
 */
public enum TokenFlavour {
    /** The answer holds the token as {@code token} only. */
    TOKEN_FIELD,

    /** The answer holds the token as {@code access_token} only. */
    ACCESS_TOKEN_FIELD,

    /** The answer does not say how long the token lasts. */
    NO_LIFETIME,

    /** The answer says that the token lasts 0 seconds; it lasts as long as any. */
    ZERO_LIFETIME,

    /** The answer says that the token is going to be issued in an hour. */
    CLOCK_AHEAD,

    /** POST is 404. */
    GET_ONLY,

    /** GET is 405. */
    POST_ONLY,

    /** Passwords are refused; only identity tokens are good, in a POST. */
    IDENTITY_TOKENS_ONLY,

    /** Of several scopes the first is honoured. */
    FIRST_SCOPE_ONLY,

    /** One scope that the account has no right to, and there is no token at all: 403. */
    ALL_OR_NOTHING,

    /** Actions other than {@code pull} and {@code pull,push}, in this order, are not understood. */
    LITERAL_ACTIONS,

    /** Whoever has a name gets a token for everything, whatever the scope. */
    ONE_TOKEN_FOR_ALL,

    /** No token to push with: 403 with the reason in the body, as for an account that is over its quota. */
    OVER_QUOTA,

    /** The challenge names no scope. */
    NO_SCOPE,

    /** The challenge's scope is {@code *}. */
    STAR_SCOPE,

    /** The challenge's scope is {@code aws}, and only a token for this one is good. */
    FIXED_SCOPE,

    /** The challenge names no service. */
    NO_SERVICE,

    /** The realm of the challenge is a path. */
    RELATIVE_REALM,

    /** A Basic challenge stands before the Bearer one, in a field of its own; passwords are not taken. */
    BASIC_BESIDE,

    /**
     * One field with several challenges: unknown ones with an opaque text and with quoted commas first, then {@code BEARER} with
     * blanks and escapes.
     */
    CROWDED_CHALLENGE,

    /** What a token does not allow is 403 with a challenge, not 401. */
    FORBIDS_FOR_SCOPE,

    /** Whoever has no token is told 404, everywhere but at {@code /v2/}. */
    HIDES
}
