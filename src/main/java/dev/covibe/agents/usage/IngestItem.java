package dev.covibe.agents.usage;

import dev.covibe.agents.SessionOutcome;
import dev.covibe.agents.Sighting;
import dev.covibe.agents.StartedBy;
import dev.covibe.agents.usage.UsageItem.GivenCost;
import dev.covibe.identity.AgentType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of items that {@code POST /api/ingest} takes. */
final class IngestItem {

    private static final int LONGEST_PLACE = 300;
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SPAN = Pattern.compile("[0-9a-f]{16}");

    private IngestItem() {}

    static void add(Batch batch, int index, Fields fields, Optional<AgentType> typed) {
        switch (fields.wanted("kind")) {
            case "usage" -> batch.add(usage(index, fields, typed));
            case "span" -> batch.add(span(index, fields, typed));
            case "session_start" -> batch.seen(index, sighting(fields, typed, true));
            case "session_seen" -> batch.seen(index, sighting(fields, typed, false));
            case "session_end" ->
                batch.ended(
                        index,
                        sighting(fields, typed, false),
                        fields.choice("outcome", SessionOutcome.values(), SessionOutcome::key, SessionOutcome.PARTIAL));
            default ->
                throw new Fields.Wrong(
                        "usage.invalid", "kind is one of usage, span, session_start, session_seen, session_end.");
        }
    }

    private static UsageItem usage(int index, Fields fields, Optional<AgentType> typed) {
        String id = fields.id();
        UsageItem.Sitting sitting = fields.sitting(typed);
        boolean failed = failed(fields);
        Optional<Long> nanos = fields.nanos("cost_usd");
        return new UsageItem(
                index,
                // Not the session: a fork repeats the calls of the session that it came from.
                Keys.of("hook", sitting.agent().key(), id),
                UsageSource.HOOK,
                sitting,
                fields.at(),
                fields.spelt("provider", Spelling::provider).orElse(""),
                fields.text("model").flatMap(Spelling::model).orElse(Spelling.UNKNOWN_MODEL),
                new Amounts(
                        1,
                        failed ? 1 : 0,
                        fields.count("input_tokens"),
                        fields.count("output_tokens"),
                        fields.count("cache_read_tokens"),
                        fields.count("cache_write_tokens"),
                        fields.count("reasoning_tokens")),
                nanos.<GivenCost>map(GivenCost.Reported::new).orElse(UsageItem.UNKNOWN_COST),
                fields.optionalCount("latency_ms"),
                failed ? fields.text("error_class").flatMap(Spelling::errorClass) : Optional.empty());
    }

    private static boolean failed(Fields fields) {
        return fields.choice("status", SpanItem.Status.values(), SpanItem.Status::key, SpanItem.Status.UNSET)
                == SpanItem.Status.ERROR;
    }

    private static SpanItem span(int index, Fields fields, Optional<AgentType> typed) {
        SpanItem.Status status =
                fields.choice("status", SpanItem.Status.values(), SpanItem.Status::key, SpanItem.Status.UNSET);
        return new SpanItem(
                index,
                hex(fields, "trace_id", TRACE)
                        .orElseThrow(() -> new Fields.Wrong("usage.invalid", "trace_id is missing.")),
                hex(fields, "span_id", SPAN)
                        .orElseThrow(() -> new Fields.Wrong("usage.invalid", "span_id is missing.")),
                hex(fields, "parent_span_id", SPAN),
                fields.sitting(typed),
                fields.at(),
                fields.count("duration_ms"),
                fields.choice(
                        "operation", SpanItem.Operation.values(), SpanItem.Operation::key, SpanItem.Operation.OTHER),
                fields.text("tool").flatMap(Spelling::tool),
                fields.text("provider").flatMap(Spelling::provider),
                fields.text("model").flatMap(Spelling::model),
                status,
                status == SpanItem.Status.ERROR
                        ? fields.text("error_class").flatMap(Spelling::errorClass)
                        : Optional.empty());
    }

    private static Optional<String> hex(Fields fields, String name, Pattern form) {
        return fields.text(name).map(text -> {
            String lower = text.toLowerCase(Locale.ROOT);
            if (!form.matcher(lower).matches()) {
                throw new Fields.Wrong("usage.invalid", name + " has the wrong number of hexadecimal digits.");
            }
            return lower;
        });
    }

    private static Sighting sighting(Fields fields, Optional<AgentType> typed, boolean begins) {
        String external = fields.spelt("session", Spelling::externalId)
                .orElseThrow(() -> new Fields.Wrong("usage.invalid", "session is missing."));
        return new Sighting(
                new Sighting.Name(fields.agent(typed), external),
                StartedBy.HOOK,
                fields.at(),
                fields.at(),
                begins,
                fields.text("agent_version").flatMap(Spelling::version),
                fields.text("model").flatMap(Spelling::model),
                fields.text("repository"),
                place(fields, "branch"),
                place(fields, "worktree"),
                fields.spelt("parent", Spelling::externalId));
    }

    /** Names of branches and worktrees, never paths of a machine. */
    private static Optional<String> place(Fields fields, String name) {
        return fields.text(name).map(text -> {
            boolean fits = text.length() <= LONGEST_PLACE
                    && !text.startsWith("/")
                    && !text.startsWith("~")
                    && text.indexOf('\\') < 0
                    && text.indexOf(':') < 0
                    && text.chars().noneMatch(Character::isISOControl);
            if (!fits) {
                throw new Fields.Wrong("usage.invalid", name + " is a name and no path.");
            }
            return text;
        });
    }
}
