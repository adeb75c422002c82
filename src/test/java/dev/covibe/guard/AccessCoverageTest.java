package dev.covibe.guard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;

import dev.covibe.identity.Tokens;
import dev.covibe.platform.sql.Ids;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every operation says what nobody and what a stranger gets to see (QLT-9). The operations are read from the code: a new
 * one without an expectation breaks the build, and so does an expectation whose operation is gone.
 */
@QuarkusTest
class AccessCoverageTest {

    /** Never ends by itself, so a stranger does not wait for it here. */
    static final String STREAM = "GET /api/events/stream";

    static final String MARKER = "Zeppelin hangar of the first company";

    /** Who may see an operation, and what a stranger sends to it. */
    sealed interface Access {

        /** Everybody, signed in or not. */
        record Everybody() implements Access {}

        /** Members, each of whom sees only their own workspace. */
        record Members(String body) implements Access {}

        /** Members of the item's workspace; to everybody else the item does not exist. */
        record ItsWorkspace(String body) implements Access {}
    }

    private static final Access EVERYBODY = new Access.Everybody();

    private static Access members() {
        return new Access.Members("");
    }

    private static Access members(String body) {
        return new Access.Members(body);
    }

    private static Access itsWorkspace() {
        return new Access.ItsWorkspace("");
    }

    private static Access itsWorkspace(String body) {
        return new Access.ItsWorkspace(body);
    }

