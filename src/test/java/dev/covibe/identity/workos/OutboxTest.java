package dev.covibe.identity.workos;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OutboxTest.Workos.class)
@WithTestResource(FakeWorkos.class)
class OutboxTest {

    public static class Workos implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("covibe.auth", "workos");
        }
    }

    @Inject
    Fixtures fixtures;

    @ConfigProperty(name = "workos.api-url")
    String workos;

    private Fixtures.Workspace team;
    private Fixtures.Browser admin;
    private String organization;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        organization = "org_" + UUID.randomUUID();
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.tenants set workos_organization_id = '" + organization + "' where id = '"
                        + team.admin().place().tenantId() + "'");
        admin = fixtures.browser(team, organization);
    }

    @AfterEach
    void back() {
        given().baseUri(workos).post("/_back");
    }

    private RequestSpecification here() {
        return given().cookie("covibe_session", admin.cookie())
                .header("X-CSRF-Token", admin.csrf())
                .contentType("application/json");
    }

    private List<String> calls(String containing) {
        return given().baseUri(workos)
                .get("/_calls")
                .asString()
                .lines()
                .filter(call -> call.contains(containing))
                .toList();
    }

    private static void await(BooleanSupplier truth) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!truth.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    @Test
    void an_invitation_survives_that_workos_is_away_and_is_sent_once_when_it_is_back() {
        given().baseUri(workos).post("/_away");
        String email = "noa." + team.email();
        String id = here().body(Map.of("email", email))
                .post("/api/members")
                .then()
                .statusCode(201)
                .body("invitation.state", equalTo("waiting"))
                .extract()
                .path("id");
        await(() -> "failing".equals(here().get("/api/members/" + id).path("invitation.state")));
        here().get("/api/members/" + id)
                .then()
                .body("invitation.error", containsString("503"))
                .body("invitation.next_try_at", not(nullValue()));
        given().cookie("covibe_session", admin.cookie())
                .accept("text/html")
                .get("/settings/people")
                .then()
                .statusCode(200)
                .body(containsString("Invitation not sent, next try in"))
                .body(containsString("Try again"));
        given().baseUri(workos).post("/_back");
        String waiting = here().get("/api/outbox").path("[0].id");
        here().put("/api/outbox/" + waiting + "/attempt").then().statusCode(204);
        await(() -> "sent".equals(here().get("/api/members/" + id).path("invitation.state")));
        assertThat(calls(email).stream().filter(call -> call.startsWith("POST /user_management/invitations")))
                .hasSize(1);
        assertThat(calls(email).getLast()).contains(organization);
        here().get("/api/outbox").then().body("size()", equalTo(0));
    }

    @Test
    void a_removal_that_was_cut_off_is_told_again_to_the_end() {
        String email = "ida." + team.email();
        String id = here().body(Map.of("email", email)).post("/api/members").path("id");
        await(() -> "sent".equals(here().get("/api/members/" + id).path("invitation.state")));
        String invitation = TestDatabase.text(
                "select workos_invitation_id from covibe.invitations where developer_id = '" + id + "'");
        // An earlier try got as far as this.
        given().baseUri(workos)
                .post("/user_management/invitations/" + invitation + "/revoke")
                .then()
                .statusCode(200);
        here().delete("/api/members/" + id).then().statusCode(204);
        await(() -> calls(invitation + "/revoke").size() == 2);
        await(() -> here().get("/api/outbox").path("size()").equals(0));
    }

    @Test
    void a_first_password_goes_to_workos_alone_and_nothing_is_kept_when_it_is_away() {
        String email = "kim." + team.email();
        String password = "correct horse " + UUID.randomUUID();
        given().baseUri(workos).post("/_away");
        here().body(Map.of("email", email, "initial_password", password))
                .post("/api/members")
                .then()
                .statusCode(409)
                .body("code", equalTo("workos.away"));
        here().get("/api/members").then().body("items.email", contains(team.email()));
        given().baseUri(workos).post("/_back");
        here().body(Map.of("email", email, "initial_password", "password1234"))
                .post("/api/members")
                .then()
                .statusCode(409)
                .body("code", equalTo("workos.refused"))
                .body("detail", not(containsString("password1234")));
        here().body(Map.of("email", email, "initial_password", password, "name", "Kim"))
                .post("/api/members")
                .then()
                .statusCode(201)
                .body("invitation", nullValue());
        assertThat(calls(password)).hasSize(1).allMatch(call -> call.startsWith("POST /user_management/users "));
        await(() -> !calls("POST /user_management/organization_memberships").isEmpty());
        // Nowhere in the database, whatever the column.
        String found = TestDatabase.text("""
                select string_agg(x, '') from (
                    select o::text as x from covibe.outbox o union all select a::text from covibe.audit_entries a
                    union all select d::text from covibe.developers d union all select k::text from covibe.idempotency_keys k) as everything
                """);
        assertThat(found).contains(email).doesNotContain(password);
    }

    @Test
    void what_nobody_wants_any_more_is_given_up() {
        given().baseUri(workos).post("/_away");
        here().body(Map.of("name", "Acme Air")).patch("/api/tenant").then().statusCode(200);
        String waiting = here().get("/api/outbox")
                .then()
                .body("kind", contains("organization-name"))
                .body("subject", contains("Acme Air"))
                .extract()
                .path("[0].id");
        here().delete("/api/outbox/" + waiting).then().statusCode(204);
        here().get("/api/outbox").then().body("size()", equalTo(0));
        here().delete("/api/outbox/" + waiting).then().statusCode(404).body("code", equalTo("outbox.unknown"));
        given().baseUri(workos).post("/_back");
        assertThat(calls("Acme Air")).isEmpty();
        here().get("/api/audit?action=outbox").then().body("items.action", contains("outbox.given-up"));
    }

    @Test
    void pauses_grow_to_an_hour_and_no_further() {
        assertThat(OutboxWorker.pause(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(OutboxWorker.pause(4)).isEqualTo(Duration.ofSeconds(80));
        assertThat(OutboxWorker.pause(500)).isEqualTo(Duration.ofHours(1));
    }
}
