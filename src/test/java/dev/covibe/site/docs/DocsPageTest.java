package dev.covibe.site.docs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documentation as this build carries it and as everybody reads it (SIT-2). */
@QuarkusTest
class DocsPageTest {

    @Inject
    Library library;

    @Test
    void every_page_of_the_index_is_shown_to_everybody() {
        assertThat(library.contents().entries()).hasSizeGreaterThan(15);
        library.all().forEach(article -> {
            String page = given().accept("text/html")
                    .get(article.address())
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            assertThat(page)
                    .as(article.name())
                    .contains("<title>" + article.title().replace("'", "&#39;"))
                    .doesNotContain(" style=")
                    .doesNotContain("<style")
                    .doesNotContain("onclick");
        });
    }

    @Test
    void every_link_and_anchor_between_the_pages_leads_somewhere() {
        List<String> dead = new ArrayList<>();
        library.all().forEach(article -> article.links().forEach(link -> {
            String[] parts = link.split("#", 2);
            boolean there = parts[0].endsWith(".md")
                    ? library.article(parts[0].replaceAll("\\.md$", ""))
                            .filter(target -> parts.length == 1 || target.html().contains("id=\"" + parts[1] + "\""))
                            .isPresent()
                    : library.picture(parts[0]).isPresent();
            if (!there) {
                dead.add(article.name() + " -> " + link);
            }
        }));
        assertThat(dead).isEmpty();
    }

    @Test
    void no_two_sections_of_a_page_have_the_same_anchor() {
        library.all().forEach(article -> {
            List<String> anchors =
                    article.headings().stream().map(Article.Heading::anchor).toList();
            assertThat(anchors).as(article.name()).hasSameSizeAs(new TreeSet<>(anchors));
        });
    }

    @Test
    void pictures_and_old_names_with_the_ending_are_answered() {
        given().get("/docs/images/workstreams-light.webp")
                .then()
                .statusCode(200)
                .contentType("image/webp");
        given().redirects()
                .follow(false)
                .get("/docs/operations/database.md")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/docs/operations/database"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/nothing-of-this-name",
                "/docs/../pom.xml",
                "/docs/%2e%2e/pom.xml",
                "/docs/..%2fapplication.properties",
                "/docs/%2e%2e%2fprices/prices.csv",
                "/docs/images/..%5c..%5cpom.xml",
                "/docs//etc/passwd",
                "/docs/%2fetc%2fpasswd.md",
                "/docs/engineering/bench-mcp.json",
                "/docs/.hidden.md",
                "/docs/a%00.md"
            })
    void nothing_but_pages_and_pictures_of_the_documentation_is_given_out(String address) {
        given().urlEncodingEnabled(false)
                .accept("text/html")
                .redirects()
                .follow(false)
                .get(address)
                .then()
                // 303 leads to signing in: such an address does not even belong to the documentation.
                .statusCode(oneOf(303, 400, 404))
                .body(not(containsString("<project")));
    }

    @Test
    void the_search_finds_the_section_and_marks_the_words() {
        given().queryParam("q", "exit code")
                .get("/docs/search")
                .then()
                .statusCode(200)
                .body(containsString("/docs/operations/command-line"))
                .body(containsString("<mark>"));
        given().queryParam("q", "xylophone-of-glass")
                .get("/docs/search")
                .then()
                .statusCode(200)
                .body(containsString("Try fewer words"));
    }

    @Test
    void what_is_searched_for_comes_back_as_text_only() {
        given().queryParam("q", "<script>alert(1)</script>")
                .get("/docs/search")
                .then()
                .statusCode(200)
                .body(not(containsString("<script>alert")));
    }
}
