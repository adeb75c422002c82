package dev.covibe.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents in several clones of one repository keep out of each other's way (CRD-3, OVL-3). */
@QuarkusTest
class ClaimLoopTest {

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    Fixtures.Workspace workspace;
    McpClient lin;
    McpClient mia;

    @BeforeEach
    void twoClones() {
        workspace = fixtures.workspace();
        lin = McpClient.at(endpoint, workspace.token()).in("lin");
        mia = McpClient.at(endpoint, fixtures.token(fixtures.member(workspace, "mia")))
                .in("mia");
        lin.done("start_session", Map.of("repository", "git@github.com:acme/web.git", "agent_name", "claude"));
        mia.done("plan", Map.of("title", "Introduce passkeys"));
        mia.done(
                "start_session",
                Map.of("repository", "https://github.com/Acme/web", "agent_name", "codex", "worktree", "two"));
        mia.done("take_task", Map.of("task", "WEB-1"));
    }

    @Test
    void a_colliding_claim_is_refused_with_holder_task_and_expiry_and_says_what_to_call_next() {
        JsonNode held = mia.done("claim", Map.of("paths", List.of("src/auth/**")))
                .path("claims")
                .path(0);
        assertThat(held.path("task").asText()).as("the session's task").isEqualTo("WEB-1");

        McpClient.Result refused = lin.call("claim", Map.of("paths", List.of("src/**/*.java")));
        assertThat(refused.code()).isEqualTo("claim.held");
        assertThat(refused.text())
                .contains("@mia / codex for WEB-1 “Introduce passkeys” until")
                .contains("\"claim\":" + held.path("id"));
        assertThat(refused.structured().isMissingNode()).isTrue();
        assertThat(refused.next())
                .contains("send_message {")
                .contains("@mia")
                .contains("\"override\":")
                .contains("src/**/*.java");
    }

    @Test
    void the_briefing_lists_what_is_claimed_here() {
        mia.done("claim", Map.of("paths", List.of("src/auth/**", "docs/"), "reason", "Rewriting"));
        mia.done("claim", Map.of("repository", "https://github.com/acme/other", "paths", List.of("lib/**")));

        McpClient.Result briefing = lin.call("start_session", Map.of("repository", "ssh://git@github.com/acme/web"));
        assertThat(on(briefing.structured().path("claims"))).containsExactlyInAnyOrder("src/auth/**", "docs/**");
        assertThat(briefing.text()).contains("Claimed here:").contains("src/auth/** by @mia / codex for WEB-1 until");
    }

    @Test
    void an_override_is_loud_and_both_claims_stand() {
        mia.done("claim", Map.of("paths", List.of("src/**")));
        JsonNode answer =
                lin.done("claim", Map.of("paths", List.of("src/Login.java"), "override", "Production is down"));

        assertThat(on(answer.path("overridden"))).containsExactly("src/**");
        JsonNode claims = lin.done("start_session", Map.of("repository", "github.com/acme/web"))
                .path("claims");
        assertThat(on(claims)).containsExactly("src/Login.java", "src/**");
        assertThat(claims.path(1).path("overridden_by").asText())
                .isEqualTo("@" + workspace.admin().handle());
        assertThat(events("claim_overridden")).isEqualTo(1);
    }

    @Test
    void finishing_a_task_releases_its_claims_and_says_so() {
        mia.done("claim", Map.of("paths", List.of("src/auth/**")));
        JsonNode finished = mia.done("finish", Map.of("outcome", "done", "summary", "Passkeys work."));

        assertThat(on(finished.path("released"))).containsExactly("src/auth/**");
        assertThat(on(lin.done("claim", Map.of("paths", List.of("src/**"))).path("claims")))
                .containsExactly("src/**");
        assertThat(on(mia.done("claim", Map.of("paths", List.of("docs/**"))).path("claims")))
                .as("the finished task is not claimed for")
                .containsExactly("docs/**");
    }

    @Test
    void ending_the_session_and_release_give_everything_back() {
        mia.done("claim", Map.of("paths", List.of("src/a/**", "src/b/**")));
        String first = mia.done("claim", Map.of("paths", List.of("src/c/**")))
                .path("claims")
                .path(0)
                .path("id")
                .asText();

        assertThat(on(mia.done("release", Map.of("claims", List.of(first))).path("claims")))
                .containsExactly("src/c/**");
        assertThat(lin.call("release", Map.of("claims", List.of(idOf("src/a/**"))))
                        .isError())
                .as("an admin may")
                .isFalse();
        assertThat(on(mia.done("release", Map.of()).path("claims"))).containsExactly("src/b/**");
        assertThat(on(mia.done("release", Map.of()).path("claims"))).isEmpty();

        mia.done("claim", Map.of("paths", List.of("src/**")));
        mia.done("end_session", Map.of("outcome", "done"));
        lin.done("claim", Map.of("paths", List.of("src/**")));
    }

