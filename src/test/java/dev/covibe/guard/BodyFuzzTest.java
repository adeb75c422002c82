package dev.covibe.guard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/**
 * Bodies that nobody wrote by hand give no 5xx (QLT-9). They are made from the OpenAPI document: sound ones of which one or
 * a few places were spoilt. {@code -Dfuzz.seed=…} repeats the bodies of a run that failed, {@code -Dfuzz.bodies=…} makes more or fewer of them.
 */
@QuarkusTest
class BodyFuzzTest {

    private static final Set<String> WRITES = Set.of("post", "put", "patch", "delete");

    private static final int AT_ONCE = 8;

    /** Ends the session or the data that the other bodies need. */
    private static final Set<String> LEFT_OUT = Set.of("/api/workspace/reset", "/api/mcp");

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/")
    URI origin;

    private final ObjectMapper json = new ObjectMapper();

    private record Operation(String method, String path, Optional<JsonNode> schema, String mediaType) {}

    @Test
    void no_body_breaks_the_server() throws IOException, InterruptedException {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        int bodies = Integer.getInteger("fuzz.bodies", 10_000);
        JsonNode document = json.readTree(given().get("/q/openapi?format=json").asString());
        List<Operation> operations = operations(document);
        assertThat(operations).hasSizeGreaterThan(30);
        Fixtures.Workspace team = fixtures.workspace();
        FuzzedBodies fuzzed = new FuzzedBodies(document, new Random(seed));
        Random random = new Random(seed);
        Set<String> broken = new ConcurrentSkipListSet<>();
        Set<Integer> statuses = new ConcurrentSkipListSet<>();
        Semaphore free = new Semaphore(AT_ONCE);
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int i = 0; i < bodies; i++) {
                Operation operation = operations.get(i % operations.size());
                byte[] body = operation.schema().map(fuzzed::spoilt).orElseGet(fuzzed::noise);
                HttpRequest request = request(team, operation, body, random);
                free.acquire();
                http.sendAsync(request, BodyHandlers.ofString()).whenComplete((answer, failure) -> {
                    free.release();
                    if (failure != null) {
                        broken.add(shown(operation, body) + " " + failure);
                    } else {
                        statuses.add(answer.statusCode());
                        if (answer.statusCode() >= 500 || tellsTooMuch(answer.body())) {
                            broken.add(shown(operation, body) + " " + answer.statusCode() + " "
                                    + shown(answer.body().getBytes(StandardCharsets.UTF_8)));
                        }
                    }
                });
            }
            free.acquire(AT_ONCE);
        }
        assertThat(broken).as("seed " + seed).isEmpty();
        // Where everything is refused alike, nothing was tried.
        assertThat(statuses).as("seed " + seed).contains(200, 400, 404);
    }

    private static String shown(Operation operation, byte[] body) {
        return operation.method() + " " + operation.path() + " with " + shown(body);
    }

    private static boolean tellsTooMuch(String body) {
        return body.contains("Exception") || body.contains("\tat ") || body.contains("org.postgresql");
    }

    private static String shown(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.length() <= 300 ? text : text.substring(0, 300) + "… (" + body.length + " bytes)";
    }

    private static List<Operation> operations(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (WRITES.contains(operation.getKey()) && !LEFT_OUT.contains(path.getKey())) {
                        Optional<Map.Entry<String, JsonNode>> content =
                                operation.getValue().path("requestBody").path("content").properties().stream()
                                        .findFirst();
                        operations.add(new Operation(
                                operation.getKey().toUpperCase(),
                                path.getKey(),
                                content.map(found -> found.getValue().path("schema")),
                                content.map(Map.Entry::getKey).orElse("application/json")));
                    }
                }));
        return operations;
    }

    private HttpRequest request(Fixtures.Workspace team, Operation operation, byte[] body, Random random) {
        String item =
                switch (random.nextInt(5)) {
                    case 0 -> UUID.randomUUID().toString();
                    case 1 -> "%00";
                    case 2 -> "%F0%9F%8E%88".repeat(random.nextInt(1, 100));
                    case 3 -> "99999999999999999999";
                    default -> operation.path().contains("workstreams") ? "WS-1" : "WEB-1";
                };
        String path = operation.path().replaceAll("\\{\\w+}", item);
        HttpRequest.Builder request = HttpRequest.newBuilder(origin.resolve(path))
                .header("Authorization", team.bearer())
                .header("Content-Type", operation.mediaType())
                .method(operation.method(), BodyPublishers.ofByteArray(body));
        if (random.nextInt(4) == 0) {
            request.header("Idempotency-Key", random.nextInt(3) == 0 ? "k".repeat(5000) : "k" + random.nextInt());
        }
        return request.build();
    }
}