    static final Map<String, Access> EXPECTED = Map.ofEntries(
            Map.entry("GET /", EVERYBODY),
            Map.entry("GET /landing", EVERYBODY),
            Map.entry("GET /docs", EVERYBODY),
            Map.entry("GET /docs/search", EVERYBODY),
            Map.entry("GET /docs/{name}", EVERYBODY),
            Map.entry("GET /api/health", EVERYBODY),
            Map.entry("GET /api/audit", members()),
            Map.entry("GET /api/audit/export", members()),
            Map.entry("GET /settings/people", members()),
            Map.entry(
                    "POST /settings/people",
                    members("email=kim@example.com&workspace=00000000-0000-0000-0000-000000000000")),
            Map.entry("POST /settings/people/{id}/role", itsWorkspace("role=member")),
            Map.entry("POST /settings/people/{id}/removal", itsWorkspace("x=y")),
            Map.entry("POST /settings/people/{id}/invitation", itsWorkspace("x=y")),
            Map.entry("POST /settings/people/{id}/password-reset", itsWorkspace("x=y")),
            Map.entry("POST /settings/people/waiting/{id}", itsWorkspace("decision=again")),
            Map.entry("GET /settings/company", members()),
            Map.entry("POST /settings/company/name", members("name=Mine")),
            Map.entry("POST /settings/company/workspaces", members("name=Balloons")),
            Map.entry("POST /settings/company/workspaces/{id}/name", itsWorkspace("name=Mine")),
            Map.entry("POST /settings/company/workspaces/{id}/archival", itsWorkspace("x=y")),
            Map.entry(
                    "POST /settings/company/workspaces/{id}/members",
                    itsWorkspace("person=00000000-0000-0000-0000-000000000000")),
            Map.entry(
                    "POST /settings/company/workspaces/{id}/removals",
                    itsWorkspace("person=00000000-0000-0000-0000-000000000000")),
            Map.entry("GET /settings/profile", members()),
            Map.entry("POST /settings/profile", members("name=Me&handle=me")),
            Map.entry("POST /settings/profile/photo", members("photo=x")),
            Map.entry("POST /settings/profile/photo/removal", members("x=y")),
            Map.entry("PUT /api/profile/photo", members("not a picture")),
            Map.entry("DELETE /api/profile/photo", members()),
            Map.entry("GET /photos/{hash}/{size}", itsWorkspace()),
            Map.entry("GET /settings/audit", members()),
            Map.entry("GET /settings/danger", members()),
            Map.entry("POST /settings/danger/reset", members("tenant=Another")),
            Map.entry("POST /api/workspace/reset", members("{\"tenant\":\"Another\"}")),
            Map.entry("POST /api/webhooks/workos", EVERYBODY),
            Map.entry("POST /api/found-tokens", EVERYBODY),
            Map.entry("GET /leaked-token", EVERYBODY),
            Map.entry("POST /leaked-token", EVERYBODY),
            Map.entry("GET /api/outbox", members()),
            Map.entry("PUT /api/outbox/{id}/attempt", itsWorkspace()),
            Map.entry("DELETE /api/outbox/{id}", itsWorkspace()),
            Map.entry("GET /api/tenant", members()),
            Map.entry("PATCH /api/tenant", members("{\"name\":\"Mine\"}")),
            Map.entry("GET /api/profile", members()),
            Map.entry("PATCH /api/profile", members("{\"name\":\"Me\"}")),
            Map.entry("GET /api/members", members()),
            Map.entry("POST /api/members", members("{\"email\":\"kim@example.com\"}")),
            Map.entry("GET /api/members/{id}", itsWorkspace()),
            Map.entry("DELETE /api/members/{id}", itsWorkspace()),
            Map.entry("PUT /api/members/{id}/role", itsWorkspace("{\"role\":\"member\"}")),
            Map.entry("PUT /api/members/{id}/invitation", itsWorkspace()),
            Map.entry("PUT /api/members/{id}/password-reset", itsWorkspace()),
            Map.entry("GET /api/workspaces", members()),
            Map.entry("POST /api/workspaces", members("{\"name\":\"Balloons\"}")),
            Map.entry("PATCH /api/workspaces/{id}", itsWorkspace("{\"name\":\"Mine\"}")),
            Map.entry("PUT /api/workspaces/{id}/archival", itsWorkspace()),
            Map.entry("DELETE /api/workspaces/{id}/archival", itsWorkspace()),
            Map.entry("PUT /api/workspaces/{id}/members/{developer}", itsWorkspace()),
            Map.entry("DELETE /api/workspaces/{id}/members/{developer}", itsWorkspace()),
            Map.entry("GET /assets/{version}/{name}", EVERYBODY),
            Map.entry("GET /downloads/co-vibe.tgz", EVERYBODY),
            Map.entry("GET /downloads/co-vibe.json", EVERYBODY),
            Map.entry(
                    "POST /api/companion/heartbeat",
                    members("{\"machine\":\"laptop\",\"version\":\"0.1.0\",\"service\":false}")),
            Map.entry("GET /api/companion/machines", members()),
            Map.entry("DELETE /api/companion/machines/{id}", itsWorkspace()),
            Map.entry("GET /api/companion/rule", members()),
            Map.entry("PUT /api/companion/rule", members("{\"on_collision\":\"warn\"}")),
            Map.entry("GET /auth/sign-in", EVERYBODY),
            Map.entry("POST /auth/sign-in", EVERYBODY),
            Map.entry("POST /auth/sign-out", EVERYBODY),
            Map.entry("GET /auth/signed-out", EVERYBODY),
            Map.entry("GET /auth/switch", EVERYBODY),
            Map.entry("GET /callback", EVERYBODY),
            Map.entry("GET /.well-known/oauth-protected-resource", EVERYBODY),
            Map.entry("GET /.well-known/oauth-protected-resource/api/mcp", EVERYBODY),
            Map.entry("POST /api/setup/device", EVERYBODY),
            Map.entry("POST /api/setup/device/token", EVERYBODY),
            Map.entry("GET /setup/authorize", members()),
            Map.entry("POST /setup/authorize", members("user_code=BCDF-2346&decision=approve&mine=yes")),
            Map.entry("GET /onboarding", members()),
            Map.entry("POST /onboarding", members("tenant=A&workspace=B&name=C&handle=d")),
            Map.entry("GET /workstreams", members()),
            Map.entry("GET /workstreams/plan", members()),
            Map.entry("POST /workstreams/plan", members("title=Fill+the+balloon")),
            Map.entry("GET /workstreams/plan-workstream", members()),
            Map.entry("POST /workstreams/plan-workstream", members("name=Balloons")),
            Map.entry("POST /workstreams/candidates", members("title=Zeppelin+hangar")),
            Map.entry("GET /workstreams/{key}", itsWorkspace()),
            Map.entry("GET /workstreams/{key}/edit", itsWorkspace()),
            Map.entry("POST /workstreams/{key}/edit", itsWorkspace("title=Mine+now")),
            Map.entry("POST /workstreams/{key}/completion", itsWorkspace("outcome=done&summary=x")),
            Map.entry("GET /workstreams/tasks/{key}", itsWorkspace()),
            Map.entry("POST /workstreams/tasks/{key}/take", itsWorkspace("x=y")),
            Map.entry("POST /workstreams/tasks/{key}/status", itsWorkspace("status=backlog")),
            Map.entry("POST /workstreams/tasks/{key}/undo", itsWorkspace("x=y")),
            Map.entry("POST /workstreams/tasks/{key}/notes", itsWorkspace("text=Hello")),
            Map.entry("GET /workstreams/tasks/{key}/edit", itsWorkspace()),
            Map.entry("POST /workstreams/tasks/{key}/edit", itsWorkspace("title=Mine+now")),
            Map.entry("POST /workstreams/tasks/{key}/blockers", itsWorkspace("text=No+fuel")),
            Map.entry("POST /workstreams/tasks/{key}/decisions", itsWorkspace("question=Gas")),
            Map.entry("GET /share/{token}", EVERYBODY),
            Map.entry("GET /settings/shares", members()),
            Map.entry("POST /settings/shares", members("kind=week&days=7")),
            Map.entry("POST /settings/shares/{id}/revocation", itsWorkspace("x=y")),
            Map.entry("GET /search", members()),
            Map.entry("GET /analytics", members()),
            Map.entry("POST /analytics/views", members("name=Mine&range=28")),
            Map.entry("POST /analytics/views/{id}/removal", itsWorkspace("x=y")),
            Map.entry("GET /api/analytics", members()),
            Map.entry("GET /api/analytics/export", members()),
            Map.entry("GET /api/search", members()),
            Map.entry("GET /activity", members()),
            Map.entry("GET /api/activity/events", members()),
            Map.entry("GET /api/activity/completions", members()),
            Map.entry("GET /coordination", members()),
            Map.entry("POST /coordination/blockers/{id}/answer", itsWorkspace("answer=Mine")),
            Map.entry("POST /coordination/decisions/{id}/choice", itsWorkspace("choice=Mine")),
            Map.entry("POST /coordination/acknowledgements/{id}", itsWorkspace("x=y")),
            Map.entry("POST /coordination/claims/{id}/release", itsWorkspace("x=y")),
            Map.entry("POST /coordination/audits", members("x=y")),
            Map.entry("POST /coordination/overlaps", itsWorkspace("one=WEB-1&other=WS-1&verdict=different")),
            Map.entry("POST /coordination/overlaps/withdrawal", itsWorkspace("one=WEB-1&other=WS-1")),
            Map.entry("GET /coordination/messages", members()),
            Map.entry("POST /coordination/messages", members("to=workspace&text=Hello")),
            Map.entry("GET /coordination/messages/{id}", itsWorkspace()),
            Map.entry("POST /coordination/messages/{id}/replies", itsWorkspace("text=Hello")),
            Map.entry("GET /workstreams/sessions", members()),
            Map.entry("GET /workstreams/sessions/{id}", itsWorkspace()),
            Map.entry("GET /performance", members()),
            Map.entry("GET /performance/agents", members()),
            Map.entry("GET /performance/developers", members()),
            Map.entry("GET /performance/developers/{handle}", itsWorkspace()),
            Map.entry("GET /performance/diagnostics", members()),
            Map.entry("GET /settings/performance", members()),
            Map.entry("POST /settings/performance", members("tasks_per_week=4")),
            Map.entry("POST /performance/alerts/{id}/acknowledgement", itsWorkspace("x=y")),
            Map.entry("POST /performance/alerts/{id}/acknowledgement/withdrawal", itsWorkspace("x=y")),
            Map.entry("POST /performance/alerts/{id}/snooze", itsWorkspace("hours=4")),
            Map.entry("POST /performance/alerts/{id}/waking", itsWorkspace("x=y")),
            Map.entry("GET /api/performance/developers", members()),
            Map.entry("GET /api/performance/developers/{handle}", itsWorkspace()),
            Map.entry("GET /api/performance/diagnostics", members()),
            Map.entry("GET /api/performance/targets", members()),
            Map.entry("PUT /api/performance/targets", members("{\"tasks_per_week\":4}")),
            Map.entry("GET /api/performance/overview", members()),
            Map.entry("GET /api/performance/agents", members()),
            Map.entry("GET /settings", members()),
            Map.entry("POST /settings/tokens", members("name=x&agent=codex")),
            Map.entry("POST /settings/tokens/{id}/revoke", itsWorkspace("x=y")),
            Map.entry("GET /settings/projects", members()),
            Map.entry("POST /settings/projects", members("key=XYZ&name=x")),
            Map.entry("GET /settings/prices", members()),
            Map.entry("POST /settings/prices", members("model=balloon-1&input=1&output=2")),
            Map.entry("POST /settings/prices/{id}/end", itsWorkspace("x=y")),
            Map.entry("GET /settings/retention", members()),
            Map.entry("POST /settings/retention", members("raw_days=30")),
            Map.entry("GET /settings/agents", members()),
            Map.entry("POST /settings/agents", members("type=codex&name=Balloonist")),
            Map.entry("POST /settings/agents/{id}", itsWorkspace("purpose=Mine&status=retired")),
            Map.entry("GET /settings/repositories", members()),
            Map.entry("GET /settings/alerts", members()),
            Map.entry("POST /settings/appearance", members("theme=dark")),
            Map.entry("POST /workspace", members("workspace=00000000-0000-0000-0000-000000000000")),
            Map.entry(STREAM, members()),
            Map.entry("GET /coordination/graph", members()),
            Map.entry("GET /api/state", members()),
            Map.entry(
                    "POST /api/snapshots",
                    members("{\"machine\":\"balloon\",\"repository\":{\"remote\":\"github.com/acme/hangar\"}}")),
            Map.entry("DELETE /api/snapshots", members()),
            Map.entry("GET /api/sessions", members()),
            Map.entry("GET /api/sessions/{id}", itsWorkspace()),
            Map.entry("GET /api/agents", members()),
            Map.entry("POST /api/agents", members("{\"type\":\"codex\",\"name\":\"Aeronaut\"}")),
            Map.entry("GET /api/agents/{id}", itsWorkspace()),
            Map.entry("PATCH /api/agents/{id}", itsWorkspace("{\"status\":\"retired\"}")),
            Map.entry("GET /api/alerts", members()),
            Map.entry("PUT /api/alerts/{id}/acknowledgement", itsWorkspace()),
            Map.entry("PUT /api/alerts/{id}/snooze", itsWorkspace("{\"hours\":4}")),
            Map.entry("DELETE /api/alerts/{id}/snooze", itsWorkspace()),
            Map.entry("GET /api/prices", members()),
            Map.entry("GET /api/prices/unpriced", members()),
            Map.entry("POST /api/prices", members("{\"model\":\"balloon-2\",\"input\":1,\"output\":2}")),
            Map.entry("PUT /api/prices/{id}/end", itsWorkspace("{}")),
            Map.entry("GET /api/retention", members()),
            Map.entry("PUT /api/retention", members("{\"raw_days\":30}")),
            Map.entry("GET /api/projects", members()),
            Map.entry("POST /api/projects", members("{\"key\":\"ABC\",\"name\":\"Abc\"}")),
            Map.entry("GET /api/projects/{key}", itsWorkspace()),
            Map.entry("PATCH /api/projects/{key}", itsWorkspace("{\"name\":\"Mine\"}")),
            Map.entry("GET /api/tasks", members()),
            Map.entry("POST /api/tasks", members("{\"title\":\"Own work\"}")),
            Map.entry(
                    "POST /api/tasks/candidates",
                    members("{\"title\":\"Hangar of a zeppelin, the first of the company\"}")),
            Map.entry("POST /api/tasks/import", members("title\nImported\n")),
            Map.entry("GET /api/tasks/export", members()),
            Map.entry("GET /api/tasks/{key}", itsWorkspace()),
            Map.entry("PATCH /api/tasks/{key}", itsWorkspace("{\"title\":\"Mine\"}")),
            Map.entry("GET /api/tasks/{key}/events", itsWorkspace()),
            Map.entry("PUT /api/tasks/{key}/status", itsWorkspace("{\"status\":\"backlog\"}")),
            Map.entry("PUT /api/tasks/{key}/ownership", itsWorkspace("{}")),
            Map.entry("PUT /api/tasks/{key}/completion", itsWorkspace("{\"outcome\":\"done\"}")),
            Map.entry("POST /api/tasks/{key}/entries", itsWorkspace("{\"kind\":\"note\",\"text\":\"x\"}")),
            Map.entry("GET /api/summary/week", members()),
            Map.entry("GET /api/messages", members()),
            Map.entry("POST /api/messages", members("{\"to\":[\"workspace\"],\"text\":\"Hello\"}")),
            Map.entry("GET /api/messages/{id}", itsWorkspace()),
            Map.entry("GET /api/inbox", members()),
            Map.entry("POST /api/inbox/acknowledgements", members("{\"messages\":[]}")),
            Map.entry("GET /api/blockers", members()),
            Map.entry("POST /api/blockers", members("{\"task\":\"WEB-1\",\"text\":\"No fuel\"}")),
            Map.entry("GET /api/blockers/{id}", itsWorkspace()),
            Map.entry("PUT /api/blockers/{id}/answer", itsWorkspace("{\"answer\":\"Mine\"}")),
            Map.entry("GET /api/decisions", members()),
            Map.entry("POST /api/decisions", members("{\"question\":\"Gas or hot air?\"}")),
            Map.entry("GET /api/decisions/{id}", itsWorkspace()),
            Map.entry("PUT /api/decisions/{id}/choice", itsWorkspace("{\"choice\":\"Mine\"}")),
            Map.entry(
                    "POST /api/ingest",
                    members(
                            "{\"items\":[{\"kind\":\"usage\",\"id\":\"1\",\"at\":\"2026-11-20T12:00:00Z\",\"model\":\"m\"}]}")),
            Map.entry("POST /api/otlp/v1/metrics", members("{\"resourceMetrics\":[]}")),
            Map.entry("POST /api/otlp/v1/logs", members("{\"resourceLogs\":[]}")),
            Map.entry("POST /api/otlp/v1/traces", members("{\"resourceSpans\":[]}")),
            Map.entry("POST /api/audits", members()),
            Map.entry("GET /api/audits/latest", members()),
            Map.entry(
                    "PUT /api/overlaps/answers",
                    itsWorkspace("{\"one\":\"WEB-1\",\"other\":\"WS-1\",\"verdict\":\"different\"}")),
            Map.entry("GET /api/overlaps/precision", members()),
            Map.entry("GET /api/claims", members()),
            Map.entry(
                    "POST /api/claims",
                    members("{\"repository\":\"github.com/acme/zeppelin\",\"paths\":[\"hangar/gate\"]}")),
            Map.entry("DELETE /api/claims/{id}", itsWorkspace()),
            Map.entry("GET /api/workstreams", members()),
            Map.entry("POST /api/workstreams", members("{\"name\":\"Own stream\"}")),
            Map.entry("POST /api/workstreams/import", members("name\nImported\n")),
            Map.entry("GET /api/workstreams/export", members()),
            Map.entry("GET /api/workstreams/{key}", itsWorkspace()),
            Map.entry("PATCH /api/workstreams/{key}", itsWorkspace("{\"name\":\"Mine\"}")),
            Map.entry("GET /api/workstreams/{key}/events", itsWorkspace()),
            Map.entry("PUT /api/workstreams/{key}/completion", itsWorkspace("{\"outcome\":\"done\"}")));

