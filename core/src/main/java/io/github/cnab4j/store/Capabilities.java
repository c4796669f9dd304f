/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

/**
 * What a store can do beyond the least, asked once instead of by type checks, so that decorators do not hide it.
 *
 * @param rangeReads whether {@link ReadableStore#fetch} from an offset saves reading what is before it
 * @param mounts whether {@link WritableStore#push} uses {@link PushHints#mountFrom()}
 */
public record Capabilities(boolean rangeReads, boolean mounts) {
    /** A store on this machine. */
    public static final Capabilities LOCAL = new Capabilities(true, false);
}
