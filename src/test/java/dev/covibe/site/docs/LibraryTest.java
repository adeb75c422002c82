package dev.covibe.site.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages from a folder: set anew when their file changes, safe whatever stands in them. */
class LibraryTest {

    @TempDir
    Path folder;

    private Library library;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("docs/deep"));
        write("README.md", "# Index\n\n## Group\n\n- [A page](deep/page.md): about it.\n", 0);
        library = Library.of(new Shelf.Folder(folder.resolve("docs")));
    }

    private void write(String name, String text, int second) throws IOException {
        Path file = Files.writeString(folder.resolve("docs").resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(second)));
    }

    private Article page(String text) throws IOException {
        write("deep/page.md", text, (int) (System.nanoTime() / 1000 % 1_000_000));
        return library.article("deep/page").orElseThrow();
    }

    @Test
    void a_page_is_set_once_and_again_when_its_file_has_changed() throws IOException {
        write("deep/page.md", "# First", 1);
        Article first = library.article("deep/page").orElseThrow();
        assertThat(library.article("deep/page").orElseThrow()).isSameAs(first);
        write("deep/page.md", "# Second", 2);
        assertThat(library.article("deep/page").orElseThrow().title()).isEqualTo("Second");
        Files.delete(folder.resolve("docs/deep/page.md"));
        assertThat(library.article("deep/page")).isEmpty();
    }

    @Test
    void the_index_is_the_order_of_the_pages() {
        assertThat(library.contents().groups())
                .containsExactly(new Contents.Group("Group", List.of(new Contents.Entry("deep/page", "A page"))));
    }

    @Test
    void raw_html_is_shown_as_text_and_odd_links_go_dead() throws IOException {
        Article article = page("""
                # Title

                <script>alert(1)</script>

                A word <b onclick="x()">bold</b> and [a link](javascript:alert(2)).

                ```html
                <img src=x onerror=alert(3)>
                ```
                """);
        assertThat(article.html())
                .doesNotContain("<script")
                .doesNotContain("<b ")
                .doesNotContain("javascript:")
                .doesNotContain("<img")
                .contains("&lt;script&gt;")
                .contains("&lt;img src=x");
    }

    @Test
    void links_lead_to_this_server_s_addresses_and_none_out_of_the_documentation() throws IOException {
        Article article = page("""
                [up](../README.md) [beside](other.md#part) [here](#title) [code](../../pom.xml) [away](https://example.com)
                ![shot](../images/a.png)

                # Title
                """);
        assertThat(article.html())
                .contains("<a href=\"/docs\">up</a>")
                .contains("<a href=\"/docs/deep/other#part\">beside</a>")
                .contains("<a href=\"#title\">here</a>")
                .contains(" code ")
                .contains("<a href=\"https://example.com\" rel=\"noreferrer\">")
                .contains("src=\"/docs/images/a.png\"");
        assertThat(article.links())
                .containsExactly("README.md", "deep/other.md#part", "deep/page.md#title", "images/a.png");
    }

    @Test
    void anchors_are_those_that_code_hosts_make() throws IOException {
        Article article = page("# One\n\n## What it *sends*, `now`\n\n## Again\n\n### Deeper\n\n## Again\n");
        assertThat(article.headings())
                .extracting(Article.Heading::anchor)
                .containsExactly("what-it-sends-now", "again", "deeper", "again-1");
    }

    @Test
    void code_is_told_apart_and_never_lost() {
        String html = Highlighter.html("PORT=80 ./covibe up --reset # \"fresh\" <now>", "sh run");
        assertThat(html)
                .contains("<span class=\"code-name\">--reset</span>")
                .contains("<span class=\"code-comment\"># &quot;fresh&quot; &lt;now&gt;</span>");
        Stream.of("sh", "json", "yaml", "java", "sql", "toml", "hcl", "http", "", "unheard-of")
                .forEach(language -> {
                    String code = "a = \"b\" # c\n{\"d\": 1, 'e': [true, null]} -- f // g <h> & \"open";
                    assertThat(Highlighter.html(code, language).replaceAll("</?span[^>]*>", ""))
                            .isEqualTo(Highlighter.escape(code));
                });
    }

    @Test
    void a_link_in_the_folder_that_leads_out_of_it_is_not_followed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.md"), "# Secret");
        Files.createSymbolicLink(folder.resolve("docs/way-out.md"), secret);
        assertThat(library.article("way-out")).isEmpty();
        assertThat(library.article("../secret")).isEmpty();
    }

    @Test
    void a_word_in_a_title_counts_more_than_one_in_the_text() throws IOException {
        write("README.md", "# Index\n\nA word about claims.\n\n## Group\n\n- [A page](deep/page.md)\n", 3);
        page("# Claims\n\nWho edits where, \"quoted\".\n");
        assertThat(Finder.find(library.all(), "CLAIMS"))
                .extracting(Finder.Hit::address)
                .containsExactly("/docs/deep/page", "/docs");
        assertThat(Finder.find(library.all(), "edits quoted").getFirst().excerpt())
                .isEqualTo("Who <mark>edits</mark> where, &quot;<mark>quoted</mark>&quot;.");
        assertThat(Finder.find(library.all(), "claims elephants")).isEmpty();
    }
}
