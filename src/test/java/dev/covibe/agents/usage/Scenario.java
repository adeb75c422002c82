package dev.covibe.agents.usage;

import dev.covibe.agents.usage.MetricPoint.Measure;
import dev.covibe.agents.usage.UsageItem.GivenCost;
import dev.covibe.identity.AgentType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Some days of a made-up team: sessions that switch tasks, fork, retry and whose machines have wrong clocks, each reported
 * through one or more sources. It knows, by counting on its fingers, what the books must say in the end.
 */
final class Scenario {

    static final List<String> DEVELOPERS = List.of("ada", "bob");
    static final int TASKS = 3;

    private static final List<String> MODELS = List.of("claude-sonnet-4-5", "gpt-5-codex", "a-model-nobody-prices");
    private static final List<AgentType> AGENTS = List.of(AgentType.CLAUDE_CODE, AgentType.CODEX);

    final List<Session> sessions = new ArrayList<>();

    /** The wire: what every session's machine sends, in the order in which things happened. */
    final List<Sent> sent = new ArrayList<>();

    private final Map<String, long[]> expected = new TreeMap<>();
    private final Random random;

    /** @param turns when it turned to which task; -1 is none */
    record Session(
            String name,
            String developer,
            AgentType agent,
            Instant start,
            TreeMap<Instant, Integer> turns,
            List<Call> calls) {
        int task(Instant at) {
            var turn = turns.floorEntry(at.isBefore(start) ? start : at);
            return turn == null ? -1 : turn.getValue();
        }
    }

    record Call(String id, Instant at, String model, Amounts amounts, Optional<Long> nanos) {}

    /** One item on its way: who sends it, and how it is entered into a batch. */
    record Sent(String developer, Entering entering) {
        interface Entering {
            void into(Batch batch);
        }
    }

    Scenario(long seed, Instant now, int howMany, boolean allSources) {
        random = new Random(seed);
        for (int i = 0; i < howMany; i++) {
            Session session = session("s" + seed + "-" + i, now);
            boolean forks = random.nextInt(4) == 0;
            // A fork tells its history again in the events of its calls; its metrics begin at nothing.
            boolean events = allSources || forks || random.nextBoolean();
            boolean hook = allSources || !events && random.nextBoolean();
            boolean metrics = allSources || !events && !hook || random.nextBoolean();
            boolean cumulative = random.nextBoolean();
            Set<String> counted = new HashSet<>();
            List<Session> family = forks ? List.of(session, fork(session)) : List.of(session);
            for (Session member : family) {
                sessions.add(member);
                report(member, events, hook, metrics, cumulative, counted);
            }
        }
    }

    private Scenario(long seed) {
        random = new Random(seed);
    }

    /** One session and its fork, reported through all sources. */
    static Scenario forked(long seed, Instant now) {
        Scenario scenario = new Scenario(seed);
        Session session = scenario.session("s" + seed, now);
        Set<String> counted = new HashSet<>();
        for (Session member : List.of(session, scenario.fork(session))) {
            scenario.sessions.add(member);
            scenario.report(member, true, true, true, false, counted);
        }
        return scenario;
    }

    private Session session(String name, Instant now) {
        Instant start = now.minus(Duration.ofMinutes(60 + random.nextInt(4 * 24 * 60)));
        TreeMap<Instant, Integer> turns = new TreeMap<>();
        int turned = random.nextInt(4);
        for (int i = 0; i < turned; i++) {
            turns.put(start.plusSeconds(random.nextInt(3000)), random.nextInt(TASKS + 1) - 1);
        }
        Duration wrongClock = Duration.ofSeconds(random.nextInt(500) - 250);
        List<Call> calls = new ArrayList<>();
        int howMany = 1 + random.nextInt(25);
        for (int i = 0; i < howMany; i++) {
            Instant at = start.plusMillis(random.nextInt(3_400_000)).plus(wrongClock);
            boolean fails = random.nextInt(8) == 0;
            Amounts amounts = fails
                    ? Amounts.failedCall()
                    : Amounts.call(tokens(), tokens(), tokens(), tokens(), random.nextInt(50));
            calls.add(new Call(
                    name + "-call-" + i,
                    at,
                    MODELS.get(random.nextInt(MODELS.size())),
                    amounts,
                    Optional.of((long) random.nextInt(50_000_000)).filter(nanos -> !fails && random.nextBoolean())));
        }
        return new Session(
                name,
                DEVELOPERS.get(random.nextInt(DEVELOPERS.size())),
                AGENTS.get(random.nextInt(AGENTS.size())),
                start,
                turns,
                calls);
    }

    private long tokens() {
        return random.nextInt(10) == 0 ? 0 : random.nextInt(20_000);
    }

    /** A fork carries its history along and reports it once more. */
    private Session fork(Session of) {
        List<Call> calls = new ArrayList<>(of.calls());
        calls.add(new Call(
                of.name() + "-fork-call",
                of.start().plusSeconds(3500),
                MODELS.getFirst(),
                Amounts.call(tokens(), tokens(), 0, 0, 0),
                Optional.empty()));
        return new Session(of.name() + "-fork", of.developer(), of.agent(), of.start(), of.turns(), calls);
    }

