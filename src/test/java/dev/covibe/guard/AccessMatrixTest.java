package dev.covibe.guard;

import static dev.covibe.guard.AccessCoverageTest.EXPECTED;
import static dev.covibe.guard.AccessCoverageTest.MARKER;
import static dev.covibe.guard.AccessCoverageTest.STREAM;
import static dev.covibe.guard.AccessCoverageTest.items;
import static dev.covibe.guard.AccessCoverageTest.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.guard.AccessCoverageTest.Access;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.identity.Tokens;
import dev.covibe.platform.sql.Ids;
import dev.covibe.tenancy.Place;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Every operation and every tool, as everybody who is not meant by it and everybody who is (QLT-9). Beside {@link
 * AccessCoverageTest}, which has nobody and other companies: dead credentials, a colleague from another workspace of the
 * same company, a member, an admin. Every item that is asked for exists, and its own admin is seen to find it: so a 404 is
 * hidden and not absent.
 */
@QuarkusTest
class AccessMatrixTest {

    /** What a member is told that only an admin may. Whatever else refuses a member so is a mistake, and so is the reverse. */
    private static final Set<String> ADMIN_ONLY = Set.of(
            "GET /api/audit",
            "GET /api/audit/export",
            "PUT /api/companion/rule",
            "POST /api/prices",
            "PUT /api/prices/{id}/end",
            "PUT /api/retention");

    /** What exists for its owner and for admins; to other members it does not. */
    private static final Set<String> OWN =
            Set.of("DELETE /api/companion/machines/{id}", "POST /settings/tokens/{id}/revoke");

    /** An argument of each kind that names something of another workspace; the tools' other arguments are harmless. */
    private static final Map<String, Object> HARMLESS = Map.ofEntries(
            Map.entry("view", "all"),
            Map.entry("title", "Hangar of a zeppelin"),
            Map.entry("text", "Mine now"),
            Map.entry("summary", "Mine now"),
            Map.entry("reason", "Mine now"),
            Map.entry("kind", "note"),
            Map.entry("period", "week"),
            Map.entry("outcome", "done"),
            Map.entry("repository", "github.com/acme/zeppelin"),
            Map.entry("paths", List.of("hangar/gate")),
            Map.entry("to", List.of("workspace")),
            Map.entry("model", "m"),
            Map.entry("input_tokens", 1));

    @Inject
    Fixtures fixtures;

    @Inject
    Tokens tokens;

    @TestHTTPResource("/api/mcp")
    URI mcp;

    /** A workspace with one of everything in it. */
    private record Ground(Fixtures.Workspace admin, String task, Map<String, String> items) {

        String item(String operation, boolean own) {
            // The others' own project is called WEB too, so that they are asked about one that only this place could
            // have.
            return own && operation.contains("/projects/") ? "WEB" : AccessCoverageTest.item(operation, task, items);
        }
    }

    private Ground ground() {
        Fixtures.Workspace first = fixtures.workspace();
        post(first, "/api/tasks", "{\"title\":\"" + MARKER + "\"}");
        post(first, "/api/workstreams", "{\"name\":\"" + MARKER + "\",\"confirm\":[],\"goal\":\"Hangar\"}");
        String task = given().header("Authorization", first.bearer())
                .get("/api/tasks/WEB-1")
                .path("id");
        String token = tokens.list(first.admin()).getFirst().id().toString();
        return new Ground(first, task, items(first, token));
    }

    private static void post(Fixtures.Workspace by, String path, String body) {
        given().header("Authorization", by.bearer())
                .contentType("application/json")
                .body(body)
                .post(path);
    }