    @Inject
    Fixtures fixtures;

    @Inject
    Tokens tokens;

    @Test
    void every_operation_has_an_expectation_and_every_expectation_an_operation() {
        assertThat(new TreeMap<>(EXPECTED).keySet()).containsExactlyElementsOf(Operations.all());
    }

    @Test
    void nobody_gets_in_anywhere_but_where_everybody_may() {
        EXPECTED.forEach((operation, access) -> {
            Response answer = send(given().header("Accept", "application/json"), operation, access, "WEB-1");
            switch (access) {
                case Access.Everybody _ ->
                    assertThat(answer.statusCode()).as(operation).isNotIn(401, 500);
                case Access.Members _, Access.ItsWorkspace _ ->
                    assertThat(answer.statusCode()).as(operation).isEqualTo(401);
            }
        });
    }

    @Test
    void a_stranger_finds_nothing_of_another_workspace() {
        var first = fixtures.workspace();
        String task = made(first, "/api/tasks", "{\"title\":\"" + MARKER + "\"}", "id");
        made(
                first,
                "/api/workstreams",
                "{\"name\":\"" + MARKER + "\",\"confirm_reason\":\"Both\",\"confirm\":[\"" + task + "\"]}",
                "id");
        String token = tokens.list(first.admin()).getFirst().id().toString();
        Map<String, String> items = items(first, token);
        var stranger = fixtures.workspace();
        // The items first: afterwards the stranger has work of their own under the same keys.
        EXPECTED.forEach((operation, access) -> {
            if (access instanceof Access.ItsWorkspace) {
                Response answer = send(as(stranger, operation), operation, access, item(operation, task, items));
                assertThat(answer.statusCode()).as(operation).isEqualTo(404);
                assertThat(answer.asString()).as(operation).doesNotContain(MARKER);
            }
        });
        EXPECTED.forEach((operation, access) -> {
            if (access instanceof Access.Members && !operation.equals(STREAM)) {
                Response answer = send(as(stranger, operation), operation, access, "");
                assertThat(answer.statusCode()).as(operation).isLessThan(500);
                assertThat(answer.asString()).as(operation).doesNotContain(MARKER);
            }
        });
        given().header("Authorization", first.bearer())
                .get("/api/tasks/WEB-1")
                .then()
                .statusCode(200)
                .body("title", equalTo(MARKER))
                .body("status", equalTo("planned"));
        assertThat(tokens.list(first.admin()).getFirst().revokedAt()).isEmpty();
    }

