package dev.covibe.agents.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.covibe.identity.AgentType;
import dev.covibe.platform.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a JSON batch item by item as it streams by. Of each item only the fields that are named here are ever looked at;
 * everything else is skipped unread, whatever it holds.
 */
@ApplicationScoped
class IngestReader {

    static final int MOST_ITEMS = 5_000;

    private static final Set<String> FIELDS = Set.of(
            "kind",
            "id",
            "at",
            "agent",
            "session",
            "session_id",
            "model",
            "provider",
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_write_tokens",
            "reasoning_tokens",
            "cost_usd",
            "latency_ms",
            "status",
            "error_class",
            "trace_id",
            "span_id",
            "parent_span_id",
            "operation",
            "tool",
            "duration_ms",
            "repository",
            "branch",
            "worktree",
            "agent_version",
            "parent",
            "outcome");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build();

    /**
     * @param typed what the token says of the agent; it knows better than the item
     * @throws Refusal.Invalid {@code request.malformed}, {@code ingest.items-wanted}, {@code ingest.too-many}
     */
    Batch read(byte[] body, Optional<AgentType> typed) {
        Batch batch = new Batch();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw itemsWanted();
            }
            boolean found = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean items = parser.currentName().equals("items");
                if (parser.nextToken() == JsonToken.START_ARRAY && items) {
                    found = true;
                    items(parser, batch, typed);
                } else {
                    parser.skipChildren();
                }
            }
            if (!found) {
                throw itemsWanted();
            }
        } catch (IOException unreadable) {
            throw Refusal.invalid("request.malformed", "The body is not valid JSON.");
        }
        return batch;
    }

    private static Refusal itemsWanted() {
        return Refusal.invalid("ingest.items-wanted", "Send an object with an array of items: {\"items\": [...]}.");
    }

    private static void items(JsonParser parser, Batch batch, Optional<AgentType> typed) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (batch.size() == MOST_ITEMS) {
                throw Refusal.invalid("ingest.too-many", "A batch has at most " + MOST_ITEMS + " items.");
            }
            int index = batch.next();
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                batch.refuse(index, "usage.invalid", "An item is an object.");
                continue;
            }
            fields.clear();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isScalarValue() && value != JsonToken.VALUE_NULL && FIELDS.contains(name)) {
                    fields.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            try {
                IngestItem.add(batch, index, new Fields(fields), typed);
            } catch (Fields.Wrong wrong) {
                batch.refuse(index, wrong.code(), wrong.getMessage());
            }
        }
    }
}
