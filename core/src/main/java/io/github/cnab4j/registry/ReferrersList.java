/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.registry.endpoint.EndpointCaller;
import io.github.cnab4j.registry.endpoint.ReferrersPage;
import io.github.cnab4j.registry.endpoint.RepositoryRoute;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.store.CallScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a registry what refers to a manifest. Registries that do not know the question answer it in many ways; that is kept in mind.
 */
final class ReferrersList {
    /** Most descriptors that are taken for one subject, and most pages on which they come. */
    static final int MOST = 10_000;

    private static final int MOST_PAGES = 1_000;
    /** What registries say to a path that they do not know. */
    private static final Set<Integer> UNKNOWN_PATH = Set.of(400, 404, 405, 406, 501);

    private final RegistryHost host;
    private final EndpointCaller caller;
    private final RepositoryRoute route;
    private final CallScope scope;

    ReferrersList(RegistryHost host, RepositoryRoute route, CallScope scope) {
        this.host = host;
        this.caller = host.connect(scope).caller();
        this.route = route;
        this.scope = scope;
    }

    /**
     * All of them; empty if the registry keeps no such lists.
     *
     * @throws StoreException if the registry cannot be asked, or its list has no end
     */
    Optional<List<Descriptor>> of(Digest subject) {
        if (host.keepsNoReferrers(route.name())) {
            return Optional.empty();
        }
        Optional<ReferrersPage.Referrers> first;
        ReferrersPage page = ReferrersPage.first(route, subject);
        try {
            first = caller.call(scope, page);
        } catch (AccessDeniedException noSuchList) {
            // Rights are a repository's.
            host.showsNoReferrers(route.name());
            return Optional.empty();
        } catch (NotFoundException absent) {
            return isAboutContent(absent) ? Optional.empty() : unknown();
        } catch (RejectedException refused) {
            if (!UNKNOWN_PATH.contains(refused.status())) {
                throw refused;
            }
            return unknown();
        }
        return first.isEmpty() ? unknown() : Optional.of(all(page, first.get(), subject));
    }

    /** Whether it is this repository or manifest that is not there, and not the list: the registry may know the question. */
    private static boolean isAboutContent(NotFoundException absent) {
        return absent.repositoryUnknown() || String.valueOf(absent.getMessage()).contains("MANIFEST_UNKNOWN");
    }

    private Optional<List<Descriptor>> unknown() {
        host.keepsNoReferrers();
        return Optional.empty();
    }

    private List<Descriptor> all(ReferrersPage begun, ReferrersPage.Referrers first, Digest subject) {
        List<Descriptor> all = new ArrayList<>(first.referrers());
        Set<HttpUrl> pages = new HashSet<>();
        ReferrersPage.Referrers last = first;
        while (last.next().isPresent()) {
            if (all.size() > MOST
                    || pages.size() == MOST_PAGES
                    || !pages.add(last.next().get())) {
                throw new TransportException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "list referrers",
                        "more than " + MOST + " manifests refer to " + route.shown() + "@" + subject
                                + ", or their list has no end",
                        null,
                        null);
            }
            ReferrersPage page = begun.at(last.next().get());
            last = caller.call(scope, page)
                    .orElseThrow(() -> new TransportException(
                            ErrorCode.PROTOCOL_ERROR,
                            "list referrers",
                            "the list of what refers to " + route.shown() + "@" + subject
                                    + " goes on with something else",
                            null,
                            null));
            all.addAll(last.referrers());
        }
        return all;
    }
}
