package dev.covibe.site.docs;

import dev.covibe.site.Assets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/** Makes an {@link Article} of a Markdown file. Raw HTML in it is shown as text and never believed. */
final class Typesetter {

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .enabledBlockTypes(Set.of(
                    BlockQuote.class,
                    FencedCodeBlock.class,
                    Heading.class,
                    IndentedCodeBlock.class,
                    ListBlock.class,
                    ThematicBreak.class))
            .build();

    private Typesetter() {}

    static Article article(String name, String markdown) {
        Node document = PARSER.parse(markdown);
        Map<Node, String> anchors = anchors(document);
        List<String> links = new ArrayList<>();
        document.accept(new Signposts(name, links));
        HtmlRenderer renderer = HtmlRenderer.builder()
                // Before the extension, whose way with tables it takes over.
                .nodeRendererFactory(context -> new Blocks(context, anchors))
                .extensions(EXTENSIONS)
                .escapeHtml(true)
                .sanitizeUrls(true)
                .urlSanitizer(new DefaultUrlSanitizer(List.of("http", "https", "mailto")))
                .attributeProviderFactory(_ -> attributes())
                .build();
        List<Article.Section> sections = sections(document, anchors);
        return new Article(
                name,
                title(document, name),
                summary(document),
                renderer.render(document),
                headings(anchors),
                sections,
                links);
    }

    private static Map<Node, String> anchors(Node document) {
        Map<Node, String> anchors = new LinkedHashMap<>();
        Map<String, Integer> seen = new HashMap<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                String anchor = Words.anchor(Words.of(heading));
                int before = seen.merge(anchor, 1, Integer::sum) - 1;
                anchors.put(heading, before == 0 ? anchor : anchor + "-" + before);
            }
        });
        return anchors;
    }

    private static String title(Node document, String name) {
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 1) {
                return Words.of(heading);
            }
        }
        return name;
    }

    private static String summary(Node document) {
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Paragraph) {
                return Words.of(node).split("(?<=[.:]) ", 2)[0];
            }
        }
        return "";
    }

    private static List<Article.Heading> headings(Map<Node, String> anchors) {
        return anchors.entrySet().stream()
                .filter(entry -> entry.getKey() instanceof Heading heading
                        && (heading.getLevel() == 2 || heading.getLevel() == 3))
                .map(entry -> new Article.Heading(
                        ((Heading) entry.getKey()).getLevel(), entry.getValue(), Words.of(entry.getKey())))
                .toList();
    }

    private static List<Article.Section> sections(Node document, Map<Node, String> anchors) {
        List<Article.Section> sections = new ArrayList<>();
        String anchor = "";
        String heading = "";
        StringBuilder text = new StringBuilder();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading next) {
                sections.add(
                        new Article.Section(anchor, heading, text.toString().strip()));
                anchor = next.getLevel() == 1 ? "" : anchors.get(next);
                heading = next.getLevel() == 1 ? "" : Words.of(next);
                text.setLength(0);
            } else {
                text.append(spaced(node)).append(' ');
            }
        }
        sections.add(new Article.Section(anchor, heading, text.toString().strip()));
        return sections.stream()
                .filter(section ->
                        !section.text().isEmpty() || !section.heading().isEmpty())
                .toList();
    }

    /** The words of blocks within blocks, such as the cells of a table, with a space between them. */
    private static String spaced(Node node) {
        boolean holdsBlocks = node instanceof CustomBlock || node instanceof ListBlock || node instanceof BlockQuote;
        if (!holdsBlocks
                && !(node.getFirstChild() instanceof Block)
                && !(node.getParent() instanceof TableBlock)
                && !(node instanceof CustomNode && !(node instanceof TableCell))) {
            return Words.of(node);
        }
        StringBuilder text = new StringBuilder();
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            text.append(spaced(child)).append(' ');
        }
        return text.toString();
    }

    private static AttributeProvider attributes() {
        return (node, _, attributes) -> {
            if (node instanceof Link link) {
                attributes.remove("rel");
                if (link.getDestination().startsWith("http")) {
                    attributes.put("rel", "noreferrer");
                }
            } else if (node instanceof Image) {
                attributes.put("loading", "lazy");
            }
        };
    }

    /** Code with a button to copy it, tables that scroll by themselves, headings that can be linked to. */
    private static final class Blocks implements NodeRenderer {

        private final HtmlNodeRendererContext context;
        private final HtmlWriter html;
        private final Map<Node, String> anchors;

        Blocks(HtmlNodeRendererContext context, Map<Node, String> anchors) {
            this.context = context;
            this.html = context.getWriter();
            this.anchors = anchors;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(FencedCodeBlock.class, Heading.class, TableBlock.class, TableCell.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof FencedCodeBlock code) {
                code(code);
            } else if (node instanceof Heading heading) {
                heading(heading);
            } else if (node instanceof TableCell cell) {
                cell(cell);
            } else {
                table(node);
            }
        }

        private void table(Node table) {
            html.line();
            html.raw("<div class=\"article-table\" tabindex=\"0\"><table>");
            children(table);
            html.raw("</table></div>");
            html.line();
        }

        /** A heading without words would be read out as one; it is just an empty cell. */
        private void cell(TableCell cell) {
            String tag = cell.isHeader() && cell.getFirstChild() != null ? "th" : "td";
            String side = cell.getAlignment() == TableCell.Alignment.RIGHT ? " class=\"numeric\"" : "";
            html.raw("<" + tag + side + ">");
            children(cell);
            html.raw("</" + tag + ">");
        }

        private void children(Node node) {
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
        }

        private void code(FencedCodeBlock code) {
            String language = code.getInfo() == null ? "" : code.getInfo();
            html.line();
            html.raw("<div class=\"copy\"><pre tabindex=\"0\"><code>"
                    + Highlighter.html(code.getLiteral().stripTrailing(), language)
                    + "</code></pre><button class=\"copy-button\" type=\"button\" data-copy aria-label=\"Copy\">"
                    + "<svg class=\"icon icon-copy\" aria-hidden=\"true\"><use href=\"" + Assets.assets()
                    + "/icons.svg#copy\"/></svg></button></div>");
            html.line();
        }

        private void heading(Heading heading) {
            String tag = "h" + heading.getLevel();
            String anchor = anchors.get(heading);
            html.line();
            html.tag(tag, Map.of("id", anchor));
            children(heading);
            if (heading.getLevel() > 1) {
                html.raw("<a class=\"article-anchor\" href=\"#" + Highlighter.escape(anchor)
                        + "\" aria-label=\"Link to this section\">#</a>");
            }
            html.raw("</" + tag + ">");
            html.line();
        }
    }
}
