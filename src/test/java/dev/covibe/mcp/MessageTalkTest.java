package dev.covibe.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.coordination.messages.MessagePriority;
import dev.covibe.coordination.messages.Messages;
import dev.covibe.coordination.messages.NewMessage;
import dev.covibe.coordination.messages.Reader;
import dev.covibe.identity.Caller;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What agents and people tell one another while they work (CRD-2). */
@QuarkusTest
class MessageTalkTest extends TalkFixture {

    @Inject
    Messages messages;

    @Test
    void peeking_changes_nothing_and_acknowledging_ends_it() {
        say(codex, "@ada", "The schema changes tonight.");

        assertThat(texts(inbox(claude).path("messages"))).containsExactly("The schema changes tonight.");
        assertThat(texts(brief(claude).path("messages"))).containsExactly("The schema changes tonight.");
        assertThat(inbox(claude).path("unread").asInt()).isEqualTo(1);

        acknowledge(claude, inbox(claude).path("messages").path(0));

        assertThat(inbox(claude).path("unread").asInt()).isZero();
        assertThat(brief(claude).path("messages")).isEmpty();
        assertThat(claude.done("inbox", Map.of("unread_only", false)).path("messages"))
                .hasSize(1);
    }

    @Test
    void what_an_agent_acknowledged_still_waits_for_its_person() {
        say(codex, "@ada", "Please rotate the key.");
        acknowledge(claude, inbox(claude).path("messages").path(0));

        assertThat(person(ada)).containsExactly("Please rotate the key.");
        messages.acknowledge(
                ada,
                Reader.of(ada),
                letters.unread(ada, Reader.of(ada), 5).messages().stream()
                        .map(message -> message.id())
                        .toList());
        assertThat(person(ada)).isEmpty();
    }

    @Test
    void a_message_to_an_agent_waits_for_its_next_session() {
        McpClient.Result toNobody =
                codex.call("send_message", Map.of("to", List.of("@ada/gemini-cli"), "text", "Mind the tests."));

        assertThat(toNobody.structured().path("reached")).isEmpty();
        assertThat(toNobody.structured().path("unreached").path(0).path("why").asText())
                .contains("No gemini-cli of @ada");
        assertThat(toNobody.text()).contains("reached nobody");
        assertThat(inbox(claude).path("messages")).isEmpty();
        assertThat(texts(inbox(open(adasToken, "gemini")).path("messages"))).containsExactly("Mind the tests.");
    }

    @Test
    void a_task_without_followers_says_so() {
        plan(codex, "Show invoices as PDF");

        JsonNode sent = say(claude, "WEB-1", "Which font?");
        assertThat(sent.path("reached").path(0).asText())
                .isEqualTo("@" + workspace.admin().handle());

        codex.done("take_task", Map.of("task", "WEB-1"));
        say(claude, "WEB-1", "Which size?");
        assertThat(texts(inbox(codex).path("messages"))).containsExactlyInAnyOrder("Which font?", "Which size?");

        Caller lonely = fixtures.workspace().admin();
        Messages.Sent alone = messages.send(
                lonely,
                new NewMessage(
                        List.of("workspace"), "Anybody?", Optional.empty(), MessagePriority.NORMAL, Optional.empty()));
        assertThat(alone.reached()).isEmpty();
        assertThat(alone.unreached().getFirst().why()).isEqualTo("You are alone in this workspace.");
    }

    @Test
    void a_message_to_the_workspace_reaches_every_session_and_person_but_the_sender() {
        JsonNode sent = say(codex, "workspace", "Release at noon.");

        assertThat(texts(inbox(claude).path("messages"))).containsExactly("Release at noon.");
        assertThat(inbox(codex).path("messages")).isEmpty();
        assertThat(person(ada)).containsExactly("Release at noon.");
        assertThat(person(workspace.admin())).containsExactly("Release at noon.");
        assertThat(sent.path("reached").toString()).contains("@ada / claude-code", "@ada\"");
    }

    @Test
    void a_message_to_a_session_that_is_over_goes_to_its_owner() {
        String session = brief(claude).path("session").path("id").asText();
        say(codex, session, "Before the end.");
        claude.done("end_session", Map.of("outcome", "done"));
        JsonNode late = say(codex, session, "After the end.");

        assertThat(late.path("reached").path(0).asText()).isEqualTo("@ada");
        assertThat(person(ada)).containsExactly("Before the end.", "After the end.");
        McpClient next = open(adasToken, "claude");
        assertThat(texts(inbox(next).path("messages"))).containsExactly("Before the end.", "After the end.");
        acknowledge(next, inbox(next).path("messages").path(0));
        assertThat(texts(inbox(next).path("messages"))).containsExactly("After the end.");
        assertThat(person(ada)).containsExactly("After the end.");
    }

    @Test
    void a_silent_session_does_not_keep_a_message_from_the_next_one() {
        String session = brief(claude).path("session").path("id").asText();
        say(codex, session, "Are you there?");
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.agent_sessions set last_seen_at = now() - interval '1 hour' where id = '" + session
                        + "'");

        McpClient next = open(adasToken, "claude");

        assertThat(texts(inbox(next).path("messages"))).containsExactly("Are you there?");
    }

    @Test
    void a_thread_has_one_order_and_a_reply_finds_whoever_wrote() throws Exception {
        String first = say(codex, "@ada", "0").path("message").asText();
        List<Callable<JsonNode>> replies = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            String text = String.valueOf(i);
            replies.add(() -> claude.done("send_message", Map.of("to", List.of(), "text", text, "reply_to", first)));
        }
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var reply : pool.invokeAll(replies)) {
                reply.get();
            }
        }

        var thread = letters.thread(ada, UUID.fromString(first));
        assertThat(thread.messages()).hasSize(21);
        for (int i = 0; i < 21; i++) {
            assertThat(thread.messages().get(i).message().place()).isEqualTo(i + 1);
        }
        assertThat(inbox(codex).path("unread").asInt()).isEqualTo(20);
    }

    @Test
    void sending_twice_with_one_key_sends_once() {
        Map<String, Object> call = new HashMap<>(
                Map.of("to", List.of("@ada"), "text", "Once.", "idempotency_key", "k-" + UUID.randomUUID()));
        String first = codex.done("send_message", call).path("message").asText();

        assertThat(codex.done("send_message", call).path("message").asText()).isEqualTo(first);
        assertThat(inbox(claude).path("unread").asInt()).isEqualTo(1);
    }

    @Test
    void nobody_acknowledges_what_was_not_sent_to_them() {
        say(claude, "@" + workspace.admin().handle(), "For Lin alone.");
        String id = inbox(codex).path("messages").path(0).path("id").asText();

        McpClient.Result refused = claude.call("inbox", Map.of("acknowledge", List.of(id)));

        assertThat(refused.code()).isEqualTo("message.unknown");
        assertThat(inbox(codex).path("unread").asInt()).isEqualTo(1);
    }

    @Test
    void an_outsider_cannot_learn_that_a_message_exists() {
        String id = say(codex, "@ada", "Secret.").path("message").asText();
        McpClient stranger = open(fixtures.workspace().token(), "codex");

        assertThat(stranger.call("inbox", Map.of("acknowledge", List.of(id))).code())
                .isEqualTo("message.unknown");
        McpClient.Result reply =
                stranger.call("send_message", Map.of("to", List.of("workspace"), "text", "Hello", "reply_to", id));
        assertThat(reply.code()).isEqualTo("message.unknown");
    }
}
