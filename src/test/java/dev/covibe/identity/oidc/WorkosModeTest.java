package dev.covibe.identity.oidc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.covibe.identity.PersonSessions;
import dev.covibe.identity.PersonSessions.Opened;
import dev.covibe.identity.PersonSessions.Vouched;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WorkosMode.class)
class WorkosModeTest {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    @Inject
    Fixtures fixtures;

    @Inject
    PersonSessions sessions;

    private Fixtures.Workspace team;
    private String organization;
    private String person;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        organization = belongsTo(team, "org_" + UUID.randomUUID());
        person = "user_" + UUID.randomUUID();
    }

    private static String belongsTo(Fixtures.Workspace team, String organization) {
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.tenants set workos_organization_id = '%s' where id = '%s'"
                        .formatted(organization, team.admin().place().tenantId()));
        return organization;
    }

    private Vouched lin(String organization) {
        return new Vouched(person, team.email(), Optional.ofNullable(organization), Optional.empty());
    }

    private Opened signIn(Vouched who) {
        return sessions.open(who, Optional.empty());
    }

    private static Response workstreams(String cookie) {
        return given().redirects()
                .follow(false)
                .accept("text/html")
                .cookie("covibe_session", cookie)
                .get("/workstreams");
    }

    // Signing in

    @Test
    void who_was_invited_by_email_is_let_in_and_known_by_the_providers_id_from_then_on() {
        Opened opened = signIn(lin(organization));
        assertThat(opened.member()).isTrue();
        assertThat(workstreams(opened.secret()).statusCode()).isEqualTo(200);

        Vouched renamed = new Vouched(person, "lin.new@example.com", Optional.of(organization), Optional.empty());
        assertThat(signIn(renamed).member())
                .as("the same person, another email")
                .isTrue();
        Vouched other = new Vouched("user_other", team.email(), Optional.of(organization), Optional.empty());
        assertThat(signIn(other).member()).as("the same email, another person").isFalse();
    }

    @Test
    void a_session_opens_only_the_company_that_was_signed_in_to() {
        Fixtures.Workspace second = fixtures.workspace();
        belongsTo(second, "org_" + UUID.randomUUID());
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.developers set email = '%s' where tenant_id = '%s'"
                        .formatted(team.email(), second.admin().place().tenantId()));
        String secret = signIn(lin(organization)).secret();
        assertThat(sessions.enter(secret, second.admin().workspaceId())).isFalse();
        assertThat(sessions.enter(secret, team.admin().workspaceId())).isTrue();
        assertThat(sessions.organizationOf(secret, second.admin().workspaceId()))
                .as("but the way there is known")
                .isPresent();
        assertThat(signIn(lin(null)).member()).as("without an organization").isFalse();
        assertThat(signIn(lin("org_unknown")).member())
                .as("in another organization")
                .isFalse();
    }

    @Test
    void the_cookie_that_selects_a_tenant_in_local_mode_is_ignored() {
        Fixtures.Workspace second = fixtures.workspace();
        String secret = signIn(lin(organization)).secret();
        String page = given().accept("text/html")
                .cookie("covibe_session", secret)
                .cookie("covibe_tenant", second.admin().place().tenantId().toString())
                .get("/workstreams")
                .asString();
        assertThat(page).contains("Tenant " + team.admin().handle());
    }

    @Test
    void a_session_of_local_mode_is_nobodys() {
        String local = sessions.open(team.email());
        assertThat(workstreams(local).statusCode()).isEqualTo(303);
        assertThat(workstreams(local).header("Location")).contains("/auth/sign-in");
    }

    @Test
    void what_is_for_local_servers_is_not_there() {
        given().formParam("email", team.email()).post("/auth/sign-in").then().statusCode(404);
        given().get("/q/swagger-ui/").then().statusCode(404);
        given().accept("text/html").get("/callback").then().statusCode(400);
    }

    // Access tokens of AuthKit at the MCP endpoint (IDN-9)

    private String token() {
        return token(WorkosMode.authkit(), WorkosMode.RESOURCE, Instant.now().plusSeconds(200), WorkosMode.key());
    }

    private String token(String issuer, String audience, Instant until, PrivateKey key) {
        return WorkosMode.token(issuer, audience, person, organization, until, key);
    }

    private static Response mcp(String token) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .accept("application/json, text/event-stream")
                .body(LIST)
                .post("/api/mcp");
    }

    @Test
    void a_client_without_a_token_learns_who_gives_one() {
        String metadata = WorkosMode.ORIGIN + "/.well-known/oauth-protected-resource/api/mcp";
        given().contentType("application/json")
                .body(LIST)
                .post("/api/mcp")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer resource_metadata=\"" + metadata + "\"");
        for (String path : new String[] {"", "/api/mcp"}) {
            given().get("/.well-known/oauth-protected-resource" + path)
                    .then()
                    .statusCode(200)
                    .body("resource", equalTo(WorkosMode.RESOURCE))
                    .body("authorization_servers", contains(WorkosMode.authkit()))
                    .body("bearer_methods_supported", contains("header"));
        }
    }

    @Test
    void an_access_token_opens_the_mcp_endpoint_and_nothing_else() {
        signIn(lin(organization));
        mcp(token()).then().statusCode(200).body("result.tools.size()", equalTo(14));
        given().header("Authorization", "Bearer " + token())
                .get("/api/tasks")
                .then()
                .statusCode(401);
    }

    @Test
    void every_bad_token_is_refused_alike() {
        signIn(lin(organization));
        Instant soon = Instant.now().plusSeconds(200);
        String authkit = WorkosMode.authkit();
        refused("another audience", token(authkit, WorkosMode.ORIGIN, soon, WorkosMode.key()));
        refused("another issuer", token("https://evil.example", WorkosMode.RESOURCE, soon, WorkosMode.key()));
        refused("expired", token(authkit, WorkosMode.RESOURCE, Instant.now().minusSeconds(60), WorkosMode.key()));
        refused(
                "another key",
                token(authkit, WorkosMode.RESOURCE, soon, WorkosMode.generate().getPrivate()));
        refused(
                "nobody here",
                WorkosMode.token(authkit, WorkosMode.RESOURCE, "user_x", organization, soon, WorkosMode.key()));
        refused(
                "another organization",
                WorkosMode.token(authkit, WorkosMode.RESOURCE, person, "org_x", soon, WorkosMode.key()));
        refused("no token at all", "nonsense");
    }

    private static void refused(String what, String token) {
        Response answer = mcp(token);
        assertThat(answer.statusCode()).as(what).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).as(what).startsWith("Bearer resource_metadata=");
        assertThat(answer.<String>path("code")).as(what).isEqualTo("identity.unauthenticated");
    }

    @Test
    void who_was_removed_is_shut_out_at_once() {
        signIn(lin(organization));
        mcp(token()).then().statusCode(200);
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.developers set removed_at = now() where id = '%s'"
                        .formatted(team.admin().developerId()));
        refused("removed", token());
    }

    @Test
    void the_named_workspace_is_entered_and_an_unknown_one_refused() {
        signIn(lin(organization));
        for (String named : new String[] {"core", team.admin().workspaceId().toString()}) {
            given().header("Authorization", "Bearer " + token())
                    .header("Covibe-Workspace", named)
                    .contentType("application/json")
                    .body(LIST)
                    .post("/api/mcp")
                    .then()
                    .statusCode(200);
        }
        given().header("Authorization", "Bearer " + token())
                .header("Covibe-Workspace", "elsewhere")
                .contentType("application/json")
                .body(LIST)
                .post("/api/mcp")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"));
    }
}
