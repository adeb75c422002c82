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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every operation and every tool, as everybody who is not meant by it and everybody who is (QLT-9). Beside {@link
 * AccessCoverageTest}, which has nobody and other companies: dead credentials, a colleague from another workspace of the
 * same company, a member, an admin. Every item that is asked for exists, and its own admin is seen to find it: so a 404 is
 * hidden and not absent.
 */
@QuarkusTest
class AccessMatrixTest {

    /** What only admins may, also by a token of theirs. Whatever else refuses a member is a mistake, and so is the reverse. */
    private static final Set<String> ADMINS = Set.of(
            "GET /api/audit",
            "GET /api/audit/export",
            "GET /api/outbox",
            "PUT /api/performance/targets",
            "POST /settings/performance",
            "GET /settings/audit",
            "GET /settings/danger",
            "PUT /api/companion/rule",
            "POST /api/prices",
            "PUT /api/prices/{id}/end",
            "PUT /api/retention",
            "POST /settings/prices",
            "POST /settings/prices/{id}/end",
            "POST /settings/retention");

    /** What everybody sees and only its owner or an admin changes. */
    private static final Set<String> OWNERS = Set.of(
            "DELETE /api/claims/{id}",
            "PATCH /api/agents/{id}",
            "POST /coordination/claims/{id}/release",
            "POST /settings/agents/{id}",
            "POST /settings/shares/{id}/revocation");

    /** What only admins may and only at a browser, whoever's token an agent holds. */
    private static final Set<String> ADMINS_IN_PERSON = Set.of(
            "PATCH /api/tenant",
            "POST /api/workspace/reset",
            "POST /settings/danger/reset",
            "POST /settings/people",
            "POST /settings/people/{id}/role",
            "POST /settings/people/{id}/removal",
            "POST /settings/people/{id}/invitation",
            "POST /settings/people/{id}/password-reset",
            "POST /settings/company/name",
            "POST /settings/company/workspaces",
            "POST /settings/company/workspaces/{id}/name",
            "POST /settings/company/workspaces/{id}/archival",
            "POST /settings/company/workspaces/{id}/members",
            "POST /settings/company/workspaces/{id}/removals",
            "POST /api/members",
            "DELETE /api/members/{id}",
            "PUT /api/members/{id}/role",
            "PUT /api/members/{id}/invitation",
            "PUT /api/members/{id}/password-reset",
            "POST /api/workspaces",
            "PATCH /api/workspaces/{id}",
            "PUT /api/workspaces/{id}/archival",
            "DELETE /api/workspaces/{id}/archival",
            "PUT /api/workspaces/{id}/members/{developer}",
            "DELETE /api/workspaces/{id}/members/{developer}");

    /** What everybody does for themself, at a browser. */
    private static final Set<String> IN_PERSON =
            Set.of("PATCH /api/profile", "PUT /api/profile/photo", "DELETE /api/profile/photo");

    /** What only agents do. */
    private static final Set<String> BY_TOKEN = Set.of(
            "POST /api/ingest", "POST /api/otlp/v1/metrics", "POST /api/otlp/v1/logs", "POST /api/otlp/v1/traces");

    /** What exists for its owner and for admins; to other members it does not. */
    private static final Set<String> OWN = Set.of(
            "DELETE /api/companion/machines/{id}",
            "POST /settings/tokens/{id}/revoke",
            "POST /analytics/views/{id}/removal");

    /** What is not there for whoever asks here: a workspace and a photo of nobody, news for WorkOS that nobody has. */
    private static final Set<String> NOT_THERE = Set.of(
            "POST /workspace",
            "GET /photos/{hash}/{size}",
            "PUT /api/outbox/{id}/attempt",
            "DELETE /api/outbox/{id}",
            "POST /settings/people/waiting/{id}");

    /** A message of one's own, a person who is nobody, and somebody who was just removed by the other way. */
    private static final Set<String> NOT_THERE_FOR_ADMINS = Set.of(
            "POST /coordination/acknowledgements/{id}",
            "POST /settings/company/workspaces/{id}/members",
            "POST /settings/company/workspaces/{id}/removals",
            "POST /settings/people/{id}/removal");

    /** Who is in the company is known to all of it. */
    private static final String DIRECTORY = "GET /api/members/{id}";

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

    private Ground ground(Fixtures.Workspace first) {
        String task = made(first, "/api/tasks", "{\"title\":\"" + MARKER + "\"}");
        made(
                first,
                "/api/workstreams",
                "{\"name\":\"" + MARKER + "\",\"confirm_reason\":\"Both\",\"confirm\":[\"" + task + "\"]}");
        Map<String, String> items = new HashMap<>(items(first, unused(first)));
        // Nobody who asks here: whoever puts out themself is out.
        String zoe = fixtures.member(first, "zoe").developerId().toString();
        items.put("/members/", zoe);
        items.put("/settings/people/", zoe);
        given().header("Authorization", first.bearer())
                .post("/api/audits")
                .then()
                .statusCode(201);
        return new Ground(first, task, items);
    }

