package dev.covibe.console.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where in the graph the reader is, as the address of the page holds it.
 *
 * @param from the commit with which the window begins, empty for the top
 * @param commit what was clicked, empty for nothing
 */
record GraphAddress(String repository, String from, String commit) {

    static final String PAGE = "/coordination/graph";

    String here() {
        StringBuilder address = new StringBuilder(PAGE);
        add(address, "repository", repository);
        add(address, "from", from);
        add(address, "commit", commit);
        return address.toString();
    }

    String of(String otherRepository) {
        return new GraphAddress(otherRepository, "", "").here();
    }

    String at(String chosen) {
        return new GraphAddress(repository, from, chosen).here();
    }

    String from(String first) {
        return new GraphAddress(repository, first, commit).here();
    }

    String rowsFrom(String first) {
        StringBuilder address = new StringBuilder(new GraphAddress(repository, "", "").here());
        add(address, "rows", first);
        return address.toString();
    }

    private static void add(StringBuilder address, String name, String value) {
        if (!value.isEmpty()) {
            address.append(address.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