    /** What the first workspace has of each kind that is found by an id, by the part of the address before the id. */
    static Map<String, String> items(Fixtures.Workspace first, String token) {
        String session = Ids.next().toString();
        String alert = Ids.next().toString();
        String view = Ids.next().toString();
        String share = Ids.next().toString();
        TestDatabase.execute(TestDatabase.superuser(), """
                insert into covibe.agent_sessions (id, workspace_id, developer_id, agent_type, agent_name, repository,
                                                   started_at, last_seen_at)
                values ('%1$s', '%2$s', '%3$s', 'codex', '%4$s', 'github.com/acme/web', now(), now());
                insert into covibe.alerts (id, workspace_id, kind, subject_id, raised_at, seen_at, figures)
                values ('%5$s', '%2$s', 'stale_session', '%1$s', now(), now(), '{"agent": "%4$s"}');
                insert into covibe.analytics_views (id, workspace_id, developer_id, name, query, shared)
                values ('%6$s', '%2$s', '%3$s', '%4$s', 'by=model', true);
                insert into covibe.share_links (id, workspace_id, token_hash, kind, title, content, created_by, created_at, expires_at)
                values ('%7$s', '%2$s', decode(md5('%7$s'), 'hex'), 'week', '%4$s', '{}', '%3$s', now(), now() + interval '1 day');
                """.formatted(
                        session, first.admin().workspaceId(), first.admin().developerId(), MARKER, alert, view, share));
        String agent = given().header("Authorization", first.bearer())
                .get("/api/agents")
                .path("[0].id");
        given().header("Authorization", first.bearer())
                .contentType("application/json")
                .body("{\"machine\":\"" + MARKER + "\",\"version\":\"0.1.0\",\"service\":false}")
                .post("/api/companion/heartbeat");
        String machine = given().header("Authorization", first.bearer())
                .get("/api/companion/machines")
                .path("[0].id");
        String message =
                made(first, "/api/messages", "{\"to\":[\"workspace\"],\"text\":\"" + MARKER + "\"}", "message.id");
        return Map.ofEntries(
                Map.entry("/tokens/", token),
                Map.entry("/sessions/", session),
                Map.entry("/agents/", agent),
                Map.entry("/machines/", machine),
                Map.entry("/members/", first.admin().developerId().toString()),
                Map.entry("/outbox/", token),
                Map.entry("/settings/people/", first.admin().developerId().toString()),
                Map.entry("/workspaces/", first.admin().workspaceId().toString()),
                Map.entry("/alerts/", alert),
                Map.entry("/views/", view),
                Map.entry("/shares/", share),
                Map.entry("/developers/", first.admin().handle()),
                Map.entry(
                        "/prices/",
                        made(first, "/api/prices", "{\"model\":\"zeppelin-1\",\"input\":1,\"output\":2}", "id")),
                Map.entry(
                        "/claims/",
                        made(
                                first,
                                "/api/claims",
                                "{\"repository\":\"github.com/acme/zeppelin\",\"paths\":[\"hangar/**\"],\"reason\":\""
                                        + MARKER + "\"}",
                                "claims[0].id")),
                Map.entry("/messages/", message),
                Map.entry("/acknowledgements/", message),
                Map.entry(
                        "/blockers/",
                        made(first, "/api/blockers", "{\"task\":\"WEB-1\",\"text\":\"" + MARKER + "\"}", "id")),
                Map.entry("/decisions/", made(first, "/api/decisions", "{\"question\":\"" + MARKER + "\"}", "id")));
    }

