/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.BoundedBody;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpUrl;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

/** One page of a repository's tags (specification: "Listing tags"). */
public final class TagsPage implements Endpoint<TagsPage.Tags> {
    /** More than a thousand a page is refused by some registries. */
    private static final int PAGE = 1000;

    private static final int LARGEST_PAGE = 8 * 1024 * 1024;
    private static final JsonLimits LIMITS = new JsonLimits(LARGEST_PAGE, 32, 1_000_000);

    /**
     * A page.
     *
     * @param tags its tags; what the specification does not call a tag is left out, since nobody could ask for it
     * @param next where the next page is, if there is one
     */
    public record Tags(List<String> tags, Optional<HttpUrl> next) {
        /** Copies the list. */
        public Tags {
            tags = List.copyOf(tags);
        }
    }

    private final RepositoryRoute route;
    private final HttpUrl url;
    private final Access access;

    private TagsPage(RepositoryRoute route, HttpUrl url, Access access) {
        this.route = route;
        this.url = url;
        this.access = access;
    }

    /** The least that a registry can be asked to list, before a push. */
    public static TagsPage probe(RepositoryRoute route) {
        return new TagsPage(route, route.tags().withParameter("n", "1"), Access.push(route.name()));
    }

    /** The first page. */
    public static TagsPage first(RepositoryRoute route) {
        return new TagsPage(route, route.tags().withParameter("n", Integer.toString(PAGE)), Access.pull(route.name()));
    }

    /** The page that another one named. */
    public static TagsPage at(RepositoryRoute route, HttpUrl url) {
        return new TagsPage(route, url, Access.pull(route.name()));
    }

    @Override
    public HttpCall call() {
        return HttpCall.of("GET", url).withReadAhead(LARGEST_PAGE).withAccess(List.of(access));
    }

    @Override
    public String purpose() {
        return "list the tags of " + route.shown();
    }

    @Override
    public boolean accepts(int status) {
        return status == 200;
    }

    @Override
    public Tags answer(HttpReply reply) throws IOException {
        byte[] body = BoundedBody.whole(reply.body(), LARGEST_PAGE)
                .orElseThrow(() -> new ProtocolException("a list of tags is longer than " + LARGEST_PAGE + " bytes"));
        JsonArray tags;
        try {
            tags = JsonReader.readObject(body, LIMITS).array("tags").orElse(JsonArray.empty());
        } catch (InvalidInputException invalid) {
            throw new ProtocolException("the list of tags is unreadable: " + invalid.getMessage());
        }
        List<String> names = tags.elements().stream()
                .filter(JsonString.class::isInstance)
                .map(tag -> ((JsonString) tag).value())
                .filter(RepositoryRoute::isTag)
                .toList();
        return new Tags(names, NextPage.of(reply, route));
    }
}
