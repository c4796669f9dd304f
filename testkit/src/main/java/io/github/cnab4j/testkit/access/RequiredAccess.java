/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.protocol.Route;
import io.github.cnab4j.testkit.log.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rights on one repository, in the form of a token's scope: {@code repository:NAME:pull,push}. */
record RequiredAccess(String repository, Set<String> actions) {
    private static final String PREFIX = "repository:";

    RequiredAccess {
        actions = new LinkedHashSet<>(actions);
    }

    /** What a request needs; nothing for endpoints without a repository. A mount needs to pull from its source too. */
    static List<RequiredAccess> of(Request request) {
        Optional<Route> route =
                Route.parse(request.path()).filter(r -> !r.repository().isEmpty());
        if (route.isEmpty()) {
            return List.of();
        }
        Set<String> actions = switch (request.method()) {
            case "GET", "HEAD" -> Set.of("pull");
            case "DELETE" -> Kind.of(request) == Kind.UPLOAD ? pullAndPush() : new LinkedHashSet<>(List.of("delete"));
            default -> pullAndPush();
        };
        List<RequiredAccess> required = new ArrayList<>();
        required.add(new RequiredAccess(route.get().repository(), actions));
        if (request.query().first("mount").isPresent()) {
            request.query().first("from").ifPresent(from -> required.add(new RequiredAccess(from, Set.of("pull"))));
        }
        return required;
    }

    private static Set<String> pullAndPush() {
        return new LinkedHashSet<>(List.of("pull", "push"));
    }

    /** Reads a scope; empty for other resources than repositories. */
    static Optional<RequiredAccess> parse(String scope) {
        int lastColon = scope.lastIndexOf(':');
        if (!scope.startsWith(PREFIX) || lastColon < PREFIX.length()) {
            return Optional.empty();
        }
        return Optional.of(new RequiredAccess(
                scope.substring(PREFIX.length(), lastColon),
                new LinkedHashSet<>(List.of(scope.substring(lastColon + 1).split(",")))));
    }

    @Override
    public String toString() {
        return PREFIX + repository + ":" + String.join(",", actions);
    }
}
