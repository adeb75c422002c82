package dev.covibe.console.frame;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown that people and agents wrote, as HTML that is safe to show: raw HTML is shown as text, odd links go dead. */
public final class Markdown {

    /** Every kind of block but raw HTML, so that a line which begins with a tag is an ordinary paragraph. */
    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(Set.of(
                    BlockQuote.class,
                    FencedCodeBlock.class,
                    Heading.class,
                    IndentedCodeBlock.class,
                    ListBlock.class,
                    ThematicBreak.class))
            .postProcessor(Markdown::withoutPictures)
            .build();

    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new DefaultUrlSanitizer(List.of("http", "https", "mailto")))
            .attributeProviderFactory(_ -> Markdown::reachable)
            .build();

    private Markdown() {}

    /** Our pages load nothing from elsewhere, so a picture is shown as a link to it, or as its words within a link. */
    private static Node withoutPictures(Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                visitChildren(image);
                if (image.getFirstChild() == null) {
                    image.appendChild(new Text(image.getDestination()));
                }
                Node words = isWithinLink(image) ? new Emphasis() : new Link(image.getDestination(), image.getTitle());
                while (image.getFirstChild() != null) {
                    words.appendChild(image.getFirstChild());
                }
                image.insertAfter(words);
                image.unlink();
            }
        });
        return document;
    }

    private static boolean isWithinLink(Node node) {
        Node parent = node.getParent();
        return parent != null && (parent instanceof Link || parent instanceof Image || isWithinLink(parent));
    }

    /** Code that is too wide scrolls in its box, and whoever has no mouse must be able to get there. */
    private static void reachable(Node node, String tag, Map<String, String> attributes) {
        if (tag.equals("pre")) {
            attributes.put("tabindex", "0");
        }
    }

    public static String html(String text) {
        return text.isBlank() ? "" : RENDERER.render(PARSER.parse(text));
    }
}
