package dev.covibe.site.docs;

import java.util.List;
import java.util.Optional;

/** What the pages of the documentation show. */
public final class DocsView {

    private DocsView() {}

    /**
     * The pages beside the text.
     *
     * @param query what was searched for, empty on a page
     */
    public record Shelves(List<Group> groups, String query) {}

    public record Group(String title, List<Item> items) {}

    public record Item(String title, String address, boolean current) {}

    /**
     * A page with its neighbours in the order of the index.
     *
     * @param group the heading it stands under, empty for the index
     */
    public record Reading(String group, Article article, Optional<Item> before, Optional<Item> after) {}

    /** What was found. */
    public record Found(String query, List<Result> results) {}

    /** @param excerpt safe HTML */
    public record Result(String address, String title, String heading, String excerpt) {}
}
