package dev.covibe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.covibe.ops.DatabaseAddress;
import dev.covibe.ops.LocalDatabase;
import dev.covibe.ops.SchemaSetup;
import dev.covibe.testsupport.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code ./covibe bench pages}: what pages of the console take with the demo's eight weeks, and with fifty times as much
 * history (QLT-6). Each is filled by {@code covibe demo} into a database of its own; the packaged server runs in a
 * process of its own. Pages are found by their links, one of each shape, so that a new page is measured too. What a
 * first visit transfers and when it is painted comes from Chromium, where Node and Chromium are installed.
 */
class PagesBench {

    private static final int LARGE = Integer.getInteger("bench.scale", 50);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 100);
    private static final int WARM_UP = 15;
    private static final int CLIENTS = 50;
    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("bench.measured", 20));

    /** As long as the compiler, which shares two cores with everything else, is busy with a page. */
    private static final Duration LOAD_WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warm-up", 60));

    private static final String RUNTIME_PASSWORD = "runtime-role-of-the-bench";
    private static final String SOMEBODY = "lin@example.com";

    /** Views of a page that a link's path alone does not tell. */
    private static final List<String> BEGINNINGS = List.of(
            "/workstreams",
            "/workstreams?view=board",
            "/workstreams?q=carrier",
            "/performance?range=84",
            "/analytics?by=developer&range=84",
            "/analytics?by=model&range=56",
            "/activity",
            "/activity?view=events",
            "/activity?view=events&topic=decisions",
            "/activity?view=events&developer=lin&project=BOOK",
            "/search?q=carrier",
            "/coordination/graph",
            "/coordination/messages");

    private static final Pattern LINK = Pattern.compile("href=\"(/(?:workstreams|performance|coordination|analytics"
            + "|activity|search|settings)(?:/[^\"?#]*)?)\"");
    private static final Pattern IDENTITY =
            Pattern.compile("[A-Z]{2,8}-\\d+|[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/performance/developers/)[^/]+");

    /**
     * @param one p95 at scale 1, in milliseconds, as {@code large} is with the longer history
     * @param ratio of the medians: the slowest of some visits to a page of 5 ms tell of the machine
     * @param loaded kilobytes that a first visit transfers apart from fonts and pictures, where it was measured
     */
    record Row(
            String page,
            double one,
            double large,
            double ratio,
            int html,
            Optional<Double> loaded,
            Optional<Double> painted) {}

    private record Times(double p50, double p95) {}

    private record Seen(Map<String, Times> times, Map<String, Integer> bytes, PageLoad.Figures load, String filled) {}

    @Test
    void measure() throws IOException {
        Map<String, JsonNode> visits = new LinkedHashMap<>();
        Seen one = filled(1, visits);
        report(one, filled(LARGE, Map.of()), visits);
    }

    /** Measures two servers that run already, the second one with the longer history. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("Usage: PagesBench <origin of a server with the demo> <origin of one with a long demo>");
            System.exit(2);
        }
        report(look(arguments[0], ""), look(arguments[1], ""), visits(arguments[0]));
    }

    private static Seen filled(int scale, Map<String, JsonNode> visits) throws IOException {
        Path home = Path.of("target", "bench-database").toAbsolutePath();
        LocalDatabase databases = LocalDatabase.require();
        databases.delete(home);
        // Nothing is lost if it is: what is measured is reading.
        try (LocalDatabase.Running database =
                databases.start(home, LocalDatabase.Durability.DISPOSABLE, System.err::println)) {
            DatabaseAddress runtime =
                    database.superuser().as("covibe_app", RUNTIME_PASSWORD).with("currentSchema", "covibe");
            SchemaSetup.apply(database.superuser(), runtime, message -> {});
            String filled = ServerProcess.run(runtime, "demo", "--scale", Integer.toString(scale))
                    .lines()
                    .findFirst()
                    .orElse("");
            System.out.println(filled);
            analyze(database.superuser());
            try (ServerProcess server = ServerProcess.start(runtime)) {
                if (scale == 1) {
                    visits.putAll(visits(server.origin()));
                }
                return look(server.origin(), filled);
            }
        } finally {
            databases.delete(home);
        }
    }

    private static Seen look(String origin, String filled) throws IOException {
        PageLoad load = new PageLoad(origin, signIn(origin));
        Map<String, String> pages = pages(load);
        Map<String, Times> times = new LinkedHashMap<>();
        Map<String, Integer> bytes = new LinkedHashMap<>();
        try (PageLoad.Browser browser = load.browser()) {
            // A cold JVM is not what is asked about.
            pages.values().forEach(page -> load.times(browser, page, WARM_UP));
            pages.forEach((shape, page) -> {
                double[] taken = load.times(browser, page, ROUNDS);
                times.put(shape, new Times(PageLoad.at(taken, 0.5), PageLoad.at(taken, 0.95)));
                bytes.put(shape, browser.get(page).bytes().length);
            });
        }
        return new Seen(times, bytes, load.run("/workstreams", CLIENTS, LOAD_WARM_UP, LOAD), filled);
    }

    private static void analyze(DatabaseAddress superuser) {
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String signIn(String origin) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Void> answer = http.send(
                    HttpRequest.newBuilder(URI.create(origin + "/auth/sign-in"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("email=" + SOMEBODY))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            return answer.headers().allValues("set-cookie").stream()
                    .filter(cookie -> cookie.startsWith("covibe_session="))
                    .map(cookie -> cookie.split(";")[0])
                    .findFirst()
                    .orElseThrow();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** One address of each shape that links lead to, by its shape: {@code /workstreams/tasks/…}. */
    private static Map<String, String> pages(PageLoad load) {
        Map<String, String> pages = new LinkedHashMap<>();
        List<String> waiting = new ArrayList<>(BEGINNINGS);
        try (PageLoad.Browser browser = load.browser()) {
            while (!waiting.isEmpty()) {
                String page = waiting.removeFirst();
                String shape = IDENTITY.matcher(page).replaceAll("…");
                if (pages.containsKey(shape)) {
                    continue;
                }
                PageLoad.Answer answer = browser.get(page);
                if (answer.isPage()) {
                    pages.put(shape, page);
                    Matcher links = LINK.matcher(answer.text());
                    while (links.find()) {
                        waiting.add(links.group(1));
                    }
                }
            }
        }
        return pages;
    }

    /** What Chromium says of a first visit to each page, by the page's shape; empty without Node and Chromium. */
    private static Map<String, JsonNode> visits(String origin) throws IOException {
        Map<String, String> pages = pages(new PageLoad(origin, signIn(origin)));
        List<String> command = new ArrayList<>(List.of("node", "first-visit.js", origin, SOMEBODY));
        command.addAll(pages.values());
        Map<String, JsonNode> visits = new LinkedHashMap<>();
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(Path.of("src", "test", "browser").toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException noNode) {
            System.err.println("Without Node no browser is asked: " + noNode.getMessage());
            return visits;
        }
        String printed = new String(process.getInputStream().readAllBytes());
        ObjectMapper json = new ObjectMapper();
        for (String line : printed.lines().toList()) {
            JsonNode visit = json.readTree(line);
            pages.forEach((shape, page) -> {
                if (page.equals(visit.path("page").asText())) {
                    visits.put(shape, visit);
                }
            });
        }
        return visits;
    }

    private static void report(Seen one, Seen large, Map<String, JsonNode> visits) throws IOException {
        List<Row> rows = new ArrayList<>();
        large.times().forEach((page, times) -> {
            if (one.times().containsKey(page)) {
                Optional<JsonNode> visit = Optional.ofNullable(visits.get(page));
                rows.add(new Row(
                        page,
                        one.times().get(page).p95(),
                        times.p95(),
                        times.p50() / one.times().get(page).p50(),
                        large.bytes().get(page),
                        visit.map(node -> node.path("kilobytes").asDouble()),
                        visit.map(node -> node.path("painted").asDouble())));
            }
        });
        StringBuilder table = new StringBuilder("| page | p95, scale 1 | p95, scale " + LARGE
                + " | ratio of p50 | HTML | first visit | painted |\n|---|---|---|---|---|---|---|\n");
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %.1f ms | %.1f ms | %.2f | %.1f kB | %s | %s |%n",
                    row.page(),
                    row.one(),
                    row.large(),
                    row.ratio(),
                    row.html() / 1000.0,
                    row.loaded().map(kilobytes -> Math.round(kilobytes) + " kB").orElse(""),
                    row.painted()
                            .map(milliseconds -> Math.round(milliseconds) + " ms")
                            .orElse("")));
        }
        System.out.println(table);
        for (Seen seen : List.of(one, large)) {
            System.out.printf(
                    Locale.ROOT,
                    "%s%n/workstreams at %d connections: %.0f pages/s, p50 %.0f ms, p99 %.0f ms, %d failed%n",
                    seen.filled(),
                    CLIENTS,
                    seen.load().perSecond(),
                    seen.load().p50(),
                    seen.load().p99(),
                    seen.load().failed());
        }
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("machine", machine());
        written.put("scale", LARGE);
        written.put("filled", large.filled());
        written.put("pages", rows);
        written.put("workstreams", Map.of("one", one.load(), "large", large.load()));
        Path file = Path.of("docs", "engineering", "bench-pages.json");
        Files.createDirectories(file.getParent());
        new ObjectMapper()
                .findAndRegisterModules()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(file.toFile(), written);
        System.out.println("Written to " + file + ", on " + machine() + ".");
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.arch") + ", Java "
                + Runtime.version().feature();
    }
}
