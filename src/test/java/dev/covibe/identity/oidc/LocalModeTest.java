package dev.covibe.identity.oidc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What is of WorkOS mode is not there in local mode, and the other way round. */
@QuarkusTest
class LocalModeTest {

    @Inject
    Fixtures fixtures;

    @Test
    void nobody_comes_back_from_a_provider() {
        given().accept("text/html").get("/callback?code=1&state=2").then().statusCode(404);
        given().get("/.well-known/oauth-protected-resource").then().statusCode(404);
        given().get("/.well-known/oauth-protected-resource/api/mcp").then().statusCode(404);
    }

    @Test
    void a_browser_selects_the_company_by_a_cookie_where_its_person_is_a_member() {
        Fixtures.Workspace first = fixtures.workspace();
        Fixtures.Workspace second = fixtures.workspace();
        Fixtures.Workspace foreign = fixtures.workspace();
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.developers set email = '%s' where tenant_id = '%s'"
                        .formatted(first.email(), second.admin().place().tenantId()));
        String cookie = fixtures.browser(first).cookie();
        assertThat(work(cookie, second)).contains("Tenant " + second.admin().handle());
        assertThat(work(cookie, first)).contains("Tenant " + first.admin().handle());
        assertThat(work(cookie, foreign))
                .contains("Tenant " + first.admin().handle())
                .doesNotContain(foreign.admin().handle());
    }

    private static String work(String cookie, Fixtures.Workspace wanted) {
        return given().accept("text/html")
                .cookie("covibe_session", cookie)
                .cookie("covibe_tenant", wanted.admin().place().tenantId().toString())
                .get("/workstreams")
                .asString();
    }
}
