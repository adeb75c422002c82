package dev.covibe.mcp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what was posted as JSON-RPC and says what is wrong with it, before the protocol library sees it: the library
 * believes the shape of a message and would fail where it is another (MCP-1).
 *
 * @param message the single message; empty for a batch or for what could not be read
 * @param fault what is wrong; empty when the library may have it
 */
record Envelope(JsonObject message, Optional<Fault> fault) {

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int INVALID_PARAMS = -32602;

    /** More messages at once than any client sends. Batches belong to revision 2025-03-26 alone. */
    private static final int LONGEST_BATCH = 50;

    /** What the library reads of a method's parameters: name to type, those with {@code !} must be there. */
    private static final Map<String, Map<String, Class<?>>> PARAMETERS = Map.of(
            "initialize",
                    Map.of(
                            "!clientInfo",
                            JsonObject.class,
                            "!protocolVersion",
                            String.class,
                            "capabilities",
                            JsonObject.class),
            "tools/call", Map.of("!name", String.class, "arguments", JsonObject.class),
            "tools/list", Map.of("cursor", String.class),
            "prompts/list", Map.of("cursor", String.class),
            "prompts/get", Map.of("!name", String.class, "arguments", JsonObject.class),
            "resources/list", Map.of("cursor", String.class),
            "resources/templates/list", Map.of("cursor", String.class),
            "resources/read", Map.of("!uri", String.class),
            "completion/complete", Map.of("!ref", JsonObject.class, "!argument", JsonObject.class),
            "logging/setLevel", Map.of("!level", String.class));

    private static final Map<String, Map<String, Class<?>>> NESTED = Map.of(
            "clientInfo", Map.of("!name", String.class, "version", String.class),
            "ref", Map.of("!type", String.class, "name", String.class, "uri", String.class),
            "argument", Map.of("!name", String.class, "!value", String.class));

    /**
     * @param id of the message at fault, where it has a valid one
     * @param status HTTP status of the answer
     */
    record Fault(Optional<Object> id, int code, String message, int status) {

        static Fault unsupported(List<String> revisions) {
            return invalid(
                    Optional.empty(), "unsupported protocol version; supported: " + String.join(", ", revisions) + ".");
        }

        JsonObject answer() {
            return new JsonObject()
                    .put("jsonrpc", "2.0")
                    .put("id", id.orElse(null))
                    .put("error", new JsonObject().put("code", code).put("message", message));
        }
    }

    static Envelope of(Buffer body) {
        Object json;
        try {
            json = body == null || body.length() == 0 ? null : Json.decodeValue(body);
        } catch (DecodeException unreadable) {
            return new Envelope(new JsonObject(), Optional.of(unreadable("the body is not valid JSON.")));
        }
        return switch (json) {
            case JsonObject message -> new Envelope(message, faultOf(message));
            case JsonArray batch -> new Envelope(new JsonObject(), faultOf(batch));
            case null -> new Envelope(new JsonObject(), Optional.of(unreadable("the body is empty.")));
            default ->
                new Envelope(new JsonObject(), Optional.of(invalid(Optional.empty(), "a message is a JSON object.")));
        };
    }

    /**
     * Whether the client only tells something. Nobody here waits for news: what a client says on one instance, "I am
     * ready" or "never mind", another one would have to know.
     */
    boolean isNotification() {
        return message.containsKey("method") && !message.containsKey("id");
    }

    boolean isRequest(String method) {
        return method.equals(message.getValue("method")) && message.containsKey("id");
    }

    JsonObject result(JsonObject result) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", message.getValue("id"))
                .put("result", result);
    }

    private static Fault unreadable(String words) {
        return new Fault(Optional.empty(), PARSE_ERROR, "Parse error: " + words, 400);
    }

    private static Optional<Fault> faultOf(JsonArray batch) {
        if (batch.isEmpty() || batch.size() > LONGEST_BATCH) {
            return Optional.of(invalid(Optional.empty(), "a batch has 1 to " + LONGEST_BATCH + " messages."));
        }
        for (Object element : batch) {
            if (!(element instanceof JsonObject message)) {
                return Optional.of(invalid(Optional.empty(), "every message of a batch is a JSON object."));
            }
            Optional<Fault> fault = faultOf(message);
            if (fault.isPresent()) {
                // One answer for the whole batch: none of it has been done.
                return fault.map(found -> new Fault(found.id(), found.code(), found.message(), 400));
            }
            if ("initialize".equals(message.getValue("method"))) {
                return Optional.of(invalid(Optional.empty(), "initialize cannot be part of a batch."));
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> faultOf(JsonObject message) {
        Object id = message.getValue("id");
        boolean idFits = id == null || id instanceof String || id instanceof Number;
        Optional<Object> known = idFits ? Optional.ofNullable(id) : Optional.empty();
        if (!"2.0".equals(message.getValue("jsonrpc"))) {
            return Optional.of(invalid(known, "jsonrpc must be \"2.0\"."));
        }
        if (!idFits || (id == null && message.containsKey("id"))) {
            return Optional.of(invalid(Optional.empty(), "an id is a string or a number."));
        }
        if (message.containsKey("result") || message.containsKey("error")) {
            return id == null
                    ? Optional.of(invalid(known, "a response needs the id of its request."))
                    : Optional.empty();
        }
        if (!(message.getValue("method") instanceof String method)) {
            return Optional.of(invalid(known, "method must be a string."));
        }
        Object params = message.getValue("params");
        if (params != null && !(params instanceof JsonObject)) {
            return Optional.of(invalid(known, "params must be an object."));
        }
        JsonObject given = params == null ? new JsonObject() : (JsonObject) params;
        return fault(given, Map.of("_meta", JsonObject.class), "")
                .or(() -> fault(given, PARAMETERS.getOrDefault(method, Map.of()), ""))
                .or(() -> nested(given))
                .map(words -> known.isPresent()
                        ? new Fault(known, INVALID_PARAMS, "Invalid params of " + method + ": " + words, 200)
                        : invalid(known, words));
    }

    private static Optional<String> nested(JsonObject params) {
        return List.of("clientInfo", "ref", "argument").stream()
                .filter(name -> params.getValue(name) instanceof JsonObject)
                .flatMap(name -> fault(params.getJsonObject(name), NESTED.get(name), name + ".").stream())
                .findFirst();
    }

    private static Optional<String> fault(JsonObject object, Map<String, Class<?>> types, String prefix) {
        for (Map.Entry<String, Class<?>> entry : types.entrySet()) {
            boolean required = entry.getKey().startsWith("!");
            String name = entry.getKey().substring(required ? 1 : 0);
            Object value = object.getValue(name);
            if (value == null ? required : !entry.getValue().isInstance(value)) {
                String type = entry.getValue() == String.class ? "a string" : "an object";
                return Optional.of(prefix + name + (value == null ? " is missing: " : " must be ") + type + ".");
            }
        }
        return Optional.empty();
    }

    private static Fault invalid(Optional<Object> id, String words) {
        return new Fault(id, INVALID_REQUEST, "Invalid request: " + words, 400);
    }
}
