package dev.covibe.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every agent pays for before it does anything: pinned. */
@QuarkusTest
class ToolListTest {

    /** What all 14 tools may cost (MCP-3). */
    private static final int MOST_TOKENS = 2_500;

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    private JsonNode tools() {
        return McpClient.at(endpoint, fixtures.workspace().token())
                .request("tools/list", Map.of())
                .path("result")
                .path("tools");
    }

    @Test
    void the_tools_are_exactly_these_in_the_order_of_work() {
        List<String> names = new ArrayList<>();
        tools().forEach(tool -> names.add(tool.path("name").asText()));
        assertThat(names)
                .containsExactly(
                        "start_session",
                        "check_overlap",
                        "plan",
                        "find_work",
                        "take_task",
                        "claim",
                        "release",
                        "log",
                        "finish",
                        "send_message",
                        "inbox",
                        "report_usage",
                        "end_session",
                        "summary");
    }

    @Test
    void the_list_stays_within_its_budget() {
        int characters = tools().toString().length();
        assertThat(characters / 4).as("tokens of tools/list").isLessThanOrEqualTo(MOST_TOKENS);
    }

    @Test
    void every_argument_says_in_one_line_what_it_is() {
        for (JsonNode tool : tools()) {
            assertThat(tool.path("description").asText()).isNotBlank();
            tool.path("inputSchema").path("properties").properties().forEach(argument -> assertThat(
                            argument.getValue().path("description").asText())
                    .as(tool.path("name") + "." + argument.getKey())
                    .isNotBlank()
                    .doesNotContain("\n"));
            assertThat(tool.path("outputSchema").path("type").asText()).isEqualTo("object");
        }
    }

    @Test
    void mutating_tools_and_only_they_take_an_idempotency_key() {
        for (JsonNode tool : tools()) {
            boolean readOnly = tool.path("annotations").path("readOnlyHint").asBoolean();
            assertThat(tool.path("inputSchema").path("properties").has("idempotency_key"))
                    .as(tool.path("name").asText())
                    .isEqualTo(!readOnly);
        }
    }

    @Test
    void the_instructions_have_at_most_200_words() {
        assertThat(Instructions.TEXT.strip().split("\\s+")).hasSizeLessThanOrEqualTo(200);
    }
}
