package dev.covibe.console;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown that people and agents wrote, as HTML that is safe to show: raw HTML is shown as text, odd links go dead. */
final class Markdown {

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

    private Markdown() {}

    static String html(String text) {
        return text.isBlank() ? "" : RENDERER.render(PARSER.parse(text));
    }
}