    /** A token that is not the one anybody here comes with. */
    private String unused(Fixtures.Workspace first) {
        List<UUID> used = ids(first);
        fixtures.token(first.admin());
        return ids(first).stream()
                .filter(id -> !used.contains(id))
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private List<UUID> ids(Fixtures.Workspace first) {
        return tokens.list(first.admin()).stream().map(token -> token.id()).toList();
    }

    private static String made(Fixtures.Workspace by, String path, String body) {
        return given().header("Authorization", by.bearer())
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
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
        Ground ground = ground(fixtures.workspace());
        Fixtures.Workspace colleague = colleague(ground.admin(), Role.MEMBER);
        Map<String, Integer> seen = new TreeMap<>();
        // The items first: afterwards the colleague has work of their own under the same keys.
        for (boolean items : List.of(true, false)) {
            inOrder().forEach(operation -> {
                Access access = EXPECTED.get(operation);
                if (access instanceof Access.ItsWorkspace != items) {
                    return;
                }
                for (RequestSpecification request : as(colleague, operation)) {
                    Response answer = send(request, operation, access, ground.item(operation, false));
                    boolean hidden = !items
                            || answer.statusCode() == 404
                            || answer.statusCode() == 403 && !operation.startsWith("GET ");
                    if (!hidden
                            || answer.statusCode() >= 500
                            || answer.asString().contains(MARKER)) {
                        seen.put(operation, answer.statusCode());
                    }
                }
            });
        }
        assertThat(seen).containsOnlyKeys(DIRECTORY);
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
        Fixtures.Workspace first = fixtures.workspace();
        Fixtures.Workspace member = member(first);
        Seen seen = everything(ground(first), member);
        assertThat(seen)
                .isEqualTo(new Seen(
                        below("/api/", ADMINS, ADMINS_IN_PERSON, IN_PERSON, OWNERS),
                        below("/", ADMINS, ADMINS_IN_PERSON, BY_TOKEN, OWNERS),
                        below("/", OWN, NOT_THERE),
                        Set.of()));
    }

    private Fixtures.Workspace member(Fixtures.Workspace first) {
        Caller caller = fixtures.member(first, "mo");
        return new Fixtures.Workspace(caller, "mo-" + first.email(), fixtures.token(caller));
    }

    @Test
    void an_admin_finds_everything() {
        Fixtures.Workspace first = fixtures.workspace();
        Seen seen = everything(ground(first), first);
        assertThat(seen)
                .isEqualTo(new Seen(
                        below("/api/", ADMINS_IN_PERSON, IN_PERSON),
                        BY_TOKEN,
                        below("/", NOT_THERE, NOT_THERE_FOR_ADMINS),
                        Set.of()));
    }

    @SafeVarargs
    private static Set<String> below(String path, Set<String>... parts) {
        return Arrays.stream(parts)
                .flatMap(Set::stream)
                .filter(operation -> operation.contains(" " + path))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * @param hidden what was answered with 404
     * @param wrong what was answered with 401 or 5xx
     */
    private record Seen(
            Set<String> forbiddenToTokens, Set<String> forbiddenToBrowsers, Set<String> hidden, Set<String> wrong) {}

    private Seen everything(Ground ground, Fixtures.Workspace who) {
        Seen seen = new Seen(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        for (String operation : inOrder()) {
            Access access = EXPECTED.get(operation);
            if (access instanceof Access.Everybody) {
                continue;
            }
            boolean byToken = operation.contains(" /api/");
            for (RequestSpecification request : as(who, operation)) {
                int status = send(request, operation, access, ground.item(operation, true))
                        .statusCode();
                if (status == 403) {
                    (byToken ? seen.forbiddenToTokens() : seen.forbiddenToBrowsers()).add(operation);
                } else if (status == 404 && !gone(operation, byToken)) {
                    seen.hidden().add(operation);
                } else if (status == 401 || status >= 500) {
                    seen.wrong().add(operation + " " + status);
                }
                byToken = false;
            }
        }
        return seen;
    }

    /** What the token has deleted the browser does not find any more. */
    private static boolean gone(String operation, boolean byToken) {
        return !byToken && operation.startsWith("DELETE /api/");
    }

    /** What only looks comes first and what deletes last, so that there is something to find for all of them. */
    private static List<String> inOrder() {
        return EXPECTED.keySet().stream()
                .filter(operation -> !operation.equals(STREAM))
                .sorted(Comparator.comparing(AccessMatrixTest::turn).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static int turn(String operation) {
        if (operation.startsWith("GET ")) {
            return 0;
        }
        // Whoever makes a workspace is in it from then on, and a reset leaves nothing.
        if (operation.equals("POST /api/workspaces")
                || operation.equals("POST /settings/company/workspaces")
                || operation.endsWith("/reset")) {
            return 3;
        }
        return operation.startsWith("DELETE ")
                        || operation.contains("/revo")
                        || operation.contains("/remov")
                        || operation.contains("/archival")
                ? 2
                : 1;
    }

    /** By token and at a browser, or only there. */
    private List<RequestSpecification> as(Fixtures.Workspace who, String operation) {
        Fixtures.Browser browser = fixtures.browser(who);
        RequestSpecification person =
                given().cookie("covibe_session", browser.cookie()).header("X-CSRF-Token", browser.csrf());
        return operation.contains(" /api/")
                ? List.of(given().header("Authorization", who.bearer()), person)
                : List.of(person.header("Accept", "text/html"));
    }

    @Test
    void no_tool_reaches_into_another_workspace() {
        Ground ground = ground(fixtures.workspace());
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