    @Test
    void dead_tokens_and_cookies_open_nothing() {
        Fixtures.Workspace revoked = fixtures.workspace();
        Fixtures.Workspace expired = fixtures.workspace();
        Fixtures.Workspace gone = fixtures.workspace();
        Fixtures.Browser closed = fixtures.browser(gone);
        change("update covibe.mcp_tokens set revoked_at = now() where developer_id = '%s'", revoked);
        change(
                "update covibe.mcp_tokens set expires_at = now() - interval '1 second' where developer_id = '%s'",
                expired);
        change("update covibe.developers set removed_at = now() where id = '%s'", gone);
        List<String> open = new ArrayList<>();
        EXPECTED.forEach((operation, access) -> {
            if (access instanceof Access.Everybody) {
                return;
            }
            for (Fixtures.Workspace dead : List.of(revoked, expired, gone)) {
                Response answer = send(
                        given().header("Authorization", dead.bearer()),
                        operation,
                        access,
                        UUID.randomUUID().toString());
                if (answer.statusCode() != 401) {
                    open.add(operation + " " + answer.statusCode());
                }
            }
            RequestSpecification browser =
                    given().cookie("covibe_session", closed.cookie()).header("X-CSRF-Token", closed.csrf());
            int status = send(browser, operation, access, UUID.randomUUID().toString())
                    .statusCode();
            // Who left may still sign in and found a company of their own, and is led there.
            if (status < 300 && !operation.endsWith(" /onboarding")) {
                open.add("cookie: " + operation + " " + status);
            }
        });
        assertThat(open).isEmpty();
    }

    private static void change(String sql, Fixtures.Workspace whose) {
        TestDatabase.execute(
                TestDatabase.superuser(), sql.formatted(whose.admin().developerId()));
    }

    @Test
    void a_colleague_from_another_workspace_finds_nothing() {
        Ground ground = ground();
        Fixtures.Workspace colleague = colleague(ground.admin(), Role.ADMIN);
        List<String> seen = new ArrayList<>();
        inOrder().forEach(operation -> {
            Access access = EXPECTED.get(operation);
            Response answer = send(as(colleague, operation), operation, access, ground.item(operation, false));
            boolean hidden = !(access instanceof Access.ItsWorkspace) || answer.statusCode() == 404;
            if (!hidden || answer.statusCode() >= 500 || answer.asString().contains(MARKER)) {
                // Tokens and machines are administered for the whole company, by its admins.
                if (!OWN.contains(operation)) {
                    seen.add(operation + " " + answer.statusCode());
                }
            }
        });
        assertThat(seen).isEmpty();
        untouched(ground);
    }

    private static void untouched(Ground ground) {
        String found = given().header("Authorization", ground.admin().bearer())
                .get("/api/tasks/" + ground.task())
                .asString();
        assertThat(found).contains(MARKER).contains("\"status\":\"planned\"");
    }

    /** Somebody of the same company, in a workspace of their own. */
    private Fixtures.Workspace colleague(Fixtures.Workspace first, Role role) {
        Place place = new Place(first.admin().place().tenantId(), Ids.next());
        UUID id = Ids.next();
        TestDatabase.execute(TestDatabase.superuser(), """
                insert into covibe.workspaces (id, tenant_id, name, slug) values ('%1$s', '%2$s', 'Other', 'other');
                insert into covibe.developers (id, tenant_id, email, name, handle, role)
                values ('%3$s', '%2$s', 'other-%4$s', 'Other', 'other', '%5$s');
                insert into covibe.workspace_members (tenant_id, workspace_id, developer_id)
                values ('%2$s', '%1$s', '%3$s');
                """.formatted(
                        place.workspaceId(),
                        place.tenantId(),
                        id,
                        first.email(),
                        role.name().toLowerCase()));
        Caller caller = new Caller(place, id, "other", role, Optional.empty(), Optional.empty());
        return new Fixtures.Workspace(caller, "other-" + first.email(), fixtures.token(caller));
    }