    @Test
    void a_task_alone_can_be_claimed() {
        assertThat(on(mia.done("claim", Map.of("task", "WEB-1")).path("claims")))
                .containsExactly("WEB-1");
        assertThat(lin.call("claim", Map.of("task", "WEB-1")).code()).isEqualTo("claim.held");
        assertThat(lin.call("claim", Map.of()).code()).as("no path, no task").isEqualTo("request.invalid");
        assertThat(lin.call("claim", Map.of("task", "WEB-9")).code()).isEqualTo("task.unknown");
    }

    @Test
    void a_plan_on_claimed_paths_is_told_who_holds_them_and_until_when() {
        mia.done("claim", Map.of("paths", List.of("src/auth/**")));
        Map<String, Object> plan =
                new LinkedHashMap<>(Map.of("title", "Rename everything", "paths", List.of("src/**/*.java")));

        JsonNode checked = lin.done("check_overlap", plan);
        assertThat(checked.path("escalates").asBoolean()).isTrue();
        JsonNode candidate = checked.path("candidates").path(0);
        assertThat(candidate.path("key").asText()).isEqualTo("WEB-1");
        assertThat(candidate.path("signals").path(0).path("kind").asText()).isEqualTo("active_claim");
        assertThat(candidate.path("signals").path(0).path("text").asText())
                .startsWith("active claim by @mia on src/auth/** until ");

        McpClient.Result refused = lin.call("plan", plan);
        assertThat(refused.code()).isEqualTo("overlap.confirmation-required");
        assertThat(refused.text()).contains("active claim by @mia on src/auth/**");
        plan.put("confirm", List.of(candidate.path("id").asText()));
        plan.put("confirm_reason", "Agreed with @mia");
        lin.done("plan", plan);
    }

    @Test
    void the_audit_of_all_work_runs_from_check_overlap() {
        lin.done("plan", Map.of("title", "Rate limit the login endpoint"));
        JsonNode original = lin.done("check_overlap", Map.of("title", "Add rate limiting to login"))
                .path("candidates");
        lin.done(
                "plan",
                Map.of(
                        "title", "Add rate limiting to login",
                        "confirm", List.of(original.path(0).path("id").asText()),
                        "confirm_reason", "Other gateway"));
        assertThat(lin.done("check_overlap", Map.of("scope", "workspace")).path("conflicts"))
                .as("confirmed, and so not raised")
                .isEmpty();
        TestDatabase.execute(
                TestDatabase.superuser(),
                "delete from covibe.overlap_confirmations where workspace_id = '%s'"
                        .formatted(workspace.admin().workspaceId()));

        McpClient.Result audit = lin.call("check_overlap", Map.of("scope", "workspace"));
        assertThat(audit.text()).contains("WEB-2 Rate limit the login endpoint (planned) and WEB-3");
        assertThat(audit.structured().path("escalates").asBoolean()).isTrue();
        JsonNode conflict = audit.structured().path("conflicts").path(0);
        assertThat(conflict.path("one").path("key").asText()).isEqualTo("WEB-2");
        assertThat(conflict.path("signals").path(0).asText()).contains("login");
        assertThat(audit.structured().path("swept").asInt()).isEqualTo(3);
        assertThat(events("audited")).isEqualTo(2);
    }

    @Test
    void a_repeated_claim_with_the_same_key_acts_once_and_answers_alike() {
        Map<String, Object> once = Map.of("paths", List.of("src/**"), "idempotency_key", "claim-1");
        JsonNode first = mia.done("claim", once);
        assertThat(mia.done("claim", once)).isEqualTo(first);
        assertThat(events("claimed")).isEqualTo(1);
        Map<String, Object> release = Map.of("idempotency_key", "release-1");
        assertThat(mia.done("release", release)).isEqualTo(mia.done("release", release));
    }

    private String idOf(String path) {
        return TestDatabase.text("select id from covibe.claims where workspace_id = '%s' and path = '%s'"
                .formatted(workspace.admin().workspaceId(), path));
    }

    private long events(String kind) {
        return TestDatabase.count("select count(*) from covibe.work_events where workspace_id = '%s' and kind = '%s'"
                .formatted(workspace.admin().workspaceId(), kind));
    }

    private static List<String> on(JsonNode claims) {
        List<String> targets = new ArrayList<>();
        claims.forEach(claim -> targets.add(claim.path("on").asText()));
        return targets;
    }
}
