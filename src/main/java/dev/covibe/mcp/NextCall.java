package dev.covibe.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.platform.problem.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What an agent should call after a refusal, ready to be sent where that can be known. */
record NextCall(
        Function<Object, String> json, ToolShape shape, Map<String, Object> given, Refusal refusal, JsonNode details) {

    String text() {
        return switch (refusal.code()) {
            case "overlap.confirmation-required" -> confirm();
            case "task.already-taken", "task.ended", "task.status-change" ->
                call("find_work", Map.of("view", "ready")) + " and take another task";
            case "task.none-ready" -> call("find_work", Map.of("view", "blocked")) + ", or plan new work with plan";
            case "task.blocked" ->
                call(
                                "take_task",
                                Map.of("task", details.path("waits_for").path(0).asText())) + ", which must end first";
            case "task.unknown" -> call("find_work", Map.of("view", "all")) + " to see the keys of tasks";
            case "task.wanted" -> call("find_work", Map.of("view", "mine")) + " and name the task";
            case "session.unknown", "session.ended", "session.wanted" ->
                call("start_session", Map.of("repository", given.getOrDefault("repository", "<git remote>")));
            case "message.unknown" -> call("inbox", Map.of()) + " to see what waits for you";
            case "blocker.several" ->
                with("id", details.path("blockers").path(0).path("id").asText());
            case "blocker.resolved", "blocker.none-open" -> call("inbox", Map.of()) + ": the answer may be there";
            case "decision.made" ->
                "go on with this choice; if it is wrong, "
                        + call(
                                "send_message",
                                Map.of(
                                        "to",
                                        List.of("@" + details.path("decided_by").asText()),
                                        "text",
                                        "<why it should be decided anew>"));
            case "claim.held" ->
                "work elsewhere, or ask: " + message() + "; if it cannot wait, "
                        + with("override", "<why it cannot wait>");
            case "claim.not-yours" -> message();
            case "claim.unknown" -> call("release", Map.of()) + " to release all that your session holds";
            case "idempotency.key-reused" -> "call " + shape.name() + " again with a new idempotency_key";
            case "cursor.invalid" -> again("cursor");
            default -> byKind();
        };
    }

    private String byKind() {
        return switch (refusal) {
            case Refusal.Invalid _ ->
                "call " + shape.name() + " again, corrected; it takes "
                        + String.join(
                                ", ",
                                shape.arguments().stream()
                                        .map(argument -> argument.name() + (argument.required() ? "" : "?"))
                                        .toList());
            case Refusal.NotFound _ -> call("find_work", Map.of("view", "all")) + " to see what there is";
            case Refusal.Conflict _ -> call("find_work", Map.of("view", "mine")) + " to see how things stand";
            case Refusal.Forbidden _ -> "ask the person you work for";
            case Refusal.TooMany tooMany ->
                "wait " + tooMany.retryAfterSeconds() + " seconds, then call " + shape.name() + " again";
        };
    }

    /** The same call with every candidate confirmed that asks for it; or the work that is there already. */
    private String confirm() {
        List<String> ids = new ArrayList<>();
        JsonNode first = details.path("candidates").path(0);
        for (JsonNode candidate : details.path("candidates")) {
            if (candidate.path("escalates").asBoolean()) {
                first = ids.isEmpty() ? candidate : first;
                ids.add(candidate.path("id").asText());
            }
        }
        Map<String, Object> confirmed = new LinkedHashMap<>(given);
        confirmed.put("confirm", ids);
        confirmed.put("confirm_reason", "<why this is other work>");
        String instead = first.path("kind").asText().equals("claim")
                ? "ask @" + first.path("owner").asText() + " first; or, if you agree, "
                : "join " + first.path("key").asText() + " instead of planning it twice; or, if it is other work, ";
        return instead + call(shape.name(), confirmed);
    }

    private String message() {
        return call(
                "send_message",
                Map.of("to", List.of("@" + details.path("holder").asText("<holder>")), "text", "<what you need>"));
    }

    private String with(String argument, String value) {
        Map<String, Object> more = new LinkedHashMap<>(given);
        more.put(argument, value);
        return call(shape.name(), more);
    }

    private String again(String without) {
        Map<String, Object> less = new LinkedHashMap<>(given);
        less.remove(without);
        return call(shape.name(), less);
    }

    private String call(String tool, Map<String, ?> arguments) {
        return tool + " " + json.apply(arguments);
    }
}
