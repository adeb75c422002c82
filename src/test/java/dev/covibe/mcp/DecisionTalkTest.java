package dev.covibe.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.coordination.decisions.DecisionQueries;
import dev.covibe.coordination.decisions.Decisions;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What agents want decided, and what stands decided (CRD-5). */
@QuarkusTest
class DecisionTalkTest extends TalkFixture {

    @Inject
    Decisions decisions;

    @Inject
    DecisionQueries decisionQueries;

    @Test
    void a_wanted_decision_is_decided_by_a_person_and_told_to_whoever_asked() {
        plan(codex, "Sign in with a link");
        String decision = codex.done(
                        "log",
                        Map.of(
                                "kind",
                                "decision",
                                "task",
                                "WEB-1",
                                "text",
                                "JWT or server sessions?",
                                "options",
                                List.of("JWT", "Server sessions")))
                .path("decision")
                .asText();
        assertThat(decisionQueries.wanted(ada, 10)).hasSize(1);

        decisions.decide(ada, UUID.fromString(decision), Optional.of("Server sessions"), Optional.of("Revocable."));

        assertThat(texts(inbox(codex).path("messages"))).containsExactly("Server sessions\n\nRevocable.");
        assertThat(decisionQueries.wanted(ada, 10)).isEmpty();
        JsonNode told = brief(claude).path("decisions").path(0);
        assertThat(told.path("choice").asText()).isEqualTo("Server sessions");
        assertThat(told.path("tasks").path(0).asText()).isEqualTo("WEB-1");
    }

    @Test
    void an_agent_does_not_reopen_what_is_decided_and_finds_it_by_its_words() {
        codex.done(
                "log",
                Map.of("kind", "decision", "text", "Tabs or spaces?", "choice", "Spaces", "reason", "The formatter."));

        McpClient.Result again = claude.call("log", Map.of("kind", "decision", "text", "tabs, or SPACES"));
        assertThat(again.code()).isEqualTo("decision.made");
        assertThat(again.text()).contains("Spaces", "The formatter.");
        JsonNode found = claude.done("find_work", Map.of("view", "all", "text", "formatter tabs"));
        assertThat(found.path("decisions").path(0).path("choice").asText()).isEqualTo("Spaces");
        assertThat(decisionQueries.search(fixtures.workspace().admin(), "formatter", 10))
                .isEmpty();
    }

    @Test
    void the_same_question_is_not_asked_twice_while_it_stands_open() {
        String first = codex.done("log", Map.of("kind", "decision", "text", "Which queue?"))
                .path("decision")
                .asText();

        String second = claude.done("log", Map.of("kind", "decision", "text", "which queue"))
                .path("decision")
                .asText();

        assertThat(second).isEqualTo(first);
    }
}
