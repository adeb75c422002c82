package dev.covibe.mcp;

import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client sees of a tool. Written by hand and short, because every agent pays for it in every conversation
 * (MCP-3): a schema generated from the answer's records would cost ten times as much and tell an agent no more.
 *
 * @param results what the structured answer has, by name
 */
record ToolShape(String name, String description, Effect effect, List<Argument> arguments, List<String> results) {

    static final String IDEMPOTENCY_KEY = "idempotency_key";
    static final String SESSION = "session";

    /** What a call does to the world, told truthfully in the annotations. Nothing here destroys: history stays. */
    enum Effect {
        /** Changes nothing. */
        READS(true, true),
        /** Changes something, and again when called again. */
        ADDS(false, false),
        /** Changes something once; called again it changes nothing more. */
        SETTLES(false, true);

        private final boolean readOnly;
        private final boolean repeatable;

        Effect(boolean readOnly, boolean repeatable) {
            this.readOnly = readOnly;
            this.repeatable = repeatable;
        }
    }

    ToolShape {
        List<Argument> all = new ArrayList<>(arguments);
        if (effect != Effect.READS) {
            all.add(Argument.text(IDEMPOTENCY_KEY, "Safe repeat"));
        }
        arguments = List.copyOf(all);
        results = List.copyOf(results);
    }

    boolean writes() {
        return effect != Effect.READS;
    }

    Optional<Argument> argument(String wanted) {
        return arguments.stream()
                .filter(argument -> argument.name().equals(wanted))
                .findFirst();
    }

    ToolAnnotations annotations() {
        return new ToolAnnotations(null, effect.readOnly, false, effect.repeatable, false);
    }

    JsonObject inputSchema() {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        for (Argument argument : arguments) {
            properties.put(argument.name(), argument.schema());
            if (argument.required()) {
                required.add(argument.name());
            }
        }
        JsonObject schema = new JsonObject().put("type", "object").put("properties", properties);
        return required.isEmpty() ? schema : schema.put("required", required);
    }

    /** Names only: what they hold and what must be there is in the documentation, and costs an agent nothing. */
    JsonObject outputSchema() {
        JsonObject properties = new JsonObject();
        results.forEach(result -> properties.put(result, new JsonObject()));
        return new JsonObject().put("type", "object").put("properties", properties);
    }

    /** The tool as {@code tools/list} shows it. Of the hints, those that say what a call
     * changes. */
    JsonObject listed() {
        JsonObject annotations = new JsonObject();
        if (effect.readOnly) {
            annotations.put("readOnlyHint", true);
        } else {
            annotations.put("destructiveHint", false);
            if (effect.repeatable) {
                annotations.put("idempotentHint", true);
            }
        }
        return new JsonObject()
                .put("name", name)
                .put("description", description)
                .put("annotations", annotations)
                .put("inputSchema", inputSchema())
                .put("outputSchema", outputSchema());
    }
}
