package dev.covibe.guard;

import static dev.covibe.guard.AccessRequest.send;
import static dev.covibe.guard.AccessTable.EXPECTED;
import static dev.covibe.guard.AccessTable.STREAM;
import static dev.covibe.guard.Belongings.MARKER;
import static dev.covibe.guard.Belongings.item;
import static dev.covibe.guard.Belongings.items;
import static dev.covibe.guard.Belongings.made;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.covibe.identity.Tokens;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every operation says what nobody and what a stranger gets to see (QLT-9). The operations are read from the code: a new
 * one without an expectation in {@link AccessTable} breaks the build, and so does an expectation whose operation is gone.
 */
@QuarkusTest
class AccessCoverageTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Tokens tokens;

    @Test
    void every_operation_has_an_expectation_and_every_expectation_an_operation() {
        assertThat(new TreeMap<>(EXPECTED).keySet()).containsExactlyElementsOf(Operations.all());
    }

    @Test
    void nobody_gets_in_anywhere_but_where_everybody_may() {
        EXPECTED.forEach((operation, access) -> {
            Response answer = send(given().header("Accept", "application/json"), operation, access, "WEB-1");
            switch (access) {
                case Access.Everybody _ ->
                    assertThat(answer.statusCode()).as(operation).isNotIn(401, 500);
                case Access.Members _, Access.ItsWorkspace _ ->
                    assertThat(answer.statusCode()).as(operation).isEqualTo(401);
            }
        });
    }

    @Test
    void a_stranger_finds_nothing_of_another_workspace() {
        var first = fixtures.workspace();
        String task = made(first, "/api/tasks", "{\"title\":\"" + MARKER + "\"}", "id");
        made(
                first,
                "/api/workstreams",
                "{\"name\":\"" + MARKER + "\",\"confirm_reason\":\"Both\",\"confirm\":[\"" + task + "\"]}",
                "id");
        String token = tokens.list(first.admin()).getFirst().id().toString();
        Map<String, String> items = items(first, token);
        var stranger = fixtures.workspace();
        // The items first: afterwards the stranger has work of their own under the same keys.
        EXPECTED.forEach((operation, access) -> {
            if (access instanceof Access.ItsWorkspace) {
                Response answer = send(as(stranger, operation), operation, access, item(operation, task, items));
                assertThat(answer.statusCode()).as(operation).isEqualTo(404);
                assertThat(answer.asString()).as(operation).doesNotContain(MARKER);
            }
        });
        EXPECTED.forEach((operation, access) -> {
            if (access instanceof Access.Members && !operation.equals(STREAM)) {
                Response answer = send(as(stranger, operation), operation, access, "");
                assertThat(answer.statusCode()).as(operation).isLessThan(500);
                assertThat(answer.asString()).as(operation).doesNotContain(MARKER);
            }
        });
        given().header("Authorization", first.bearer())
                .get("/api/tasks/WEB-1")
                .then()
                .statusCode(200)
                .body("title", equalTo(MARKER))
                .body("status", equalTo("planned"));
        assertThat(tokens.list(first.admin()).getFirst().revokedAt()).isEmpty();
    }

    private RequestSpecification as(Fixtures.Workspace stranger, String operation) {
        if (operation.contains(" /api/")) {
            return given().header("Authorization", stranger.bearer());
        }
        Fixtures.Browser browser = fixtures.browser(stranger);
        return given().cookie("covibe_session", browser.cookie())
                .header("X-CSRF-Token", browser.csrf())
                .header("Accept", "text/html");
    }
}
