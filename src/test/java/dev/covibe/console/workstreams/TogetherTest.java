package dev.covibe.console.workstreams;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.identity.Caller;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Those who ask for the page of work together are answered by one reading, and yet see what is theirs. */
@QuarkusTest
class TogetherTest {

    private static final int TIMES = 12;

    @Inject
    Fixtures fixtures;

    /** @param own what nobody else may see on this person's page */
    private record Reader(Fixtures.Browser browser, String handle, String own) {}

    private static Reader reader(Fixtures.Browser browser, String token, String handle, String own) {
        String key = api(token)
                .contentType("application/json")
                .body(Map.of("title", own))
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        api(token).put("/api/tasks/" + key + "/ownership").then().statusCode(200);
        return new Reader(browser, handle, own);
    }

    private static RequestSpecification api(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    @Test
    void everybody_gets_their_own_work_in_their_own_frame() throws Exception {
        Fixtures.Workspace team = fixtures.workspace();
        Fixtures.Workspace rival = fixtures.workspace();
        Caller kim = fixtures.member(team, "kim");
        List<Reader> readers = List.of(
                reader(fixtures.browser(team), team.token(), team.admin().handle(), "Weigh the parcels at the door"),
                reader(
                        fixtures.browser("kim-" + team.email()),
                        fixtures.token(kim),
                        "kim",
                        "Count the stamps in drawer nine"),
                reader(
                        fixtures.browser(rival),
                        rival.token(),
                        rival.admin().handle(),
                        "Undercut everything they sell"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> pages = new ArrayList<>();
            for (int n = 0; n < TIMES * readers.size(); n++) {
                Reader reader = readers.get(n % readers.size());
                pages.add(threads.submit(() -> page(reader.browser())));
            }
            for (int n = 0; n < pages.size(); n++) {
                Reader reader = readers.get(n % readers.size());
                String page = pages.get(n).get();
                assertThat(page).contains("</html>", reader.own(), "@" + reader.handle());
                assertThat(page).doesNotContain("<!--work-->");
                readers.stream().filter(other -> other != reader).forEach(other -> assertThat(page)
                        .doesNotContain(other.own()));
            }
        }
    }

    private static String page(Fixtures.Browser browser) {
        return given().accept("text/html")
                .cookie("covibe_session", browser.cookie())
                .queryParam("owner", "me")
                .get("/workstreams")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
