package dev.covibe.coordination.claims;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims as the companion and other programs use them. */
@QuarkusTest
class ClaimResourceTest {

    @Inject
    Fixtures fixtures;

    private Fixtures.Workspace workspace;
    private String mia;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
        mia = fixtures.token(fixtures.member(workspace, "mia"));
    }

    @Test
    void a_claim_is_made_listed_by_any_spelling_of_its_repository_and_released() {
        String id = claim(workspace.token(), "git@github.com:acme/web.git", "src/auth/")
                .statusCode(201)
                .body("claims", hasSize(1))
                .body("claims[0].path", equalTo("src/auth/**"))
                .body("claims[0].repository", equalTo("github.com/acme/web"))
                .body("claims[0].mode", equalTo("exclusive"))
                .body("claims[0].developer", equalTo(workspace.admin().handle()))
                .body("claims[0].expires_at", notNullValue())
                .extract()
                .path("claims[0].id");
        claim(workspace.token(), "https://github.com/acme/other", "**").statusCode(201);

        as(mia).get("/api/claims?repository=https://x:y@GitHub.com/Acme/Web.git")
                .then()
                .statusCode(200)
                .body("items.path", contains("src/auth/**"));
        as(mia).get("/api/claims").then().body("items", hasSize(2));
        as(mia).get("/api/claims?repository=/home/mia/web").then().statusCode(400);
        as(mia).delete("/api/claims/" + id).then().statusCode(403).body("code", equalTo("claim.not-yours"));
        as(workspace.token()).delete("/api/claims/" + id).then().statusCode(204);
        as(workspace.token()).delete("/api/claims/" + id).then().statusCode(204);
        as(mia).get("/api/claims?repository=github.com/acme/web").then().body("items", empty());
    }

    @Test
    void a_held_claim_answers_409_with_holder_and_expiry_and_an_override_names_what_it_overrode() {
        claim(workspace.token(), "git@github.com:acme/web.git", "src/**").statusCode(201);

        claim(mia, "https://github.com/acme/web", "src/Login.java")
                .statusCode(409)
                .body("code", equalTo("claim.held"))
                .body("detail", containsString("@" + workspace.admin().handle()))
                .body("details.holder", equalTo(workspace.admin().handle()))
                .body("details.expires_at", notNullValue())
                .body("details.held[0].wanted", equalTo("src/Login.java"))
                .body("details.held[0].path", equalTo("src/**"));
        as(mia).body("""
                {"repository": "github.com/acme/web", "paths": ["src/Login.java"], "override": "Production is down"}
                """)
                .post("/api/claims")
                .then()
                .statusCode(201)
                .body("overridden.path", contains("src/**"))
                .body("claims[0].override_reason", equalTo("Production is down"));
        as(mia).get("/api/claims")
                .then()
                .body("items.path", contains("src/Login.java", "src/**"))
                .body("items[1].overridden_by", equalTo("mia"));
    }

    @Test
    void the_same_key_claims_once_and_lists_go_on_by_cursor() {
        String body = """
                {"repository": "github.com/acme/web", "paths": ["a/**", "b/**", "c/**"], "mode": "shared"}
                """;
        String first = as(mia).header("Idempotency-Key", "k")
                .body(body)
                .post("/api/claims")
                .asString();
        assertThat(as(mia).header("Idempotency-Key", "k")
                        .body(body)
                        .post("/api/claims")
                        .asString())
                .isEqualTo(first);
        String cursor = as(mia).get("/api/claims?limit=2")
                .then()
                .body("items", hasSize(2))
                .extract()
                .path("cursor");
        as(mia).get("/api/claims?limit=2&cursor=" + cursor)
                .then()
                .body("items", hasSize(1))
                .body("cursor", equalTo(null));
        as(mia).get("/api/claims").then().body("items.path", containsInAnyOrder("a/**", "b/**", "c/**"));
    }

    @Test
    void audits_and_answers_work_over_rest() {
        as(mia).get("/api/audits/latest").then().statusCode(404).body("code", equalTo("audit.none"));
        as(mia).body("{\"title\":\"Rate limit the login endpoint\"}").post("/api/tasks");
        String first = as(mia).get("/api/tasks/WEB-1").path("id");
        as(workspace.token())
                .body("{\"title\":\"Introduce passkeys for the login\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201);
        as(mia).post("/api/audits")
                .then()
                .statusCode(201)
                .body("swept", equalTo(2))
                .body("conflicts", empty());
        as(mia).get("/api/audits/latest").then().statusCode(200).body("by", equalTo("mia"));

        as(mia).body("{\"one\":\"WEB-2\",\"other\":\"" + first + "\",\"verdict\":\"different\",\"reason\":\"No\"}")
                .put("/api/overlaps/answers")
                .then()
                .statusCode(200)
                .body("one", equalTo("WEB-2"))
                .body("other", equalTo("WEB-1"))
                .body("answered_by", equalTo("mia"));
        as(mia).get("/api/overlaps/precision")
                .then()
                .body("different", equalTo(1))
                .body("precision", equalTo(0.0f));
        as(mia).body("{\"one\":\"WEB-2\",\"verdict\":\"different\"}")
                .put("/api/overlaps/answers")
                .then()
                .statusCode(400);
        as(mia).body("{\"one\":\"WEB-2\",\"other\":\"WEB-1\",\"verdict\":\"perhaps\"}")
                .put("/api/overlaps/answers")
                .then()
                .statusCode(400);
    }

    private ValidatableResponse claim(String token, String repository, String path) {
        return as(token)
                .body("{\"repository\":\"" + repository + "\",\"paths\":[\"" + path + "\"]}")
                .post("/api/claims")
                .then();
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }
}
