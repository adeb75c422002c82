package dev.covibe.guard;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;

import dev.covibe.platform.sql.Ids;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import java.util.Map;
import java.util.Optional;

/** One of everything that a workspace can have, for others to look for. */
final class Belongings {

    static final String MARKER = "Zeppelin hangar of the first company";

    private Belongings() {}

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

    static String made(Fixtures.Workspace workspace, String address, String body, String path) {
        return given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body(body)
                .post(address)
                .then()
                .statusCode(anyOf(equalTo(200), equalTo(201)))
                .extract()
                .path(path);
    }
}
