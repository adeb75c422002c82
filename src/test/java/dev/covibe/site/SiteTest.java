package dev.covibe.site;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SiteTest {

    private static RequestSpecification browser() {
        return given().redirects().follow(false).accept("text/html");
    }

    private static String signedIn(String email) {
        return browser()
                .formParam("email", email)
                .post("/auth/sign-in")
                .then()
                .statusCode(303)
                .extract()
                .cookie("covibe_session");
    }

    @Test
    void a_stranger_signs_in_sets_a_team_up_and_sees_its_work() {
        String cookie = signedIn("sam-" + UUID.randomUUID() + "@example.com");
        browser()
                .cookie("covibe_session", cookie)
                .get("/workstreams")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/onboarding"));
        String csrf = browser()
                .cookie("covibe_session", cookie)
                .get("/onboarding")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .replaceAll("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
        browser()
                .cookie("covibe_session", cookie)
                .formParam("csrf", csrf)
                .formParam("company", "")
                .formParam("workspace", "Core")
                .formParam("name", "Sam")
                .formParam("handle", "sam")
                .post("/onboarding")
                .then()
                .statusCode(422)
                .body(containsString("id=\"company-error\""));
        browser()
                .cookie("covibe_session", cookie)
                .formParam("csrf", csrf)
                .formParam("company", "Acme")
                .formParam("workspace", "Core")
                .formParam("name", "Sam")
                .formParam("handle", "sam")
                .post("/onboarding")
                .then()
                .statusCode(303);
        browser()
                .cookie("covibe_session", cookie)
                .get("/workstreams")
                .then()
                .statusCode(200)
                .body(containsString("Connect an agent"));
    }

    @Test
    void an_unreadable_email_is_said_beside_the_field() {
        browser()
                .formParam("email", "sam")
                .post("/auth/sign-in")
                .then()
                .statusCode(422)
                .body(containsString("Type an email address"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"})
    void signing_in_never_leads_to_another_site(String to) {
        browser()
                .queryParam("to", to)
                .get("/auth/sign-in")
                .then()
                .statusCode(200)
                .body(not(containsString("evil")));
    }

    @Test
    void signing_out_ends_the_session() {
        String cookie = signedIn("sam-" + UUID.randomUUID() + "@example.com");
        String csrf = browser()
                .cookie("covibe_session", cookie)
                .get("/onboarding")
                .then()
                .extract()
                .asString()
                .replaceAll("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
        browser()
                .cookie("covibe_session", cookie)
                .formParam("csrf", csrf)
                .post("/auth/sign-out")
                .then()
                .statusCode(303);
        browser()
                .cookie("covibe_session", cookie)
                .get("/onboarding")
                .then()
                .statusCode(303)
                .header("Location", containsString("/auth/sign-in"));
    }

    @Test
    void style_and_scripts_come_from_one_lasting_address_and_need_no_inline_code() {
        String page =
                browser().get("/auth/sign-in").then().statusCode(200).extract().asString();
        assertThat(page).doesNotContain(" style=").doesNotContain("<style").doesNotContain("onclick");
        String style = page.replaceAll("(?s).*href=\"(/assets/[0-9a-f]+/covibe.css)\".*", "$1");
        given().get(style)
                .then()
                .statusCode(200)
                .header("Content-Type", containsString("text/css"))
                .header("Cache-Control", containsString("immutable"))
                .body(containsString("@layer components{"))
                .body(not(containsString("@import")));
        given().get(style.replace("covibe.css", "js/main.js")).then().statusCode(200);
        given().get(style.replace("covibe.css", "js/../../application.properties"))
                .then()
                .statusCode(404);
    }
}
