package dev.covibe.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.covibe.platform.problem.Refusal;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * The one place where MCP turns a refusal into words (MCP-4): code and sentence, the object in the way, and the next
 * call to make. Never structured content: strict clients would hold it against the tool's output schema.
 */
@Singleton
class ToolErrors {

    private final ObjectMapper json;

    ToolErrors(ObjectMapper json) {
        this.json = json;
    }

    String text(ToolShape shape, Map<String, Object> given, Refusal refusal) {
        JsonNode details = slim(json.valueToTree(refusal.details()));
        StringBuilder text = new StringBuilder(refusal.code()).append(": ").append(refusal.getMessage());
        if (!details.isEmpty()) {
            text.append("\nconflict: ").append(write(details));
        }
        return text.append("\nnext: ")
                .append(new NextCall(this::write, shape, given, refusal, details).text())
                .toString();
    }

    /** Candidates keep what an agent decides by; a signal is its words. */
    private static JsonNode slim(JsonNode details) {
        for (JsonNode candidate : details.path("candidates")) {
            ObjectNode kept = (ObjectNode) candidate;
            kept.remove("owner_id");
            kept.put("score", Math.round(kept.path("score").asDouble() * 100) / 100.0);
            ArrayNode words = kept.arrayNode();
            candidate.path("signals").forEach(signal -> words.add(signal.path("text")));
            kept.set("signals", words);
        }
        return details;
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A refusal cannot be written.", failure);
        }
    }
}
