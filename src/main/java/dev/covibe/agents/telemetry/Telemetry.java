package dev.covibe.agents.telemetry;

import dev.covibe.agents.Sighting;
import dev.covibe.agents.StartedBy;
import dev.covibe.agents.usage.Batch;
import dev.covibe.agents.usage.Ledger;
import dev.covibe.agents.usage.Spelling;
import dev.covibe.agents.usage.UsageItem;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** OpenTelemetry as agents send it (AGT-3), taken into the books. */
@ApplicationScoped
class Telemetry {

    private static final int MOST_FAULTS_SHOWN = 3;

    private final Ledger ledger;

    Telemetry(Ledger ledger) {
        this.ledger = ledger;
    }

    /** How OTLP's requests are written. */
    enum Encoding {
        PROTOBUF,
        JSON
    }

    /**
     * @param rejected items that were understood and refused
     * @param message why, for people; empty when there is nothing to say
     */
    record Outcome(long rejected, String message) {}

    Outcome metrics(Caller caller, byte[] body, Encoding encoding) {
        MetricsReport report = new MetricsReport(type(caller));
        switch (encoding) {
            case PROTOBUF -> ProtobufReader.metrics(body, report::add);
            case JSON -> JsonReader.metrics(body, report::add);
        }
        return entered(caller, report.batch(), report.remark());
    }

    Outcome logs(Caller caller, byte[] body, Encoding encoding) {
        LogsReport report = new LogsReport(type(caller));
        switch (encoding) {
            case PROTOBUF -> ProtobufReader.logs(body, report::add);
            case JSON -> JsonReader.logs(body, report::add);
        }
        return entered(caller, report.batch(), "");
    }

    Outcome traces(Caller caller, byte[] body, Encoding encoding) {
        TracesReport report = new TracesReport(type(caller));
        switch (encoding) {
            case PROTOBUF -> ProtobufReader.traces(body, report::add);
            case JSON -> JsonReader.traces(body, report::add);
        }
        return entered(caller, report.batch(), "");
    }

    private static Optional<AgentType> type(Caller caller) {
        return caller.token().flatMap(Caller.Token::agentType);
    }

    private Outcome entered(Caller caller, Batch batch, String remark) {
        ledger.enter(caller, batch);
        String faults = batch.verdicts().stream()
                .flatMap(verdict -> verdict.message().stream())
                .distinct()
                .limit(MOST_FAULTS_SHOWN)
                .collect(Collectors.joining("; "));
        return new Outcome(
                batch.count(Batch.Status.REFUSED),
                faults.isEmpty() ? remark : faults + (remark.isEmpty() ? "" : "; " + remark));
    }

    /** A typed token knows better than the payload which agent it is (IDN-7). */
    static UsageItem.Sitting sitting(AgentType vendor, Optional<AgentType> typed, Attributes attributes) {
        return new UsageItem.Sitting(
                typed.orElse(vendor),
                attributes
                        .first("session.id", "conversation.id", "gen_ai.conversation.id")
                        .flatMap(Spelling::externalId),
                Optional.empty());
    }

    /** That the session was there; empty when nobody said which. */
    static Optional<Sighting> sign(UsageItem.Sitting sitting, Instant at, Attributes attributes) {
        return sitting.external()
                .map(external -> new Sighting(
                        new Sighting.Name(sitting.agent(), external),
                        StartedBy.TELEMETRY,
                        at,
                        at,
                        false,
                        attributes.first("app.version", "service.version").flatMap(Spelling::version),
                        attributes.text("model").flatMap(Spelling::model),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