    private void report(
            Session session, boolean events, boolean hook, boolean metrics, boolean cumulative, Set<String> counted) {
        if (events) {
            session.calls().forEach(call -> send(session, call, UsageSource.OTLP_EVENT));
        }
        if (hook) {
            session.calls().forEach(call -> send(session, call, UsageSource.HOOK));
        }
        List<MetricPoint> points = metrics ? metrics(session, cumulative) : List.of();
        points.forEach(point -> sent.add(new Sent(session.developer(), batch -> batch.add(at(point, batch.next())))));
        if (events || hook && !metrics) {
            session.calls().stream().filter(call -> counted.add(call.id())).forEach(call -> expect(session, call));
        } else {
            expectMetrics(session);
        }
    }

    private void send(Session session, Call call, UsageSource source) {
        sent.add(new Sent(
                session.developer(),
                batch -> batch.add(new UsageItem(
                        batch.next(),
                        Keys.of(source.key(), session.agent().key(), call.id()),
                        source,
                        sitting(session),
                        call.at(),
                        "",
                        call.model(),
                        call.amounts(),
                        call.nanos().<GivenCost>map(GivenCost.Reported::new).orElse(UsageItem.UNKNOWN_COST),
                        Optional.empty(),
                        call.amounts().failed() > 0 ? Optional.of("http_500") : Optional.empty()))));
    }

    private static UsageItem.Sitting sitting(Session session) {
        return new UsageItem.Sitting(session.agent(), Optional.of(session.name()), Optional.empty());
    }

    private static MetricPoint at(MetricPoint point, int index) {
        return new MetricPoint(
                index,
                point.series(),
                point.sitting(),
                point.start(),
                point.at(),
                point.cumulative(),
                point.value(),
                point.measure(),
                point.provider(),
                point.model(),
                point.priced());
    }

    /** Input and output of each model, summed up to full five minutes; halfway the process starts anew. */
    private List<MetricPoint> metrics(Session session, boolean cumulative) {
        List<MetricPoint> points = new ArrayList<>();
        buckets(session).forEach((key, buckets) -> {
            String[] parts = key.split("\\|");
            Instant start = session.start().minusSeconds(600);
            Instant former = start;
            long sum = 0;
            int half = buckets.size() / 2;
            int n = 0;
            for (var bucket : buckets.entrySet()) {
                if (n++ == half && n > 1) {
                    start = former;
                    sum = 0;
                }
                sum += bucket.getValue();
                points.add(new MetricPoint(
                        0,
                        Keys.of("series", session.name(), key),
                        sitting(session),
                        cumulative ? start : former,
                        bucket.getKey(),
                        cumulative,
                        BigDecimal.valueOf(cumulative ? sum : bucket.getValue()),
                        Measure.valueOf(parts[1]),
                        "",
                        parts[0],
                        true));
                former = bucket.getKey();
            }
        });
        return points;
    }

    private static TreeMap<String, TreeMap<Instant, Long>> buckets(Session session) {
        TreeMap<String, TreeMap<Instant, Long>> series = new TreeMap<>();
        for (Call call : session.calls()) {
            long seconds = call.at().getEpochSecond();
            Instant end = Instant.ofEpochSecond(seconds - seconds % 300 + 300);
            add(series, call.model() + "|INPUT", end, call.amounts().input());
            add(series, call.model() + "|OUTPUT", end, call.amounts().output());
        }
        return series;
    }

    private static void add(TreeMap<String, TreeMap<Instant, Long>> series, String key, Instant end, long tokens) {
        if (tokens > 0) {
            series.computeIfAbsent(key, name -> new TreeMap<>()).merge(end, tokens, Long::sum);
        }
    }

    private void expectMetrics(Session session) {
        buckets(session)
                .forEach((key, buckets) -> buckets.forEach((end, tokens) -> {
                    String[] parts = key.split("\\|");
                    long[] sums = expectedOf(session, end, parts[0]);
                    sums[parts[1].equals("INPUT") ? 2 : 3] += tokens;
                }));
    }

    private void expect(Session session, Call call) {
        long[] sums = expectedOf(session, call.at(), call.model());
        sums[0] += call.amounts().calls();
        sums[1] += call.amounts().failed();
        sums[2] += call.amounts().input();
        sums[3] += call.amounts().output();
        sums[4] += call.amounts().cacheRead();
        sums[5] += call.amounts().cacheWrite();
        sums[6] += call.nanos().orElse(0L);
    }

    private long[] expectedOf(Session session, Instant at, String model) {
        String key = String.join(
                " ",
                LocalDate.ofInstant(at, ZoneOffset.UTC).toString(),
                session.developer(),
                session.agent().key(),
                model,
                "task" + session.task(at));
        return expected.computeIfAbsent(key, empty -> new long[7]);
    }

    /** Day, developer, agent, model and task; then calls, failed, input, output, cache reads and writes, reported cost. */
    List<String> expected() {
        List<String> lines = new ArrayList<>();
        expected.forEach((key, sums) -> {
            StringBuilder line = new StringBuilder(key);
            for (long sum : sums) {
                line.append(' ').append(BigInteger.valueOf(sum));
            }
            lines.add(line.toString());
        });
        Collections.sort(lines);
        return lines;
    }
}
