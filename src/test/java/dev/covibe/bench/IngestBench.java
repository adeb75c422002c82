package dev.covibe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.covibe.ops.DatabaseAddress;
import dev.covibe.ops.LocalDatabase;
import dev.covibe.ops.SchemaSetup;
import dev.covibe.testsupport.ServerProcess;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * {@code ./covibe bench ingest}: how many usage events a second a server takes in batches, and whether the totals are
 * exact afterwards although one batch in ten is sent again and one in ten overlaps its neighbour (QLT-5). The packaged
 * server runs on a database that keeps its data; load generator, server and PostgreSQL share the machine.
 */
class IngestBench {

    private static final int EVENTS = Integer.getInteger("bench.events", 1_000_000);
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 200_000);
    private static final int BATCH = 5_000;
    private static final int CLIENTS = Integer.getInteger("bench.clients", 3);
    private static final int SESSIONS = 300;
    private static final int TASKS = 200;
    private static final String RUNTIME_PASSWORD = "runtime-role-of-the-bench";
    private static final String[] MODELS = {"claude-sonnet-4-5", "claude-opus-4-5", "gpt-5-codex", "an-unknown-model"};

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(30, ChronoUnit.DAYS);

    @Test
    void measure() throws Exception {
        Path home = Path.of("target", "bench-database").toAbsolutePath();
        LocalDatabase databases = LocalDatabase.require();
        databases.delete(home);
        try (LocalDatabase.Running database =
                databases.start(home, LocalDatabase.Durability.KEPT, System.err::println)) {
            DatabaseAddress runtime =
                    database.superuser().as("covibe_app", RUNTIME_PASSWORD).with("currentSchema", "covibe");
            SchemaSetup.apply(database.superuser(), runtime, message -> {});
            String token = ServerProcess.token(runtime, "lin@example.com", "Core");
            new McpWorkspace(database.superuser()).fill(TASKS, 0);
            try (ServerProcess server = ServerProcess.start(runtime)) {
                report(measure(server.origin(), token, database.superuser()));
            }
        } finally {
            databases.delete(home);
        }
    }

    private Map<String, Object> measure(String origin, String token, DatabaseAddress superuser) throws Exception {
        openSessions(origin, token, superuser);
        run(origin, token, 0, WARM_UP);
        Figures figures = run(origin, token, WARM_UP, EVENTS);
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("machine", machine());
        written.put("events", EVENTS);
        written.put("batch", BATCH);
        written.put("clients", CLIENTS);
        written.put("events_per_second", Math.round(figures.taken() / figures.seconds()));
        written.put("items_sent_per_second", Math.round(figures.sent() / figures.seconds()));
        written.put("batch_p50_ms", Math.round(at(figures.millis(), 0.5)));
        written.put("batch_p95_ms", Math.round(at(figures.millis(), 0.95)));
        written.put("repeated_items", figures.sent() - figures.taken());
        written.putAll(exactness(superuser));
        written.put("daily_page_query_ms", dailyPage(superuser));
        return written;
    }

    /** A month of sessions; two in three have a task. */
    private void openSessions(String origin, String token, DatabaseAddress superuser) throws Exception {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            items.add("{\"kind\":\"session_start\",\"agent\":\"" + agent(i) + "\",\"session\":\"session-" + i
                    + "\",\"at\":\"" + start + "\"}");
        }
        post(origin, token, "{\"items\":[" + String.join(",", items) + "]}");
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    set search_path = covibe;
                    insert into session_tasks (workspace_id, session_id, since, task_id)
                    select s.workspace_id, s.id, s.started_at,
                           (select t.id from tasks t where t.number = 1 + (split_part(s.external_id, '-', 2)::int %% %d))
                      from agent_sessions s where split_part(s.external_id, '-', 2)::int %% 3 > 0
                    """.formatted(TASKS));
        }
    }

    private static String agent(int session) {
        return session % 2 == 0 ? "claude-code" : "codex";
    }

    private record Figures(long taken, long sent, double seconds, double[] millis) {}

    private Figures run(String origin, String token, int from, int events) throws Exception {
        int batches = events / BATCH;
        List<Callable<double[]>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int mine = client;
            clients.add(() -> {
                List<Double> millis = new ArrayList<>();
                for (int i = mine; i < batches; i += CLIENTS) {
                    String body = body(from + i * BATCH, BATCH);
                    millis.add(timed(origin, token, body, BATCH, 0));
                    if (i % 10 == 3) {
                        // The answer was lost, so the client tries again.
                        millis.add(timed(origin, token, body, 0, BATCH));
                    }
                    if (i % 10 == 7) {
                        millis.add(timed(origin, token, body(from + i * BATCH + BATCH / 2, BATCH / 2), 0, BATCH / 2));
                    }
                }
                return millis.stream().mapToDouble(Double::doubleValue).toArray();
            });
        }
        long began = System.nanoTime();
        List<double[]> times = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<double[]> client : pool.invokeAll(clients)) {
                times.add(client.get());
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double[] millis =
                times.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        long repeated = 0;
        for (int i = 0; i < batches; i++) {
            repeated += i % 10 == 3 ? BATCH : i % 10 == 7 ? BATCH / 2 : 0;
        }
        return new Figures((long) batches * BATCH, (long) batches * BATCH + repeated, seconds, millis);
    }

    private double timed(String origin, String token, String body, int accepted, int duplicates) throws Exception {
        long began = System.nanoTime();
        JsonNode answer = json.readTree(post(origin, token, body));
        double millis = (System.nanoTime() - began) / 1e6;
        if (answer.path("accepted").asInt() != accepted
                || answer.path("duplicates").asInt() != duplicates) {
            throw new AssertionError("Not what was sent: " + answer.path("accepted") + " accepted, "
                    + answer.path("duplicates") + " duplicates, " + answer.path("refused") + " refused: "
                    + answer.path("results").findValuesAsText("message"));
        }
        return millis;
    }

    private String post(String origin, String token, String body) throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(origin + "/api/ingest"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private String body(int from, int items) {
        StringBuilder body = new StringBuilder(items * 260).append("{\"items\":[");
        for (int n = from; n < from + items; n++) {
            // A batch comes from one machine: a few sessions, close together in time.
            int session = (n / 1_000 * 7 + n % 4) % SESSIONS;
            body.append(n == from ? "" : ",")
                    .append("{\"kind\":\"usage\",\"id\":\"call-")
                    .append(n)
                    .append("\",\"agent\":\"")
                    .append(agent(session))
                    .append("\",\"session\":\"session-")
                    .append(session)
                    .append("\",\"at\":\"")
                    .append(start.plusSeconds((long) n * 2 % 2_500_000))
                    .append("\",\"model\":\"")
                    .append(MODELS[n % MODELS.length])
                    .append("\",\"input_tokens\":")
                    .append(1 + n % 1_000)
                    .append(",\"output_tokens\":")
                    .append(n % 300)
                    .append(",\"cache_read_tokens\":")
                    .append(n % 9_000)
                    .append(",\"cache_write_tokens\":")
                    .append(n % 70)
                    .append(",\"latency_ms\":")
                    .append(n % 4_000)
                    .append("}");
        }
        return body.append("]}").toString();
    }

    /** The roll-ups against arithmetic, and against the raw events, by every grouping. */
    private Map<String, Object> exactness(DatabaseAddress superuser) throws SQLException {
        BigInteger expected = BigInteger.ZERO;
        for (int n = 0; n < WARM_UP + EVENTS; n++) {
            expected = expected.add(BigInteger.valueOf(1 + n % 1_000 + n % 300 + n % 9_000 + n % 70));
        }
        String tokens = "sum(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens)";
        Map<String, Object> figures = new LinkedHashMap<>();
        boolean exact = true;
        for (String column : List.of("developer_id", "agent_type", "model", "task_id", "day")) {
            exact &= expected.toString()
                    .equals(text(
                            superuser,
                            "select sum(s) from (select " + tokens + " s from covibe.usage_daily group by " + column
                                    + ") g"));
        }
        exact &= text(superuser, "select " + tokens + " from covibe.usage_events")
                .equals(expected.toString());
        exact &= text(superuser, "select sum(coalesce(cost_nanos, 0)) from covibe.usage_events")
                .equals(text(
                        superuser,
                        "select sum(reported_nanos + computed_nanos + estimated_nanos) from covibe.usage_daily"));
        exact &=
                text(superuser, "select sum(calls) from covibe.usage_daily").equals(Integer.toString(WARM_UP + EVENTS));
        figures.put("exact", exact);
        figures.put("rolled_up_rows", Long.parseLong(text(superuser, "select count(*) from covibe.usage_daily")));
        if (!exact) {
            throw new AssertionError("The totals are not exact.");
        }
        return figures;
    }

    private static double dailyPage(DatabaseAddress superuser) throws SQLException {
        String plan = text(superuser, """
                explain (analyze, format json)
                select day, task_id, sum(input_tokens), sum(reported_nanos + computed_nanos) from covibe.usage_daily
                 where workspace_id = (select id from covibe.workspaces) and day > current_date - 31 group by 1, 2
                """);
        return Double.parseDouble(plan.replaceAll("(?s).*\"Execution Time\": ([0-9.]+).*", "$1"));
    }

    private static String text(DatabaseAddress superuser, String sql) throws SQLException {
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            results.next();
            return results.getString(1);
        }
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    }

    private void report(Map<String, Object> figures) throws IOException {
        figures.forEach((name, value) -> System.out.println(String.format(Locale.ROOT, "| %s | %s |", name, value)));
        Path file = Path.of("docs", "engineering", "bench-ingest.json");
        json.writeValue(file.toFile(), figures);
        System.out.println("Written to " + file + ".");
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.arch") + ", Java "
                + Runtime.version().feature();
    }
}