    /** The stranger's own project is called WEB too, so that one is asked for by a key that only the first has. */
    static String item(String operation, String task, Map<String, String> items) {
        if (operation.contains("/workspaces/{id}")) {
            String workspace = items.get("/workspaces/");
            return operation.contains("{developer}") ? workspace + "/members/" + items.get("/members/") : workspace;
        }
        Optional<String> known =
                items.keySet().stream().filter(operation::contains).findFirst().map(items::get);
        if (known.isPresent()) {
            return known.get();
        }
        if (operation.contains("/projects/")) {
            return "NONE";
        }
        return operation.contains("tasks/") ? task : "WS-1";
    }

    private static String made(Fixtures.Workspace workspace, String address, String body, String path) {
        return given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body(body)
                .post(address)
                .then()
                .statusCode(anyOf(equalTo(200), equalTo(201)))
                .extract()
                .path(path);
    }

    private RequestSpecification as(Fixtures.Workspace stranger, String operation) {
        if (operation.contains(" /api/")) {
            return given().header("Authorization", stranger.bearer());
        }
        Fixtures.Browser browser = fixtures.browser(stranger);
        return given().cookie("covibe_session", browser.cookie())
                .header("X-CSRF-Token", browser.csrf())
                .header("Accept", "text/html");
    }

    static Response send(RequestSpecification request, String operation, Access access, String item) {
        String[] parts = operation.split(" ");
        String body =
                switch (access) {
                    case Access.Everybody _ -> "";
                    case Access.Members members -> members.body();
                    case Access.ItsWorkspace its -> its.body();
                };
        String path = parts[1].replaceAll("\\{id}/members/\\{developer}|\\{(key|id|developer|handle)}", item)
                .replaceAll("\\{\\w+}", "x");
        RequestSpecification prepared = request.redirects().follow(false);
        if (!body.isEmpty()) {
            prepared.contentType(mediaType(parts[1])).body(body);
        }
        return prepared.request(parts[0], path);
    }

    private static String mediaType(String path) {
        if (path.endsWith("/import")) {
            return "text/csv";
        }
        return path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
    }
}
