package dev.covibe.agents.telemetry;

import dev.covibe.agents.Sighting;
import dev.covibe.agents.telemetry.Signal.Temporality;
import dev.covibe.agents.usage.Batch;
import dev.covibe.agents.usage.Keys;
import dev.covibe.agents.usage.MetricPoint;
import dev.covibe.agents.usage.MetricPoint.Measure;
import dev.covibe.agents.usage.Spelling;
import dev.covibe.agents.usage.UsageItem;
import dev.covibe.identity.AgentType;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What one request of metrics says. */
final class MetricsReport {

    private final Optional<AgentType> typed;
    private final Batch batch = new Batch();
    private final Map<Place, MetricPoint> points = new LinkedHashMap<>();
    private final Map<Sighting.Name, Sighting> signs = new HashMap<>();
    private int unknown;

    /** @param typed what the token says of the agent */
    MetricsReport(Optional<AgentType> typed) {
        this.typed = typed;
    }

    private record Place(UUID series, Instant start, Instant at) {}

    void add(Signal.Point point) {
        Optional<Vendor> vendor = Vendor.ofMetric(point.metric());
        if (vendor.isEmpty()) {
            // Gemini CLI counts the same tokens under these names once more.
            unknown += point.metric().startsWith("gen_ai.") ? 0 : 1;
            return;
        }
        Attributes attributes = point.attributes();
        UsageItem.Sitting sitting = Telemetry.sitting(vendor.get().agent(), typed, attributes);
        Optional<Measure> measure = vendor.get().measure(point.metric(), attributes);
        if (measure.isEmpty()) {
            point.at().ifPresent(at -> sign(sitting, at, attributes));
            return;
        }
        int index = batch.next();
        String fault = fault(point);
        if (!fault.isEmpty()) {
            batch.refuse(index, "usage.invalid", point.metric().replaceAll("[^a-z_.]", "") + " " + fault);
            return;
        }
        UUID series = Keys.of(
                point.metric(),
                attributes.identity(
                        "session.id",
                        "conversation.id",
                        "model",
                        "type",
                        "token_type",
                        "query_source",
                        "effort",
                        "speed"));
        Instant at = point.at().orElseThrow();
        Place place = new Place(series, point.start().orElse(Instant.EPOCH), at);
        MetricPoint one = new MetricPoint(
                index,
                series,
                sitting,
                place.start(),
                at,
                point.temporality() == Temporality.CUMULATIVE,
                point.value().orElseThrow(),
                measure.get(),
                vendor.get().provider(),
                attributes.text("model").flatMap(Spelling::model).orElse(Spelling.UNKNOWN_MODEL),
                vendor.get().isPricedByBook());
        // Counters that differ only in attributes which are not read are one counter here.
        points.merge(place, one, (known, other) -> known.plus(other.value()));
    }

    private static String fault(Signal.Point point) {
        if (point.temporality() == Temporality.UNSAID) {
            return "is neither a delta nor cumulative";
        }
        if (point.at().isEmpty()) {
            return "has no time";
        }
        if (point.value().isEmpty()) {
            return "has no number";
        }
        return point.value().get().signum() < 0 ? "is negative" : "";
    }

    private void sign(UsageItem.Sitting sitting, Instant at, Attributes attributes) {
        Telemetry.sign(sitting, at, attributes).ifPresent(sign -> signs.merge(sign.name(), sign, Sighting::and));
    }

    Batch batch() {
        points.values().forEach(batch::add);
        signs.values().forEach(sign -> batch.seen(batch.next(), sign));
        return batch;
    }

    /** For people; empty when all was understood. */
    String remark() {
        return unknown == 0 ? "" : "Ignored " + unknown + " points of metrics that are not known here.";
    }
}