    @Test
    void a_member_may_everything_but_what_is_for_admins_and_for_owners() {
        Ground ground = ground();
        Caller caller = fixtures.member(ground.admin(), "mo");
        Fixtures.Workspace member =
                new Fixtures.Workspace(caller, "mo-" + ground.admin().email(), fixtures.token(caller));
        Set<String> forbidden = new TreeSet<>();
        Map<String, Integer> wrong = new HashMap<>();
        everything(ground, member, (operation, answer) -> {
            if (answer.statusCode() == 403) {
                forbidden.add(operation);
            } else if (answer.statusCode() == 401
                    || answer.statusCode() >= 500
                    || answer.statusCode() == 404 != OWN.contains(operation)) {
                wrong.put(operation, answer.statusCode());
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(forbidden).containsExactlyInAnyOrderElementsOf(new TreeSet<>(ADMIN_ONLY));
    }

    @Test
    void an_admin_finds_everything() {
        Ground ground = ground();
        Map<String, Integer> wrong = new HashMap<>();
        everything(ground, ground.admin(), (operation, answer) -> {
            if (Set.of(401, 403, 404).contains(answer.statusCode()) || answer.statusCode() >= 500) {
                wrong.put(operation, answer.statusCode());
            }
        });
        assertThat(wrong).isEmpty();
    }

    private interface Seeing {
        void saw(String operation, Response answer);
    }

    private void everything(Ground ground, Fixtures.Workspace who, Seeing seeing) {
        for (String operation : inOrder()) {
            Access access = EXPECTED.get(operation);
            if (!(access instanceof Access.Everybody)) {
                seeing.saw(operation, send(as(who, operation), operation, access, ground.item(operation, true)));
            }
        }
    }

    /** What only looks comes first and what deletes last, so that there is something to find for all of them. */
    private static List<String> inOrder() {
        return EXPECTED.keySet().stream()
                .filter(operation -> !operation.equals(STREAM))
                .sorted(Comparator.comparing((String operation) -> operation.startsWith("GET ")
                                ? 0
                                : operation.startsWith("DELETE ") || operation.contains("revoke") ? 2 : 1)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private RequestSpecification as(Fixtures.Workspace who, String operation) {
        if (operation.contains(" /api/")) {
            return given().header("Authorization", who.bearer());
        }
        Fixtures.Browser browser = fixtures.browser(who);
        return given().cookie("covibe_session", browser.cookie())
                .header("X-CSRF-Token", browser.csrf())
                .header("Accept", "text/html");
    }

    @Test
    void no_tool_reaches_into_another_workspace() {
        Ground ground = ground();
        for (Fixtures.Workspace stranger : List.of(fixtures.workspace(), colleague(ground.admin(), Role.ADMIN))) {
            McpClient agent = McpClient.at(mcp.toString(), stranger.token());
            List<String> called = new ArrayList<>();
            agent.request("tools/list", Map.of()).path("result").path("tools").forEach(tool -> {
                Map<String, Object> arguments = new HashMap<>();
                tool.path("inputSchema").path("properties").fieldNames().forEachRemaining(name -> foreign(ground, name)
                        .ifPresent(value -> arguments.put(name, value)));
                McpClient.Result result = agent.call(tool.path("name").asText(), arguments);
                called.add(tool.path("name").asText());
                assertThat(result.text() + result.structured())
                        .as(tool.path("name").asText() + " with " + arguments)
                        .doesNotContain(MARKER)
                        .doesNotContain("server.unexpected");
            });
            assertThat(called).hasSizeGreaterThan(10);
        }
        untouched(ground);
        McpClient owner = McpClient.at(mcp.toString(), ground.admin().token());
        assertThat(owner.done("find_work", Map.of("view", "all")).toString()).contains(MARKER);
    }

    /** A value for a tool's argument that leads into the other workspace, wherever an argument can. */
    private static Optional<Object> foreign(Ground ground, String argument) {
        return switch (argument) {
            case "task", "parent", "work" -> Optional.of(ground.task());
            case "tasks", "depends_on", "confirm" -> Optional.of(List.of(ground.task()));
            case "workstream" -> Optional.of("WS-1");
            case "session", "parent_session" -> Optional.of(ground.items().get("/sessions/"));
            case "claim", "claims" -> Optional.of(ground.items().get("/claims/"));
            case "reply_to", "thread", "message" -> Optional.of(ground.items().get("/messages/"));
            case "acknowledge" -> Optional.of(List.of(ground.items().get("/messages/")));
            case "id" -> Optional.of(ground.items().get("/blockers/"));
            default -> Optional.ofNullable(HARMLESS.get(argument));
        };
    }

    @Test
    void no_tool_answers_to_nobody_or_to_a_dead_token() {
        Fixtures.Workspace revoked = fixtures.workspace();
        change("update covibe.mcp_tokens set revoked_at = now() where developer_id = '%s'", revoked);
        McpClient owner = McpClient.at(mcp.toString(), fixtures.workspace().token());
        owner.request("tools/list", Map.of()).path("result").path("tools").forEach(tool -> {
            String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                    + tool.path("name").asText() + "\",\"arguments\":{}}}";
            assertThat(owner.with("Authorization", "").post(call).statusCode()).isEqualTo(401);
            assertThat(owner.with("Authorization", revoked.bearer()).post(call).statusCode())
                    .isEqualTo(401);
        });
    }
}
