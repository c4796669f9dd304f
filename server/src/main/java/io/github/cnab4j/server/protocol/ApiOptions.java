/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

/**
 * What the API allows. Immutable.
 *
 * @param maxManifestBytes a larger manifest is answered with 413; the specification asks for at least 4 MiB
 * @param checkChildren whether a manifest may only name content that the repository has (subjects and
 *     non-distributable layers excepted)
 * @param allowDelete whether manifests, tags and blobs can be deleted
 * @param mountFromAnywhere whether a mount without {@code from} looks in all repositories
 * @param minChunkBytes smallest chunk of a chunked upload but for the last, announced to clients; 0 is none
 */
public record ApiOptions(
        int maxManifestBytes,
        boolean checkChildren,
        boolean allowDelete,
        boolean mountFromAnywhere,
        long minChunkBytes) {
    private static final int DEFAULT_MAX_MANIFEST_BYTES = 8 * 1024 * 1024;

    /** Everything allowed, children checked. */
    public static ApiOptions standard() {
        return new ApiOptions(DEFAULT_MAX_MANIFEST_BYTES, true, true, true, 0);
    }

    /** These options with another bound on manifests. */
    public ApiOptions withMaxManifestBytes(int bytes) {
        return new ApiOptions(bytes, checkChildren, allowDelete, mountFromAnywhere, minChunkBytes);
    }

    /** These options with or without the check of children. */
    public ApiOptions withCheckChildren(boolean check) {
        return new ApiOptions(maxManifestBytes, check, allowDelete, mountFromAnywhere, minChunkBytes);
    }

    /** These options with or without deletion. */
    public ApiOptions withAllowDelete(boolean allow) {
        return new ApiOptions(maxManifestBytes, checkChildren, allow, mountFromAnywhere, minChunkBytes);
    }

    /** These options with or without mounts from anywhere. */
    public ApiOptions withMountFromAnywhere(boolean allow) {
        return new ApiOptions(maxManifestBytes, checkChildren, allowDelete, allow, minChunkBytes);
    }

    /** These options with another smallest chunk. */
    public ApiOptions withMinChunkBytes(long bytes) {
        return new ApiOptions(maxManifestBytes, checkChildren, allowDelete, mountFromAnywhere, bytes);
    }
}
