package dev.covibe.reset;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;

import dev.covibe.tenancy.Erasable;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.arc.All;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ResetTest {

    /** Belongs to a workspace and outlives a reset: who is in, what is set, and the numbers that old keys were made of. */
    private static final Set<String> KEPT = Set.of(
            "workspace_members",
            "mcp_tokens",
            "person_sessions",
            "device_grants",
            "projects",
            "workstream_numbers",
            "managed_agents",
            "performance_targets",
            "analytics_views",
            "companion_machines",
            "companion_repositories",
            "companion_rules",
            "graph_private_repositories");

    @Inject
    Fixtures fixtures;

    @Inject
    @All
    List<Erasable> erasables;

    @TestHTTPResource("/api/mcp")
    String mcp;

    private Fixtures.Workspace team;
    private Fixtures.Browser admin;
    private String tenant;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        admin = fixtures.browser(team);
        tenant = "Tenant " + team.admin().handle();
    }

    private RequestSpecification here() {
        return given().cookie("covibe_session", admin.cookie())
                .header("X-CSRF-Token", admin.csrf())
                .contentType("application/json");
    }

    private void work(String bearer) {
        String[][] calls = {
            {"/api/tasks", "{\"title\":\"Paint the hangar\"}"},
            {"/api/workstreams", "{\"name\":\"Airships\"}"},
            {"/api/messages", "{\"to\":[\"workspace\"],\"text\":\"Hello\"}"},
            {"/api/claims", "{\"repository\":\"github.com/acme/web\",\"paths\":[\"hangar/**\"]}"},
            {"/api/blockers", "{\"task\":\"WEB-1\",\"text\":\"No paint\"}"},
            {"/api/decisions", "{\"question\":\"Red or blue?\"}"},
            {
                "/api/ingest",
                "{\"items\":[{\"kind\":\"usage\",\"id\":\"1\",\"at\":\"" + Instant.now()
                        + "\",\"model\":\"m\",\"input_tokens\":5}]}"
            },
            {"/api/audits", ""}
        };
        for (String[] call : calls) {
            RequestSpecification request = given().header("Authorization", bearer);
            if (!call[1].isEmpty()) {
                request.contentType("application/json").body(call[1]);
            }
            assertThat(request.post(call[0]).statusCode()).as(call[0]).isIn(200, 201);
        }
    }

    private static long rows(UUID workspace, String table) {
        return Long.parseLong(TestDatabase.text(
                "select count(*) from covibe." + table + " where workspace_id = '" + workspace + "'"));
    }

    @Test
    void every_table_of_a_workspace_is_deleted_or_known_to_be_kept() {
        Set<String> erased = new TreeSet<>();
        erasables.forEach(erasable -> erased.addAll(erasable.tables()));
        String[] tables = TestDatabase.text("""
                        select string_agg(c.relname, ',')
                          from pg_class c
                          join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'covibe'
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
                         where c.relkind in ('r', 'p') and not c.relispartition
                        """).split(",");
        Set<String> known = new TreeSet<>(erased);
        known.addAll(KEPT);
        assertThat(new TreeSet<>(Set.of(tables)))
                .as("list a new table in an Erasable of its feature, or here with a reason to keep it")
                .isEqualTo(known);
        assertThat(erased).doesNotContainAnyElementsOf(KEPT);
    }

    @Test
    void all_work_goes_and_people_tokens_and_settings_stay() {
        McpClient.at(mcp, team.token())
                .done("start_session", Map.of("repository", "github.com/acme/web", "branch", "main"));
        work(team.bearer());
        given().header("Authorization", team.bearer())
                .contentType("application/json")
                .body("{\"model\":\"balloon-1\",\"input\":1,\"output\":2}")
                .post("/api/prices");
        UUID workspace = team.admin().workspaceId();
        long events = rows(workspace, "work_events");
        here().body(Map.of("tenant", tenant))
                .post("/api/workspace/reset")
                .then()
                .statusCode(200)
                .body("workspaces.name", contains("Core"))
                .body("workspaces[0].deleted.tasks", equalTo(1))
                .body("workspaces[0].deleted.workstreams", equalTo(1))
                .body("workspaces[0].deleted.agent_sessions", equalTo(1))
                .body("workspaces[0].deleted.usage_events", equalTo(1))
                .body("workspaces[0].deleted.work_events", equalTo((int) events))
                .body("workspaces[0].deleted", hasKey("overlap_footprints"));
        for (Erasable erasable : erasables) {
            for (String table : erasable.tables()) {
                assertThat(rows(workspace, table)).as(table).isEqualTo(table.equals("work_events") ? 1 : 0);
            }
        }
        assertThat(TestDatabase.text("select kind || ' ' || (payload -> 'deleted' ->> 'tasks') from covibe.work_events"
                        + " where workspace_id = '" + workspace + "'"))
                .isEqualTo("workspace.data_reset 1");
        given().header("Authorization", team.bearer()).get("/api/tasks").then().statusCode(200);
        given().header("Authorization", team.bearer())
                .get("/api/projects")
                .then()
                .body("key", hasItem("WEB"));
        given().header("Authorization", team.bearer()).get("/api/prices").then().body(containsString("balloon-1"));
        here().get("/api/audit?action=workspace.reset").then().body("items.subject", contains(tenant));
        // An old key never means new work.
        given().header("Authorization", team.bearer())
                .contentType("application/json")
                .body("{\"title\":\"Paint it again\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .body("key", equalTo("WEB-2"));
    }

    @Test
    void one_that_was_interrupted_finishes_when_it_is_run_again_with_the_right_counts() {
        String second =
                here().body(Map.of("name", "Zeppelins")).post("/api/workspaces").path("id");
        UUID first = team.admin().workspaceId();
        work(team.bearer());
        here().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .formParam("workspace", second)
                .formParam("csrf", admin.csrf())
                .post("/workspace");
        here().body(Map.of("title", "Lift the gondola"))
                .post("/api/tasks")
                .then()
                .statusCode(201);
        // The second workspace in the order of the alphabet fails.
        TestDatabase.execute(TestDatabase.superuser(), """
                create function covibe.break_reset() returns trigger language plpgsql as 'begin raise exception ''broken''; end';
                create trigger break_reset before delete on covibe.tasks for each row
                    when (old.workspace_id = '%s') execute function covibe.break_reset();
                """.formatted(second));
        try {
            here().body(Map.of("tenant", tenant))
                    .post("/api/workspace/reset")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("workspace.reset-interrupted"))
                    .body("details.failed", contains("Zeppelins"))
                    .body("details.done[0].deleted.tasks", equalTo(1));
        } finally {
            TestDatabase.execute(
                    TestDatabase.superuser(),
                    "drop trigger break_reset on covibe.tasks; drop function covibe.break_reset()");
        }
        assertThat(rows(first, "tasks")).isZero();
        assertThat(rows(UUID.fromString(second), "tasks")).isEqualTo(1);
        here().body(Map.of("tenant", tenant))
                .post("/api/workspace/reset")
                .then()
                .statusCode(200)
                .body("workspaces.name", contains("Zeppelins"));
        for (String workspace : List.of(first.toString(), second)) {
            assertThat(TestDatabase.text(
                            "select string_agg(payload -> 'deleted' ->> 'tasks', ',') from covibe.work_events"
                                    + " where workspace_id = '" + workspace + "'"))
                    .as("one event with the count of its own run")
                    .isEqualTo("1");
        }
    }

    @Test
    void it_wants_an_admin_in_person_who_types_the_name() {
        here().body(Map.of("tenant", "Some other company"))
                .post("/api/workspace/reset")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/tenant"));
        given().header("Authorization", team.bearer())
                .contentType("application/json")
                .body(Map.of("tenant", tenant))
                .post("/api/workspace/reset")
                .then()
                .statusCode(403)
                .body("code", equalTo("identity.people-only"));
        fixtures.member(team, "kim");
        Fixtures.Browser kim = fixtures.browser("kim-" + team.email());
        given().cookie("covibe_session", kim.cookie())
                .header("X-CSRF-Token", kim.csrf())
                .contentType("application/json")
                .body(Map.of("tenant", tenant))
                .post("/api/workspace/reset")
                .then()
                .statusCode(403)
                .body("code", equalTo("identity.admin-only"));
    }

    @Test
    void other_companies_keep_everything() {
        Fixtures.Workspace other = fixtures.workspace();
        work(other.bearer());
        work(team.bearer());
        here().body(Map.of("tenant", tenant))
                .post("/api/workspace/reset")
                .then()
                .statusCode(200);
        assertThat(rows(other.admin().workspaceId(), "tasks")).isEqualTo(1);
        assertThat(rows(other.admin().workspaceId(), "usage_events")).isEqualTo(1);
    }
}
