/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

/** Where the images of a bundle that is copied go. The bundle's own repository has all of them either way: its index names them. */
public enum RepositoryLayout {
    /** To the bundle's repository alone. */
    SINGLE,
    /**
     * Each also to a repository of its own name: with the target {@code registry.example/mirror/app:1}, the image
     * {@code alpine:3} is {@code registry.example/mirror/library/alpine:3} too. The relocation map leads there.
     */
    MIRROR
}
