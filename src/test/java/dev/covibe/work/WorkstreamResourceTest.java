package dev.covibe.work;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WorkstreamResourceTest {

    @Inject
    Fixtures fixtures;

    private Fixtures.Workspace team;
    private String key;

    @BeforeEach
    void plan() {
        team = fixtures.workspace();
        key = asAdmin()
                .body("""
                        {"name": "Passkeys everywhere", "goal": "Nobody types a password.", "target_date": "2027-03-01",
                         "paths": ["src/login/**"], "repository": "https://github.com/acme/web.git"}
                        """)
                .post("/api/workstreams")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    private RequestSpecification asAdmin() {
        return given().header("Authorization", team.bearer()).contentType("application/json");
    }

    @Test
    void a_change_is_told_with_before_and_after_and_leaves_the_rest_alone() {
        asAdmin()
                .body("{\"name\": \"Passkeys for all\", \"owner\": \"me\", \"target_date\": \"\"}")
                .patch("/api/workstreams/" + key)
                .then()
                .statusCode(200)
                .body("name", equalTo("Passkeys for all"))
                .body("goal", equalTo("Nobody types a password."))
                .body("owner", equalTo(team.admin().handle()))
                .body("target_date", nullValue());
        asAdmin()
                .get("/api/workstreams/" + key + "/events")
                .then()
                .body("[0].kind", equalTo("changed"))
                .body("[0].payload.changes.field", hasItem("name"))
                .body("[0].payload.changes.find { it.field == 'name' }.before", equalTo("Passkeys everywhere"))
                .body("[0].payload.changes.find { it.field == 'target_date' }.before", equalTo("2027-03-01"));
    }

    @Test
    void work_on_its_paths_still_meets_it_after_its_goal_was_changed() {
        asAdmin()
                .body("{\"goal\": \"Quite another goal.\"}")
                .patch("/api/workstreams/" + key)
                .then()
                .statusCode(200);
        asAdmin().body("""
                        {"title": "Move a button", "paths": ["src/login/button.ts"], "repository": "git@github.com:acme/web.git"}
                        """).post("/api/tasks/candidates").then().statusCode(200).body("candidates.key", hasItem(key));
    }

    @Test
    void a_wrong_date_or_an_empty_name_changes_nothing() {
        for (String wrong : new String[] {"{\"target_date\": \"soon\"}", "{\"name\": \" \"}"}) {
            asAdmin()
                    .body(wrong)
                    .patch("/api/workstreams/" + key)
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo(wrong.contains("date") ? "/target_date" : "/name"));
        }
        asAdmin().get("/api/workstreams/" + key).then().body("name", equalTo("Passkeys everywhere"));
    }
}
