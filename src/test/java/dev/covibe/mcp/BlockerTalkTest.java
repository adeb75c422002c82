package dev.covibe.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.coordination.blockers.BlockerQueries;
import dev.covibe.coordination.blockers.Blockers;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What holds an agent up, and who answers it (CRD-4). */
@QuarkusTest
class BlockerTalkTest extends TalkFixture {

    @Inject
    Blockers blockers;

    @Inject
    BlockerQueries blockerQueries;

    @Test
    void a_blocker_is_answered_by_a_person_and_arrives_exactly_once_until_it_is_acknowledged() {
        plan(codex, "Rotate signing keys");
        codex.done("take_task", Map.of("task", "WEB-1"));
        String blocker = codex.done(
                        "log",
                        Map.of(
                                "kind",
                                "blocker",
                                "text",
                                "I cannot read the vault.",
                                "cause",
                                "access",
                                "needs",
                                "@ada"))
                .path("blocker")
                .asText();
        assertThat(person(ada)).containsExactly("I cannot read the vault.");
        assertThat(brief(codex).path("blockers").path(0).path("id").asText()).isEqualTo(blocker);

        blockers.resolve(ada, UUID.fromString(blocker), "You can now.");

        for (int look = 0; look < 3; look++) {
            JsonNode waiting = inbox(codex).path("messages");
            assertThat(waiting).hasSize(1);
            assertThat(waiting.path(0).path("text").asText()).startsWith("You can now.");
            assertThat(brief(codex).path("messages")).hasSize(1);
        }
        assertThat(brief(codex).path("blockers")).isEmpty();
        acknowledge(codex, inbox(codex).path("messages").path(0));
        assertThat(inbox(codex).path("messages")).isEmpty();
        assertThat(brief(codex).path("messages")).isEmpty();
    }

    @Test
    void a_blocker_is_answered_once() {
        plan(codex, "Rotate signing keys");
        codex.done("log", Map.of("kind", "blocker", "task", "WEB-1", "text", "Which vault?"));
        claude.done("log", Map.of("kind", "unblock", "task", "WEB-1", "text", "The new one."));

        assertThat(claude.call("log", Map.of("kind", "unblock", "task", "WEB-1", "text", "The old one."))
                        .code())
                .isEqualTo("blocker.none-open");
        assertThat(blockerQueries.open(ada, 10)).isEmpty();
        assertThat(texts(inbox(codex).path("messages"))).hasSize(1);
    }

    @Test
    void of_several_blockers_one_must_be_named() {
        plan(codex, "Rotate signing keys");
        codex.done("log", Map.of("kind", "blocker", "task", "WEB-1", "text", "Which vault?"));
        codex.done("log", Map.of("kind", "blocker", "task", "WEB-1", "text", "Which key?"));

        McpClient.Result refused =
                claude.call("log", Map.of("kind", "unblock", "task", "WEB-1", "text", "The new one."));

        assertThat(refused.code()).isEqualTo("blocker.several");
        assertThat(refused.next()).contains("\"id\":");
    }

    @Test
    void a_closed_task_is_held_up_by_nothing() {
        plan(codex, "Rotate signing keys");
        codex.done("log", Map.of("kind", "blocker", "task", "WEB-1", "text", "Which vault?"));
        codex.done("finish", Map.of("task", "WEB-1", "outcome", "cancelled", "summary", "Not needed."));

        assertThat(blockerQueries.open(ada, 10)).isEmpty();
        assertThat(codex.call("log", Map.of("kind", "blocker", "task", "WEB-1", "text", "Again."))
                        .code())
                .isEqualTo("blocker.task-closed");
    }
}
