package dev.covibe.work;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TransferTest {

    private static final String GOOD = """
            title,description,status,priority,labels,owner,workstream,paths,references
            "Say ""hello"", twice","Two
            lines",planned,high,greeting|ui,,,src/hello/**,#7
            Count the cups,,done,,,,,,
            """;

    private static final String BROKEN = """
            title,status
            Fine row,planned
            ,planned
            Bad status,flying
            too,many,fields
            """;

    @Inject
    Fixtures fixtures;

    private static RequestSpecification as(Fixtures.Workspace workspace, String mediaType) {
        return given().header("Authorization", workspace.bearer()).contentType(mediaType);
    }

    @Test
    void a_file_comes_in_and_goes_out_again_as_it_was() {
        var workspace = fixtures.workspace();
        as(workspace, "text/csv")
                .body(GOOD)
                .post("/api/tasks/import?project=WEB")
                .then()
                .statusCode(200)
                .body("created.row", contains(1, 2))
                .body("created.key", contains("WEB-1", "WEB-2"))
                .body("refused", empty());
        given().header("Authorization", workspace.bearer())
                .get("/api/tasks/WEB-1")
                .then()
                .body("title", equalTo("Say \"hello\", twice"))
                .body("description", equalTo("Two\nlines"))
                .body("labels", contains("greeting", "ui"));
        String exported = given().header("Authorization", workspace.bearer())
                .get("/api/tasks/export")
                .then()
                .statusCode(200)
                .header("Content-Disposition", containsString("tasks.csv"))
                .extract()
                .asString();
        var copy = fixtures.workspace();
        as(copy, "text/csv")
                .body(exported)
                .post("/api/tasks/import?project=WEB")
                .then()
                .statusCode(200);
        String again = given().header("Authorization", copy.bearer())
                .get("/api/tasks/export")
                .asString();
        assertThat(again).isEqualTo(exported);
        String lines = given().header("Authorization", workspace.bearer())
                .get("/api/tasks/export?format=jsonl")
                .asString();
        var third = fixtures.workspace();
        as(third, "application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/api/tasks/import")
                .then()
                .statusCode(200)
                .body("created", hasSize(2));
    }

    @Test
    void broken_rows_are_all_named_and_nothing_stays_behind() {
        var workspace = fixtures.workspace();
        as(workspace, "text/csv")
                .body(BROKEN)
                .post("/api/tasks/import?project=WEB&dry_run=true")
                .then()
                .statusCode(200)
                .body("refused.row", contains(2, 3, 4))
                .body("refused.field", contains("title", "status", ""));
        as(workspace, "text/csv")
                .body(BROKEN)
                .post("/api/tasks/import?project=WEB")
                .then()
                .statusCode(422)
                .body("code", equalTo("import.refused"))
                .body("created", empty())
                .body("refused", hasSize(3));
        given().header("Authorization", workspace.bearer())
                .get("/api/tasks")
                .then()
                .body("total", equalTo(0));
        as(workspace, "text/csv")
                .body(BROKEN)
                .post("/api/tasks/import?project=WEB&partial=true")
                .then()
                .statusCode(200)
                .body("created.key", contains("WEB-1"));
    }

    @Test
    void a_dry_run_answers_as_the_real_one_would_and_keeps_nothing() {
        var workspace = fixtures.workspace();
        as(workspace, "text/csv")
                .body(GOOD)
                .post("/api/tasks/import?dry_run=true")
                .then()
                .statusCode(200)
                .body("created.key", contains("WEB-1", "WEB-2"))
                .body("dry_run", equalTo(true));
        given().header("Authorization", workspace.bearer())
                .get("/api/tasks")
                .then()
                .body("total", equalTo(0));
    }

    @Test
    void a_file_that_is_no_table_is_refused_as_a_whole() {
        var workspace = fixtures.workspace();
        as(workspace, "text/csv")
                .body("title\n\"never closed\n")
                .post("/api/tasks/import")
                .then()
                .statusCode(400)
                .body("code", equalTo("import.quotes"));
        as(workspace, "text/csv")
                .body("name,colour\nx,y\n")
                .post("/api/tasks/import")
                .then()
                .statusCode(400)
                .body("code", equalTo("import.columns"));
        as(workspace, "text/csv")
                .body("")
                .post("/api/tasks/import")
                .then()
                .statusCode(400)
                .body("code", equalTo("import.empty"));
        as(workspace, "application/json")
                .body("[]")
                .post("/api/tasks/import")
                .then()
                .statusCode(415);
    }

    @Test
    void a_title_that_looks_like_a_formula_is_calculated_nowhere_and_comes_back_as_it_was() {
        var workspace = fixtures.workspace();
        for (String title : List.of("=HYPERLINK(1)", "'-1 is no error code")) {
            as(workspace, "application/json")
                    .body(Map.of("title", title))
                    .post("/api/tasks")
                    .then()
                    .statusCode(201);
        }
        String exported = given().header("Authorization", workspace.bearer())
                .get("/api/tasks/export")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(exported).contains("'=HYPERLINK(1)", "''-1 is no error code").doesNotContain(",=HYPERLINK");
        var copy = fixtures.workspace();
        as(copy, "text/csv")
                .body(exported)
                .post("/api/tasks/import?project=WEB")
                .then()
                .statusCode(200);
        given().header("Authorization", copy.bearer())
                .get("/api/tasks")
                .then()
                .body("items.title", containsInAnyOrder("=HYPERLINK(1)", "'-1 is no error code"));
    }

    @Test
    void what_came_in_under_way_and_is_nobodys_can_be_taken_once() {
        var workspace = fixtures.workspace();
        as(workspace, "text/csv")
                .body("title,status\nCount the cups,in_progress\n")
                .post("/api/tasks/import?project=WEB")
                .then()
                .statusCode(200);
        String taking = "/api/tasks/WEB-1/ownership";
        as(workspace, "application/json")
                .put(taking)
                .then()
                .statusCode(200)
                .body("owner", equalTo(workspace.admin().handle()));
        as(workspace, "application/json")
                .put(taking)
                .then()
                .statusCode(409)
                .body("code", equalTo("task.already-taken"));
    }

    @Test
    void workstreams_travel_too() {
        var workspace = fixtures.workspace();
        as(workspace, "text/csv")
                .body("name,goal,target_date\nFaster search,Half the time,2026-12-24\nBad date,,tomorrow\n")
                .post("/api/workstreams/import?partial=true")
                .then()
                .statusCode(200)
                .body("created.key", contains("WS-1"))
                .body("refused.field", contains("target_date"));
        given().header("Authorization", workspace.bearer())
                .get("/api/workstreams/export?format=jsonl")
                .then()
                .body(containsString("\"Faster search\""));
    }
}
