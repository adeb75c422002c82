package dev.covibe.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Makes answers out of records. */
@Singleton
class Answers {

    private final ObjectMapper json;

    Answers(ObjectMapper json) {
        this.json = json;
    }

    /** @param structured a record or map; empty optionals in a map are left out */
    Answer of(Map<String, ?> structured, String text) {
        ObjectNode object = json.createObjectNode();
        structured.forEach((name, value) -> {
            if (!(value instanceof Optional<?> optional && optional.isEmpty())) {
                object.set(name, json.valueToTree(value));
            }
        });
        return new Answer(object, text);
    }
}
