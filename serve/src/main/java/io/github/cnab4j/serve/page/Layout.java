/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.page;

import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RegistryStorage;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredManifest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pages' content. */
final class Layout {
    /** A Host field is what a client says; anything else than a host is not repeated. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\\[[0-9a-fA-F:.]{2,45}](?::[0-9]{1,5})?");

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final int SHOWN_TAGS = 5;

    private final Html html = new Html();

    private Layout(String title) {
        html.open("!doctype html").open("html", "lang", "en").open("head");
        html.open("meta", "charset", "utf-8");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.open("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", title);
        html.open("link", "rel", "stylesheet", "href", Pages.STYLE);
        html.close("head").open("body");
        html.element("a", "Skip to content", "class", "skip", "href", "#content");
        html.open("header").element("a", "cnab4j registry", "href", "/").close("header");
        html.open("main", "id", "content").element("h1", title);
    }

    private String end() {
        return html.close("main").close("body").close("html").toString();
    }

    static String notFound() {
        Layout page = new Layout("Not found");
        page.html
                .open("p")
                .text("There is no such page. ")
                .element("a", "All repositories", "href", "/")
                .close("p");
        return page.end();
    }

    static String repositories(RegistryStorage storage, List<RepositoryName> names, String next) throws IOException {
        Layout page = new Layout("Repositories");
        if (names.isEmpty()) {
            page.html.element("p", "Nothing here yet. Push something, and it will be listed.");
            return page.end();
        }
        page.html.open("table").open("thead").open("tr");
        page.html.element("th", "Repository", "scope", "col").element("th", "Tags", "scope", "col");
        page.html.close("tr").close("thead").open("tbody");
        for (RepositoryName name : names) {
            List<String> tags = storage.find(name).map(found -> tags(found)).orElse(List.of());
            page.html.open("tr").open("th", "scope", "row");
            page.html.element("a", name.value(), "href", Pages.REPOSITORY + name.value());
            page.html.close("th").element("td", shown(tags)).close("tr");
        }
        page.html.close("tbody").close("table");
        page.next("/", next);
        return page.end();
    }

    private static List<String> tags(RepositoryStorage repository) {
        try {
            return repository.tags(null, SHOWN_TAGS + 1);
        } catch (IOException unreadable) {
            return List.of("(cannot be read)");
        }
    }

    private static String shown(List<String> tags) {
        String text = String.join(", ", tags.subList(0, Math.min(SHOWN_TAGS, tags.size())));
        return tags.isEmpty() ? "none" : text + (tags.size() > SHOWN_TAGS ? ", …" : "");
    }

    static String repository(RepositoryStorage repository, String host, List<String> tags, String next)
            throws IOException {
        String name = repository.name().value();
        Layout page = new Layout(name);
        String place = HOST.matcher(host).matches() ? host + "/" + name : name;
        if (tags.isEmpty()) {
            page.html.element("p", "No tags. What is here can be pulled by digest.");
        }
        Summaries summaries = new Summaries(repository);
        for (String tag : tags) {
            Optional<Digest> digest = repository.tag(tag);
            Optional<StoredManifest> manifest =
                    digest.isPresent() ? repository.manifest(digest.get()) : Optional.empty();
            if (manifest.isPresent()) {
                page.tag(place, tag, manifest.get(), summaries.of(manifest.get()));
            }
        }
        page.next(Pages.REPOSITORY + name, next);
        return page.end();
    }

    private void tag(String place, String tag, StoredManifest manifest, Summary summary) {
        String id = "tag-" + tag;
        html.open("section", "aria-labelledby", id).element("h2", tag, "id", id);
        html.open("dl");
        row("Kind", summary.kind());
        row("Title", summary.title());
        row("Description", summary.description());
        row("Platforms", String.join(", ", summary.platforms()));
        row("Size", size(summary.bytes()));
        html.element("dt", "Digest").open("dd");
        html.element("code", manifest.digest().toString()).close("dd");
        html.element("dt", "Pull").open("dd");
        html.element("code", command(place + ":" + tag, summary), "tabindex", "0")
                .close("dd");
        html.close("dl").close("section");
    }

    private static String command(String reference, Summary summary) {
        if (summary.kind().equals("CNAB bundle")) {
            return "cnab-to-oci pull " + reference;
        }
        boolean image = summary.kind().equals("image") || summary.kind().equals("images");
        return (image ? "docker pull " : "oras pull ") + reference;
    }

    private void row(String term, String value) {
        if (!value.isEmpty()) {
            html.element("dt", term).element("dd", value);
        }
    }

    private void next(String path, String after) {
        if (!after.isEmpty()) {
            html.open("nav", "aria-label", "Pages");
            html.element(
                    "a",
                    "Next page",
                    "rel",
                    "next",
                    "href",
                    path + "?after=" + URLEncoder.encode(after, StandardCharsets.UTF_8));
            html.close("nav");
        }
    }

    private static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.size() - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
    }
}
