package dev.covibe.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.covibe.ops.DatabaseAddress;
import dev.covibe.ops.LocalDatabase;
import dev.covibe.ops.SchemaSetup;
import dev.covibe.testsupport.DatabaseRelay;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * {@code ./covibe bench live}: how soon an event reaches 2,000 open streams of one server (QLT-7), written through that
 * server and through another one on the same database, and whether any is missed when PostgreSQL is restarted meanwhile
 * (QLT-8). Everything shares the machine.
 */
class LiveBench {

    private static final int STREAMS = Integer.getInteger("bench.streams", 2_000);
    private static final int EVENTS = 60;
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RUNTIME_PASSWORD = "runtime-role-of-the-bench";

    private record Sent(String event, long at) {}

    /** @param reached deliveries in all; every event should have {@code STREAMS} */
    private record Figures(
            String name, int events, double p50, double p99, double slowest, long reached, long missing) {}

    @Test
    void measure() throws Exception {
        Path home = Path.of("target", "bench-database").toAbsolutePath();
        LocalDatabase databases = LocalDatabase.require();
        databases.delete(home);
        LocalDatabase.Running database = databases.start(home, LocalDatabase.Durability.KEPT, System.err::println);
        try (DatabaseRelay relay = new DatabaseRelay(port(database.superuser()))) {
            DatabaseAddress runtime =
                    database.superuser().as("covibe_app", RUNTIME_PASSWORD).with("currentSchema", "covibe");
            SchemaSetup.apply(database.superuser(), runtime, message -> {});
            DatabaseAddress relayed = new DatabaseAddress(
                    runtime.url().replaceFirst(":\\d+/", ":" + relay.port() + "/"), runtime.user(), runtime.password());
            String token = ServerProcess.token(relayed, "lin@example.com", "Core");
            try (ServerProcess server = ServerProcess.start(relayed);
                    ServerProcess other = ServerProcess.start(relayed);
                    LiveCrowd crowd =
                            new LiveCrowd(URI.create(server.origin() + "/api/events/stream"), token, STREAMS)) {
                await(STREAMS + " open streams", () -> crowd.greeted() == STREAMS);
                McpClient near = McpClient.at(server.origin() + "/api/mcp", token);
                McpClient far = McpClient.at(other.origin() + "/api/mcp", token);
                String task = near.done("plan", Map.of("title", "Watch the stream"))
                        .path("task")
                        .path("key")
                        .asText();
                send(near, task, 10);
                send(far, task, 10);

                List<Figures> figures = new ArrayList<>();
                figures.add(figures("written through the same server", crowd, send(near, task, EVENTS)));
                figures.add(figures("written through another server", crowd, send(far, task, EVENTS)));

                List<Sent> around = new ArrayList<>(send(near, task, 5));
                database.close();
                Thread.sleep(2_000);
                database = databases.start(home, LocalDatabase.Durability.KEPT, System.err::println);
                relay.leadTo(port(database.superuser()));
                around.addAll(sendUntilItGoes(far, task, 5));
                figures.add(figures("PostgreSQL restarted in between", crowd, around));
                report(figures, crowd.lost());
            }
        } finally {
            database.close();
            databases.delete(home);
        }
    }

    private static int port(DatabaseAddress address) {
        return Integer.parseInt(address.url().replaceFirst("^.*:(\\d+)/.*$", "$1"));
    }

    private static List<Sent> send(McpClient client, String task, int count) throws InterruptedException {
        List<Sent> sent = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            long at = System.nanoTime();
            String event = client.done("log", Map.of("kind", "progress", "task", task, "text", "Step " + n))
                    .path("event")
                    .asText();
            sent.add(new Sent(event, at));
            Thread.sleep(BETWEEN);
        }
        return sent;
    }

    /** Right after a restart a call may still meet a dead connection; such a call wrote nothing and is made again. */
    private static List<Sent> sendUntilItGoes(McpClient client, String task, int count) throws InterruptedException {
        List<Sent> sent = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (sent.size() < count && System.nanoTime() < end) {
            try {
                sent.addAll(send(client, task, 1));
            } catch (AssertionError notYet) {
                Thread.sleep(BETWEEN);
            }
        }
        return sent;
    }

    private static Figures figures(String name, LiveCrowd crowd, List<Sent> sent) throws InterruptedException {
        await("every event at every stream: " + name, () -> sent.stream()
                .allMatch(one -> crowd.arrivals(one.event()).size() >= STREAMS));
        double[] times = sent.stream()
                .flatMap(one -> crowd.arrivals(one.event()).stream().map(arrived -> (arrived - one.at()) / 1e6))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        long wanted = (long) sent.size() * STREAMS;
        return new Figures(
                name,
                sent.size(),
                times[times.length / 2],
                times[(int) (times.length * 0.99)],
                times[times.length - 1],
                times.length,
                wanted - times.length);
    }

    /** Waits, but not for ever: what did not come is in the figures. */
    private static void await(String what, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                System.err.println("Gave up waiting for " + what + ".");
                return;
            }
            Thread.sleep(20);
        }
    }

    private static void report(List<Figures> figures, int lost) throws IOException {
        StringBuilder table = new StringBuilder(
                "| " + STREAMS + " streams | events | p50 | p99 | slowest | missing |\n|---|---|---|---|---|---|\n");
        for (Figures row : figures) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.0f ms | %.0f ms | %.0f ms | %d of %d |%n",
                    row.name(),
                    row.events(),
                    row.p50(),
                    row.p99(),
                    row.slowest(),
                    row.missing(),
                    row.reached() + row.missing()));
        }
        System.out.println(table + "\nStreams that broke: " + lost + ".");
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("streams", STREAMS);
        written.put("broken", lost);
        written.put("figures", figures);
        Path file = Path.of("docs", "engineering", "bench-live.json");
        Files.createDirectories(file.getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), written);
        System.out.println("Written to " + file + ".");
    }
}
