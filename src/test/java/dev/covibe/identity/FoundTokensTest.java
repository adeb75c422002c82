package dev.covibe.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.covibe.platform.crypto.TokenText;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever finds a token can end it, and learns nothing else (IDN-7). */
@QuarkusTest
class FoundTokensTest {

    @Inject
    Fixtures fixtures;

    private Fixtures.Workspace team;
    private String leaked;

    @BeforeEach
    void leak() {
        team = fixtures.workspace();
        leaked = fixtures.token(team.admin());
    }

    private static ValidatableResponse report(String text) {
        return given().contentType("application/json")
                .body(Map.of("text", text))
                .post("/api/found-tokens")
                .then();
    }

    private static int status(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/api/projects")
                .statusCode();
    }

    @Test
    void a_token_that_somebody_found_stops_working_at_once_and_no_other_does() {
        assertThat(status(leaked)).isEqualTo(200);
        report("# .env\nCOVIBE_TOKEN=\"" + leaked + "\"\n")
                .statusCode(200)
                .body("revoked", equalTo(1))
                .body("dead", equalTo(0))
                .body("unknown", equalTo(0));
        assertThat(status(leaked)).isEqualTo(401);
        assertThat(status(team.token())).isEqualTo(200);
    }

    @Test
    void the_company_learns_of_it_once_and_the_finder_does_not_learn_of_the_company() {
        report(leaked).body(not(containsString(team.admin().handle())));
        report(leaked).body("revoked", equalTo(0)).body("dead", equalTo(1));
        given().header("Authorization", team.bearer())
                .get("/api/audit?action=token.reported")
                .then()
                .body("items", hasSize(1))
                .body("items[0].subject", startsWith("test of @" + team.admin().handle()))
                .body("items[0].address", equalTo("127.0.0.1"));
    }

    @Test
    void what_is_no_token_of_this_server_is_said_to_be_none() {
        report(TokenText.next() + " and " + leaked).body("unknown", equalTo(1)).body("revoked", equalTo(1));
        report("cvb_not-a-token").statusCode(400).body("errors[0].pointer", equalTo("/text"));
        report("x".repeat(FoundTokens.LONGEST + 1)).statusCode(400);
    }

    @Test
    void the_page_does_it_without_an_account_and_does_not_repeat_what_was_pasted() {
        given().get("/leaked-token").then().statusCode(200).body(containsString("Revoke now"));
        given().formParam("text", "Authorization: Bearer " + leaked)
                .post("/leaked-token")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(containsString("The token is revoked"))
                .body(not(containsString(leaked)));
        assertThat(status(leaked)).isEqualTo(401);
        given().formParam("text", leaked.substring(0, 20))
                .post("/leaked-token")
                .then()
                .statusCode(422)
                .body(containsString("no whole token"))
                .body(not(containsString(leaked.substring(0, 20))));
    }

    @Test
    void its_owner_sees_in_the_settings_why_it_is_dead() {
        report(leaked).statusCode(200);
        given().cookie("covibe_session", fixtures.browser(team).cookie())
                .get("/settings")
                .then()
                .body(containsString("Reported, revoked"));
    }
}
