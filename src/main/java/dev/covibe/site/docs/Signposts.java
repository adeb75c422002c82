package dev.covibe.site.docs;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/** Leads links between the files to their addresses here; a link out of the documentation keeps only its words. */
final class Signposts extends AbstractVisitor {

    private final String folder;
    private final List<String> links;
    private final String self;

    Signposts(String name, List<String> links) {
        this.self = name;
        this.folder = name.contains("/") ? name.substring(0, name.lastIndexOf('/') + 1) : "";
        this.links = links;
    }

    @Override
    public void visit(Link link) {
        visitChildren(link);
        String destination = link.getDestination();
        if (destination.startsWith("#")) {
            links.add(self + ".md" + destination);
            return;
        }
        if (isElsewhere(destination)) {
            return;
        }
        String[] parts = destination.split("#", 2);
        String name = resolve(folder + parts[0]);
        if (!Shelf.isName(name)) {
            unwrap(link);
            return;
        }
        String anchor = parts.length > 1 ? "#" + parts[1] : "";
        links.add(name + anchor);
        link.setDestination(
                (name.endsWith(".md") ? Article.address(name.substring(0, name.length() - 3)) : "/docs/" + name)
                        + anchor);
    }

    @Override
    public void visit(Image image) {
        visitChildren(image);
        String name = resolve(folder + image.getDestination());
        if (!isElsewhere(image.getDestination()) && Shelf.isName(name)) {
            links.add(name);
            image.setDestination("/docs/" + name);
        }
    }

    private static boolean isElsewhere(String destination) {
        return destination.startsWith("/") || destination.matches("[a-z]+:.*");
    }

    private static void unwrap(Link link) {
        while (link.getFirstChild() != null) {
            link.insertBefore(link.getFirstChild());
        }
        link.unlink();
    }

    /** {@code operations/../mcp.md} is {@code mcp.md}; what leads above the documentation stays unreadable. */
    private static String resolve(String name) {
        List<String> steps = new ArrayList<>();
        for (String step : name.split("/")) {
            if (!step.equals("..") || steps.isEmpty() || steps.getLast().equals("..")) {
                if (!step.equals(".")) {
                    steps.add(step);
                }
            } else {
                steps.removeLast();
            }
        }
        return String.join("/", steps);
    }
}
