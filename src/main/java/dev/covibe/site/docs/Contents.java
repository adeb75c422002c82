package dev.covibe.site.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/**
 * The order of the pages. It is read from the index page itself, so that the sidebar, a reader on this server and a reader of
 * the repository see the same: each heading of the second level is a group, and the first link of each list item under it
 * is a page.
 */
record Contents(List<Group> groups) {

    static final String INDEX = "README";

    record Group(String title, List<Entry> entries) {}

    /** @param name its file without the ending */
    record Entry(String name, String title) {}

    static Contents of(String markdown) {
        List<Group> groups = new ArrayList<>();
        Parser.builder().build().parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                if (heading.getLevel() == 2) {
                    groups.add(new Group(Words.of(heading), new ArrayList<>()));
                }
            }

            @Override
            public void visit(ListItem item) {
                if (!groups.isEmpty()) {
                    firstLink(item)
                            .filter(link -> link.getDestination().endsWith(".md"))
                            .ifPresent(link -> groups.getLast()
                                    .entries()
                                    .add(new Entry(link.getDestination().replaceAll("\\.md$", ""), Words.of(link))));
                }
            }
        });
        return new Contents(
                groups.stream().filter(group -> !group.entries().isEmpty()).toList());
    }

    private static Optional<Link> firstLink(Node node) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof Link link) {
                return Optional.of(link);
            }
            Optional<Link> within = firstLink(child);
            if (within.isPresent()) {
                return within;
            }
        }
        return Optional.empty();
    }

    List<Entry> entries() {
        return groups.stream().flatMap(group -> group.entries().stream()).toList();
    }
}
