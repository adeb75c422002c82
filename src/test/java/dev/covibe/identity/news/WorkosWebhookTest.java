package dev.covibe.identity.news;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.covibe.identity.Caller;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WorkosWebhookTest.Signed.class)
class WorkosWebhookTest {

    private static final String SECRET = "whsec_for_tests_only";

    public static class Signed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("workos.webhook-secret", SECRET);
        }
    }

    @Inject
    Fixtures fixtures;

    private Fixtures.Workspace team;
    private Caller kim;
    private String organization;
    private String user;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        kim = fixtures.member(team, "kim");
        organization = "org_" + UUID.randomUUID();
        user = "user_" + UUID.randomUUID();
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.tenants set workos_organization_id = '" + organization + "' where id = '"
                        + team.admin().place().tenantId() + "'; update covibe.developers set workos_user_id = '" + user
                        + "' where id = '" + kim.developerId() + "'");
    }

    private static ValidatableResponse send(String body, String time, String secret) {
        String signature =
                HexFormat.of().formatHex(WebhookSignature.sign(time, body.getBytes(StandardCharsets.UTF_8), secret));
        return given().contentType("application/json")
                .header("WorkOS-Signature", "t=" + time + ", v1=" + signature)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/webhooks/workos")
                .then();
    }

    private static ValidatableResponse send(String body) {
        return send(body, Long.toString(System.currentTimeMillis()), SECRET);
    }

    private static String event(String name, Instant at, String data) {
        return "{\"id\":\"event_" + UUID.randomUUID() + "\",\"event\":\"" + name + "\",\"created_at\":\"" + at
                + "\",\"data\":" + data + "}";
    }

    private String membership(String role, String status) {
        return "{\"id\":\"om_1\",\"user_id\":\"" + user + "\",\"organization_id\":\"" + organization
                + "\",\"role\":{\"slug\":\"" + role + "\"},\"status\":\"" + status + "\"}";
    }

    private String kim(String column) {
        return TestDatabase.text("select " + column + " from covibe.developers where id = '" + kim.developerId() + "'");
    }

    @Test
    void only_what_workos_signed_just_now_is_heard() {
        String body = event("user.updated", Instant.now(), "{\"id\":\"" + user + "\",\"first_name\":\"Mallory\"}");
        long now = System.currentTimeMillis();
        given().contentType("application/json")
                .body(body)
                .post("/api/webhooks/workos")
                .then()
                .statusCode(403);
        send(body, Long.toString(now), "another-secret").statusCode(403).body("code", equalTo("webhook.signature"));
        send(body, Long.toString(now - 181_000), SECRET).statusCode(403);
        send(body, Long.toString(now + 200_000), SECRET).statusCode(403);
        assertThat(kim("name")).isEqualTo("kim");
        // The emulator of WorkOS says seconds.
        send(body, Long.toString(now / 1000), SECRET).statusCode(200);
        assertThat(kim("name")).isEqualTo("Mallory");
    }

    @Test
    void roles_follow_workos_in_whatever_order_they_arrive() {
        Instant now = Instant.now();
        String newer = event("organization_membership.updated", now, membership("admin", "active"));
        send(newer).statusCode(200);
        assertThat(kim("role")).isEqualTo("admin");
        send(event("organization_membership.created", now.minusSeconds(60), membership("member", "active")))
                .statusCode(200);
        assertThat(kim("role")).as("what is older changes nothing").isEqualTo("admin");
        send(newer).statusCode(200);
        assertThat(TestDatabase.text(
                        "select count(*) from covibe.audit_entries where action = 'member.role-changed' and"
                                + " tenant_id = '" + team.admin().place().tenantId() + "'"))
                .as("twice is once")
                .isEqualTo("1");
    }

    @Test
    void whose_membership_ends_at_workos_is_out_here_and_stays_out() {
        String token = fixtures.token(kim);
        Fixtures.Browser browser = fixtures.browser("kim-" + team.email());
        Instant now = Instant.now();
        send(event("organization_membership.deleted", now, membership("member", "inactive")))
                .statusCode(200);
        given().header("Authorization", "Bearer " + token)
                .get("/api/tasks")
                .then()
                .statusCode(401);
        given().cookie("covibe_session", browser.cookie())
                .get("/api/tasks")
                .then()
                .statusCode(401);
        send(event("organization_membership.created", now.minusSeconds(5), membership("admin", "active")))
                .statusCode(200);
        assertThat(kim("removed_at is not null")).isEqualTo("t");
    }

    /** Kim is an admin, was invited, and has never come: they could not undo what happens here. */
    private void inviteAnotherAdmin() {
        TestDatabase.execute(
                TestDatabase.superuser(), """
                update covibe.developers set role = 'admin' where tenant_id = '%1$s' and handle = 'kim';
                insert into covibe.invitations (id, tenant_id, developer_id)
                select gen_random_uuid(), tenant_id, id from covibe.developers where tenant_id = '%1$s' and handle = 'kim'
                on conflict (developer_id) do update set accepted_at = null, ended_at = null;
                """.formatted(team.admin().place().tenantId()));
    }

    @Test
    void a_company_is_renamed_and_its_last_admin_stays() {
        inviteAnotherAdmin();
        send(event("organization.updated", Instant.now(), "{\"id\":\"" + organization + "\",\"name\":\"Acme Air\"}"))
                .statusCode(200);
        given().header("Authorization", team.bearer()).get("/api/tenant").then().body("name", equalTo("Acme Air"));
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.developers set workos_user_id = '" + user + "x' where id = '"
                        + team.admin().developerId() + "'");
        send(event(
                        "organization_membership.updated",
                        Instant.now(),
                        membership("member", "active").replace(user, user + "x")))
                .statusCode(200);
        assertThat(TestDatabase.text("select role from covibe.developers where id = '"
                        + team.admin().developerId() + "'"))
                .isEqualTo("admin");
    }

    @Test
    void when_the_organization_is_gone_nobody_gets_in_nothing_is_deleted_and_the_owner_opens_it_again() {
        Fixtures.Browser browser = fixtures.browser(team);
        String closing = "{\"id\":\"" + organization + "\",\"name\":\"Acme\"}";
        String tenant = team.admin().place().tenantId().toString();
        Instant now = Instant.now();
        String deleted = event("organization.deleted", now, closing);
        send(deleted).statusCode(200);
        send(deleted).statusCode(200);
        send(event("organization.updated", now.minusSeconds(9), closing)).statusCode(200);

        assertThat(read(team.bearer())).isEqualTo(401);
        given().cookie("covibe_session", browser.cookie())
                .get("/api/tasks")
                .then()
                .statusCode(401);
        assertThat(TestDatabase.text("select count(*) from covibe.memberships_of('" + team.email() + "')"))
                .isEqualTo("0");
        assertThat(TestDatabase.text("select string_agg(action, ',') from covibe.audit_entries where tenant_id = '"
                        + tenant + "' and action like 'tenant.%' and action <> 'tenant.opened'"))
                .isEqualTo("tenant.closed");
        assertThat(TestDatabase.text("select count(*) from covibe.projects p join covibe.workspaces w on w.id ="
                        + " p.workspace_id where w.tenant_id = '" + tenant + "'"))
                .isEqualTo("1");
        String name = TestDatabase.text("select name from covibe.tenants where id = '" + tenant + "'");
        assertThat(TestDatabase.text("select count(*) from covibe.closed_tenants() where tenant_name = '" + name + "'"))
                .isEqualTo("1");

        TestDatabase.execute(
                TestDatabase.superuser(),
                "set role covibe_owner; select covibe.reopen_tenant('" + name + "', 'org_new_" + organization + "')");
        assertThat(read(team.bearer())).isEqualTo(200);
        assertThat(TestDatabase.text("select count(*) from covibe.closed_tenants() where tenant_name = '" + name + "'"))
                .isEqualTo("0");
    }

    private static int read(String bearer) {
        return given().header("Authorization", bearer).get("/api/tasks").statusCode();
    }

    @Test
    void what_is_not_known_is_taken_and_passed_over() {
        send(event("directory.something_new", Instant.now(), "{}")).statusCode(200);
        send(event("user.updated", Instant.now(), "{\"id\":\"user_of_nobody\",\"first_name\":\"X\"}"))
                .statusCode(200);
        send("{}").statusCode(200);
        send("not json").statusCode(400);
    }
}
