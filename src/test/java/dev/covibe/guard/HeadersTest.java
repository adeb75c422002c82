package dev.covibe.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every kind of answer carries the security headers, and none of them is for pages of another origin (PLT-6). */
@QuarkusTest
class HeadersTest {

    private static final String STRANGER = "https://evil.example";
    private static final Pattern STYLESHEET = Pattern.compile("href=\"(/[^\"]+\\.css[^\"]*)\"");

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/")
    URI origin;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param status that makes sure that the answer is of the kind that is meant */
    private record Kind(int status, HttpRequest.Builder request) {}

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(origin.resolve(path)).header("Origin", STRANGER);
    }

    private HttpRequest.Builder post(String path, String body) {
        return to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private Map<String, Kind> kinds() throws IOException, InterruptedException {
        Fixtures.Workspace team = fixtures.workspace();
        Fixtures.Browser browser = fixtures.browser(team);
        String cookie = "covibe_session=" + browser.cookie();
        String bearer = team.bearer();
        HttpResponse<String> gate = http.send(
                HttpRequest.newBuilder(origin.resolve("/auth/sign-in")).build(), BodyHandlers.ofString());
        Matcher stylesheet = STYLESHEET.matcher(gate.body());
        assertThat(stylesheet.find()).isTrue();
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        String agents = "application/json, text/event-stream";
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("public page", new Kind(200, to("/auth/sign-in")));
        kinds.put("page of the docs", new Kind(200, to("/docs")));
        kinds.put("page", new Kind(200, to("/workstreams").header("Cookie", cookie)));
        kinds.put("way to sign in", new Kind(303, to("/workstreams").header("Accept", "text/html")));
        kinds.put("page that is not there", new Kind(404, to("/nonesuch").header("Cookie", cookie)));
        kinds.put(
                "page about a task that is not there",
                new Kind(
                        404,
                        to("/workstreams/tasks/WEB-9").header("Cookie", cookie).header("Accept", "text/html")));
        kinds.put("stylesheet", new Kind(200, to(stylesheet.group(1))));
        kinds.put("package", new Kind(200, to("/downloads/co-vibe.tgz")));
        kinds.put("health", new Kind(200, to("/api/health")));
        kinds.put("probe", new Kind(200, to("/q/health/live")));
        kinds.put("description", new Kind(200, to("/q/openapi")));
        kinds.put("answer", new Kind(200, to("/api/tasks").header("Authorization", bearer)));
        kinds.put("export", new Kind(200, to("/api/tasks/export").header("Authorization", bearer)));
        kinds.put("stream", new Kind(200, to("/api/events/stream").header("Authorization", bearer)));
        kinds.put("nobody", new Kind(401, to("/api/tasks")));
        kinds.put("bad token", new Kind(401, to("/api/tasks").header("Authorization", "Bearer cvb_wrong")));
        kinds.put(
                "forgery",
                new Kind(403, post("/api/tasks", "{\"title\":\"Forged\"}").header("Cookie", cookie)));
        kinds.put("not there", new Kind(404, to("/api/tasks/WEB-9").header("Authorization", bearer)));
        kinds.put("method", new Kind(405, to("/api/tasks").DELETE().header("Authorization", bearer)));
        kinds.put("malformed", new Kind(400, post("/api/tasks", "{").header("Authorization", bearer)));
        kinds.put(
                "too large",
                new Kind(413, post("/api/tasks", "x".repeat(2_000_000)).header("Authorization", bearer)));
        kinds.put(
                "media type",
                new Kind(
                        415,
                        to("/api/tasks")
                                .header("Content-Type", "image/png")
                                .POST(BodyPublishers.ofString("x"))
                                .header("Authorization", bearer)));
        kinds.put("tools without a token", new Kind(401, post("/api/mcp", ping).header("Accept", agents)));
        kinds.put(
                "tools",
                new Kind(
                        200,
                        HttpRequest.newBuilder(origin.resolve("/api/mcp"))
                                .header("Content-Type", "application/json")
                                .header("Accept", agents)
                                .header("Authorization", bearer)
                                .POST(BodyPublishers.ofString(ping))));
        return kinds;
    }

    @Test
    void every_kind_of_answer_is_guarded_and_closed_to_other_origins() throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, Kind> kind : kinds().entrySet()) {
            HttpResponse<InputStream> answer =
                    http.send(kind.getValue().request().build(), BodyHandlers.ofInputStream());
            answer.body().close();
            if (answer.statusCode() != kind.getValue().status()) {
                faults.add(kind.getKey() + ": status " + answer.statusCode());
            }
            faults(answer.headers()).forEach(fault -> faults.add(kind.getKey() + ": " + fault));
        }
        assertThat(faults).isEmpty();
    }

    private static List<String> faults(HttpHeaders headers) {
        List<String> faults = new ArrayList<>();
        String content = headers.firstValue("Content-Security-Policy").orElse("");
        if (!content.contains("default-src 'self'")
                || !content.contains("frame-ancestors 'none'")
                || content.contains("unsafe")) {
            faults.add("Content-Security-Policy " + content);
        }
        Map.of("X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "same-origin")
                .forEach((name, value) -> {
                    if (!headers.allValues(name).equals(List.of(value))) {
                        faults.add(name + " " + headers.allValues(name));
                    }
                });
        for (String name : List.of("X-Request-Id", "Cache-Control", "Permissions-Policy")) {
            if (headers.firstValue(name).isEmpty()) {
                faults.add("no " + name);
            }
        }
        headers.map().forEach((name, values) -> {
            if (name.toLowerCase().startsWith("access-control-")
                    || name.equalsIgnoreCase("Server")
                    || name.equalsIgnoreCase("X-Powered-By")) {
                faults.add(name + " " + values);
            }
        });
        headers.allValues("Set-Cookie").stream()
                .filter(cookie -> !cookie.contains("HttpOnly") || !cookie.contains("SameSite="))
                .forEach(cookie -> faults.add("Set-Cookie " + cookie.replaceAll("=[^;]*", "=…")));
        return faults;
    }

    @Test
    void a_page_of_another_origin_is_never_told_that_it_may() throws IOException, InterruptedException {
        for (String path :
                List.of("/", "/workstreams", "/api/tasks", "/api/mcp", "/api/events/stream", "/api/ingest")) {
            HttpRequest asked = to(path).header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "authorization")
                    .method("OPTIONS", BodyPublishers.noBody())
                    .build();
            HttpResponse<String> answer = http.send(asked, BodyHandlers.ofString());
            assertThat(answer.headers().map().keySet()).as(path).noneMatch(name -> name.toLowerCase()
                    .startsWith("access-control-"));
        }
    }
}
