/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.layout.WholeLayout;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.WritableStore;
import java.util.Optional;

/**
 * Opens the store that a location lies in; the only place of the facade that knows kinds of stores. Safe for use by several
 * threads. Stores stay open until this is closed.
 */
interface Stores extends AutoCloseable {
    /**
     * The store to read from.
     *
     * @throws CnabException if it does not exist or cannot be opened
     */
    ReadableStore source(Location location);

    /**
     * The store to write to, made if its kind allows that.
     *
     * @throws CnabException if it cannot be opened
     */
    WritableStore target(Location location);

    /**
     * Asks a registry whether it takes our credentials; where there are no registries, nobody is asked.
     *
     * @throws CnabException if it does not, or cannot be asked
     */
    default void checkAccess(CallScope scope, String host) {}

    /**
     * A file of an archive outside its layout; empty if there is none of this name.
     *
     * @param limit the most bytes that are taken
     * @throws CnabException if the archive cannot be read, or the file is larger
     */
    default Optional<byte[]> member(CallScope scope, ArchiveLocation archive, String name, int limit) {
        return Optional.empty();
    }

    /**
     * The layout that a location lies in, to be looked at as a whole.
     *
     * @throws CnabException if it is no layout, or cannot be opened
     */
    default WholeLayout whole(Location location) {
        throw new InvalidInputException(
                ErrorCode.INVALID_OPTION, location + " is no OCI image layout", "Name one manifest, by tag or digest.");
    }

    /**
     * The image that a layout holds under this name.
     *
     * @throws CnabException if the layout cannot be read
     */
    Optional<Descriptor> imageIn(CallScope scope, ImageSource.Layout layout, String image);

    @Override
    void close();
}
