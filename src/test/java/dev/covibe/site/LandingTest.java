package dev.covibe.site;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The front door (SIT-1). */
@QuarkusTest
class LandingTest {

    private static final Pattern OURS = Pattern.compile("(?:href|src|srcset)=\"(/[^\"#]*)");
    private static final int LARGEST_PICTURE = 150 * 1024;
    private static final int LARGEST_PAGE = 150 * 1024;

    private static String page() {
        return given().redirects()
                .follow(false)
                .accept("text/html")
                .get("/")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static List<String> linked(String page) {
        return OURS.matcher(page)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    @Test
    void strangers_see_what_this_is_and_the_signed_in_go_to_the_work() {
        assertThat(page()).contains("Run it yourself").contains("Sign in").doesNotContain(" style=");
        String session = given().redirects()
                .follow(false)
                .formParam("email", "sam-" + UUID.randomUUID() + "@example.com")
                .post("/auth/sign-in")
                .cookie("covibe_session");
        given().redirects()
                .follow(false)
                .cookie("covibe_session", session)
                .get("/")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/workstreams"));
        given().redirects().follow(false).get("/landing").then().statusCode(303).header("Location", endsWith("/"));
    }

    @Test
    void everything_it_leads_to_is_there() {
        assertThat(linked(page())).hasSizeGreaterThan(12).allSatisfy(address -> assertThat(
                        given().accept("text/html").get(address).statusCode())
                .as(address)
                .isEqualTo(200));
    }

    @Test
    void its_pictures_are_real_and_small_in_both_themes() {
        List<String> pictures = linked(page()).stream()
                .filter(address -> address.endsWith(".webp"))
                .toList();
        assertThat(pictures).hasSizeGreaterThanOrEqualTo(6);
        assertThat(pictures.stream().filter(address -> address.endsWith("-dark.webp")))
                .hasSize(pictures.size() / 2);
        assertThat(pictures)
                .allSatisfy(address -> assertThat(given().get(address).asByteArray())
                        .as(address)
                        .hasSizeBetween(10_000, LARGEST_PICTURE));
    }

    @Test
    void it_weighs_little_besides_its_pictures() {
        String page = page();
        int weight = Stream.concat(
                        linked(page).stream().filter(address -> address.startsWith("/assets/")),
                        Stream.of(script(page, "copy.js"), script(page, "reading.js"), script(page, "toast.js")))
                .mapToInt(LandingTest::size)
                .sum();
        assertThat(weight + page.length()).isLessThan(LARGEST_PAGE);
    }

    private static String script(String page, String name) {
        return linked(page).stream()
                .filter(address -> address.endsWith("/js/site.js"))
                .map(address -> address.replace("site.js", name))
                .findFirst()
                .orElseThrow();
    }

    private static int size(String address) {
        return given().get(address).then().statusCode(200).extract().asByteArray().length;
    }

    @Test
    void its_commands_name_this_server() {
        assertThat(page()).containsPattern("covibe-local setup --base-url http://[\\w.]+:\\d+");
    }
}
