package dev.covibe.agents.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.agents.SessionOutcome;
import dev.covibe.agents.Sighting;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one request brings, and what became of each item of it. A bad item never costs the good ones. */
public final class Batch {

    final List<UsageItem> usage = new ArrayList<>();
    final List<MetricPoint> points = new ArrayList<>();
    final List<SpanItem> spans = new ArrayList<>();
    final List<SightingItem> sightings = new ArrayList<>();
    final List<EndItem> ends = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();

    record SightingItem(int index, Sighting sighting) {}

    record EndItem(int index, Sighting sighting, SessionOutcome outcome) {}

    /** What became of an item. */
    public enum Status {
        ACCEPTED,
        /** It was here before; nothing was counted again. */
        DUPLICATE,
        REFUSED;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param code stable, for programs
     * @param message for people
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Verdict(Status status, Optional<String> code, Optional<String> message) {
        static final Verdict ACCEPTED = new Verdict(Status.ACCEPTED, Optional.empty(), Optional.empty());
        static final Verdict DUPLICATE = new Verdict(Status.DUPLICATE, Optional.empty(), Optional.empty());
    }

    /** A new item; answers its index. */
    public int next() {
        verdicts.add(Verdict.ACCEPTED);
        return verdicts.size() - 1;
    }

    public void refuse(int index, String code, String message) {
        verdicts.set(index, new Verdict(Status.REFUSED, Optional.of(code), Optional.of(message)));
    }

    void duplicate(int index) {
        verdicts.set(index, Verdict.DUPLICATE);
    }

    public void add(UsageItem item) {
        usage.add(item);
    }

    public void add(MetricPoint point) {
        points.add(point);
    }

    public void add(SpanItem span) {
        spans.add(span);
    }

    /** A session was seen, beginning or alive. */
    public void seen(int index, Sighting sighting) {
        sightings.add(new SightingItem(index, sighting));
    }

    public void ended(int index, Sighting sighting, SessionOutcome outcome) {
        ends.add(new EndItem(index, sighting, outcome));
    }

    public List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    public int size() {
        return verdicts.size();
    }

    public long count(Status status) {
        return verdicts.stream().filter(verdict -> verdict.status() == status).count();
    }
}
