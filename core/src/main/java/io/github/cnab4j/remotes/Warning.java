/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

/**
 * Something that a person should know, though the operation goes on.
 *
 * @param kind what it is about
 * @param message one line for people
 */
public record Warning(Kind kind, String message) {
    /** What a warning is about; stable, unlike the texts. */
    public enum Kind {
        /** The registry refused the preferred form of the bundle's manifests, so another was pushed: the digest differs. */
        FALLBACK_TAKEN,
        /** A platform filter left entries out of an image's index: its digest differs from the one in its registry. */
        PLATFORMS_FILTERED,
        /** Something in the bundle is legal and probably not meant, such as a member's name in the wrong case. */
        BUNDLE_UNUSUAL,
        /** The bundle names an image that its index does not hold. */
        IMAGE_WITHOUT_DESCRIPTOR,
        /** The index of a bundle departs from the specification in a way that leaves its identity beyond doubt. */
        INDEX_UNUSUAL,
        /** The digest that the target's reference names is not that of the bundle that was pushed. */
        TARGET_DIGEST_IGNORED,
        /** A thick bundle has no room for its index, and what is published from it will have another one: its digest will differ. */
        INDEX_NOT_KEPT,
        /** A platform filter rewrote manifests; what refers to them as they were is not copied. */
        REFERRERS_LEFT,
        /** A bundle says in another way than that of the specification what it depends on. */
        DEPENDENCIES_NOT_FOLLOWED,
        /** A store lists a manifest as referring to another one, and does not have it. */
        REFERRER_MISSING,
        /** A layout holds something that nothing in it leads to, or that is no part of it. */
        LAYOUT_UNUSUAL,
        /** Credentials that cannot be used. */
        CREDENTIALS,
        /** The name that an image had on the local engine while it was pushed could not be taken away again. */
        ENGINE_TAG_LEFT
    }
}
