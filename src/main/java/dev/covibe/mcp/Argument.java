package dev.covibe.mcp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One argument of a tool. Arguments are flat: text, a list of texts, a whole number, yes or no, or one of a few words.
 *
 * @param description one line; every character of it is paid for by every agent (MCP-3)
 * @param choices what a {@link Kind#CHOICE} may be; else empty
 */
record Argument(String name, Kind kind, boolean required, String description, List<String> choices) {

    enum Kind {
        TEXT,
        TEXTS,
        NUMBER,
        FLAG,
        CHOICE
    }

    static Argument text(String name, String description) {
        return new Argument(name, Kind.TEXT, false, description, List.of());
    }

    static Argument texts(String name, String description) {
        return new Argument(name, Kind.TEXTS, false, description, List.of());
    }

    static Argument number(String name, String description) {
        return new Argument(name, Kind.NUMBER, false, description, List.of());
    }

    static Argument flag(String name, String description) {
        return new Argument(name, Kind.FLAG, false, description, List.of());
    }

    static Argument choice(String name, String description, String... choices) {
        return new Argument(name, Kind.CHOICE, false, description, List.of(choices));
    }

    Argument wanted() {
        return new Argument(name, kind, true, description, choices);
    }

    JsonObject schema() {
        JsonObject schema =
                switch (kind) {
                    case TEXT -> new JsonObject().put("type", "string");
                    case TEXTS -> new JsonObject().put("type", "array").put("items", JsonObject.of("type", "string"));
                    case NUMBER -> new JsonObject().put("type", "integer");
                    case FLAG -> new JsonObject().put("type", "boolean");
                    case CHOICE -> new JsonObject().put("type", "string").put("enum", new JsonArray(choices));
                };
        return schema.put("description", description);
    }

    /** What the argument takes, for an error message. */
    String wants() {
        return switch (kind) {
            case TEXT -> "a string";
            case TEXTS -> "an array of strings";
            case NUMBER -> "a whole number";
            case FLAG -> "true or false";
            case CHOICE -> "one of " + String.join(", ", choices);
        };
    }
}
