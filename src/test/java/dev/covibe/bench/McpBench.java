package dev.covibe.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.covibe.ops.DatabaseAddress;
import dev.covibe.ops.LocalDatabase;
import dev.covibe.ops.SchemaSetup;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code ./covibe bench mcp}: how many tool calls a server takes (QLT-2). The packaged server runs in a process of its
 * own on a database that keeps its data, in a workspace with 10,000 tasks and 1,000,000 events; load generator, server
 * and PostgreSQL share the machine. {@link #main} measures a server that runs elsewhere.
 */
class McpBench {

    private static final int CLIENTS = 50;
    private static final int TASKS = 10_000;
    private static final int EVENTS = 1_000_000;
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warm-up", 15));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("bench.measured", 20));
    private static final String RUNTIME_PASSWORD = "runtime-role-of-the-bench";

    /** The views that an agent asks for, in turn. */
    private static final List<String> VIEWS = List.of("mine", "ready", "active");

    @Test
    void measure() throws IOException {
        Path home = Path.of("target", "bench-database").toAbsolutePath();
        LocalDatabase databases = LocalDatabase.require();
        databases.delete(home);
        try (LocalDatabase.Running database =
                databases.start(home, LocalDatabase.Durability.KEPT, System.err::println)) {
            DatabaseAddress runtime =
                    database.superuser().as("covibe_app", RUNTIME_PASSWORD).with("currentSchema", "covibe");
            SchemaSetup.apply(database.superuser(), runtime, message -> {});
            String token = ServerProcess.token(runtime, "lin@example.com", "Core");
            new McpWorkspace(database.superuser()).fill(TASKS, EVENTS);
            try (ServerProcess server = ServerProcess.start(runtime)) {
                List<McpLoad.Figures> figures = measure(server.origin() + "/api/mcp", token);
                long resident = resident(server.pid());
                report(figures, "Resident after the run: " + resident + " MB.");
            }
        } finally {
            databases.delete(home);
        }
    }

    /** Measures a running server; its workspace should hold tasks, and gets as many events as {@code log} is fast. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("Usage: McpBench <endpoint, such as http://127.0.0.1:8080/api/mcp> <token>");
            System.exit(2);
        }
        report(measure(arguments[0], arguments[1]), "");
    }

    private static List<McpLoad.Figures> measure(String endpoint, String token) {
        McpLoad load = new McpLoad(endpoint, token);
        String task = McpClient.at(endpoint, token)
                .done("find_work", Map.of("view", "active", "limit", 1))
                .path("tasks")
                .path(0)
                .path("key")
                .asText();
        // A cold JVM is not what is asked about.
        load.run("warming", "find_work", CLIENTS, WARM_UP, WARM_UP, n -> "{\"view\":\"mine\"}");
        List<McpLoad.Figures> figures = new ArrayList<>();
        figures.add(load.run(
                "find_work",
                "find_work",
                CLIENTS,
                WARM_UP,
                MEASURED,
                n -> "{\"view\":\"" + VIEWS.get(n % VIEWS.size()) + "\"}"));
        figures.add(load.run(
                "find_work, by text",
                "find_work",
                CLIENTS,
                WARM_UP,
                MEASURED,
                n -> "{\"view\":\"all\",\"text\":\"" + McpWorkspace.word(n) + " " + McpWorkspace.word(n / 7) + "\"}"));
        figures.add(load.run(
                "log",
                "log",
                CLIENTS,
                WARM_UP,
                MEASURED,
                n -> "{\"kind\":\"progress\",\"task\":\"" + task + "\",\"text\":\"Step " + n + " is done.\"}"));
        figures.add(load.run("start_session, 1 client", "start_session", 1, WARM_UP, MEASURED, McpBench::session));
        figures.add(load.run("start_session", "start_session", CLIENTS, WARM_UP, MEASURED, McpBench::session));
        return figures;
    }

    private static String session(int n) {
        return "{\"repository\":\"github.com/acme/web\",\"branch\":\"b" + n + "\",\"agent_name\":\"codex\"}";
    }

    private static void report(List<McpLoad.Figures> figures, String note) throws IOException {
        StringBuilder table = new StringBuilder(
                "| Tool | clients | calls/s | p50 | p95 | p99 | failed |\n|---|---|---|---|---|---|---|\n");
        for (McpLoad.Figures row : figures) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %,.0f | %.1f ms | %.1f ms | %.1f ms | %d |%n",
                    row.name(),
                    row.clients(),
                    row.perSecond(),
                    row.p50(),
                    row.p95(),
                    row.p99(),
                    row.failed()));
        }
        System.out.println(table + "\n" + note);
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("machine", machine());
        written.put("tasks", TASKS);
        written.put("events", EVENTS);
        written.put("figures", figures);
        Path file = Path.of("docs", "engineering", "bench-mcp.json");
        Files.createDirectories(file.getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), written);
        System.out.println("Written to " + file + ", on " + machine() + ".");
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.arch") + ", Java "
                + Runtime.version().feature();
    }

    /** Megabytes in memory, where the system tells. */
    private static long resident(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }
}
