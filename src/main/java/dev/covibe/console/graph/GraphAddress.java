package dev.covibe.console.graph;

import dev.covibe.console.frame.Address;
import java.util.Optional;

/**
 * Where in the graph the reader is, as the address of the page holds it.
 *
 * @param from the commit with which the window begins, empty for the top
 * @param commit what was clicked, empty for nothing
 */
record GraphAddress(String repository, String from, String commit) {

    static final String PAGE = "/coordination/graph";

    String here() {
        return address().toString();
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
        return new GraphAddress(repository, "", "")
                .address()
                .with("rows", Optional.of(first))
                .toString();
    }

    private Address address() {
        return Address.of(PAGE)
                .with("repository", Optional.of(repository))
                .with("from", Optional.of(from))
                .with("commit", Optional.of(commit));
    }
}
