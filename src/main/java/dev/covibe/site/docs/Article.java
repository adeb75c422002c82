package dev.covibe.site.docs;

import java.util.List;

/**
 * A page of the documentation, ready to be shown.
 *
 * @param name its file without the ending, such as {@code operations/database}
 * @param title its first heading, without marks
 * @param summary the first sentence after it, as plain text; empty if there is none
 * @param html its text, safe to show as it is
 * @param headings the second and third level, for the table of contents
 * @param sections what the search looks through
 * @param links where it leads: names of files of the documentation, with {@code #anchor} where one is meant
 */
public record Article(
        String name,
        String title,
        String summary,
        String html,
        List<Heading> headings,
        List<Section> sections,
        List<String> links) {

    /** @param level 2 or 3 */
    public record Heading(int level, String anchor, String text) {}

    /**
     * The words under one heading.
     *
     * @param anchor empty for what stands above the first one
     */
    public record Section(String anchor, String heading, String text) {}

    /** Its address on this server. */
    public String address() {
        return address(name);
    }

    static String address(String name) {
        return name.equals(Contents.INDEX) ? "/docs" : "/docs/" + name;
    }
}
