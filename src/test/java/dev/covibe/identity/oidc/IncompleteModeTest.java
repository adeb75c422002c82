package dev.covibe.identity.oidc;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** WorkOS mode with half its configuration lets nobody in (IDN-1). */
@QuarkusTest
@TestProfile(IncompleteModeTest.Half.class)
class IncompleteModeTest {

    public static final class Half implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("covibe.auth", "workos", "workos.client-id", "client_test");
        }
    }

    @Test
    void the_page_names_what_is_missing_and_nothing_opens() {
        given().accept("text/html")
                .get("/auth/sign-in")
                .then()
                .statusCode(503)
                .body(containsString("WORKOS_API_KEY"))
                .body(containsString("COVIBE_HOSTED_URL"));
        given().accept("text/html").get("/callback?code=1&state=2").then().statusCode(404);
        given().get("/api/tasks").then().statusCode(401);
        given().contentType("application/json")
                .body("{}")
                .post("/api/mcp")
                .then()
                .statusCode(401);
    }
}
