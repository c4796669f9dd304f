/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.reference.ArchiveLocation;
import io.github.cnab4j.reference.LayoutLocation;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.reference.Repository;

/** A place that holds the images of a bundle under their own names, so that their registries are not needed. */
public sealed interface ImageSource permits ImageSource.Layout, ImageSource.Mirror {
    /**
     * Reads {@code oci:DIR}, {@code oci-archive:FILE}, or a registry with an optional path before the images' own: {@code HOST[:PORT][/PATH]}.
     *
     * @throws InvalidInputException if the text is neither
     */
    static ImageSource parse(String text) {
        if (text.startsWith("oci:") || text.startsWith("oci-archive:")) {
            Location layout = Location.parse(text);
            if (layout.tag() == null && layout.digest() == null) {
                return new Layout(layout);
            }
            throw invalid(text, "A layout to take images from is oci:DIR or oci-archive:FILE, without tag and digest.");
        }
        return Mirror.parse(text);
    }

    /**
     * An OCI layout that holds images by their names.
     *
     * @param location the directory, or the archive that the layout is in
     */
    record Layout(Location location) implements ImageSource {
        /**
         * Checks the location.
         *
         * @throws InvalidInputException if it is in a registry
         */
        public Layout {
            if (!(location instanceof LayoutLocation || location instanceof ArchiveLocation)) {
                throw invalid(location.toString(), "A registry or an engine is not a layout.");
            }
        }
    }

    /**
     * A registry that holds images under the paths of their own registries: with {@code mirror.example:5000} and {@code hub},
     * {@code alpine:3} is {@code mirror.example:5000/hub/library/alpine:3}.
     *
     * @param domain host and port
     * @param prefix what stands before the images' own paths; empty for nothing
     */
    record Mirror(String domain, String prefix) implements ImageSource {
        private static final String TRANSPORT = "docker://";

        static Mirror parse(String text) {
            String bare = text.startsWith(TRANSPORT) ? text.substring(TRANSPORT.length()) : text;
            while (bare.endsWith("/")) {
                bare = bare.substring(0, bare.length() - 1);
            }
            int slash = bare.indexOf('/');
            Mirror mirror =
                    new Mirror(slash < 0 ? bare : bare.substring(0, slash), slash < 0 ? "" : bare.substring(slash + 1));
            Reference probe;
            try {
                probe = Reference.parse(mirror.domain + "/" + mirror.path("probe"));
            } catch (InvalidInputException unreadable) {
                throw invalid(text, "Images are taken from oci:DIR, oci-archive:FILE or HOST[:PORT][/PATH].");
            }
            if (!probe.repository().domain().equals(mirror.domain) || probe.tag() != null || probe.digest() != null) {
                throw invalid(text, "A host has a dot or a port, or is localhost.");
            }
            return mirror;
        }

        /** Where the mirror holds the image of this name. */
        Reference locate(Reference image) {
            return new Reference(new Repository(domain, path(image.repository().path())), image.tag(), image.digest());
        }

        private String path(String image) {
            return prefix.isEmpty() ? image : prefix + "/" + image;
        }
    }

    private static InvalidInputException invalid(String text, String hint) {
        // What stands before an at sign may be a password.
        String shown = text.indexOf('@') < 0 ? Excerpt.quoted(text) : "what was given";
        return new InvalidInputException(ErrorCode.INVALID_REFERENCE, shown + " is no place to take images from", hint);
    }
}
