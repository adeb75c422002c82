package dev.covibe.guard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The OpenAPI document is complete (PLT-13): every REST operation, each with a summary, its errors and who may call. */
@QuarkusTest
class OpenApiTest {

    @Test
    void every_rest_operation_says_what_it_does_who_may_and_what_can_go_wrong() {
        Map<String, Map<String, Object>> paths = given().header("Accept", "application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        TreeSet<String> described = new TreeSet<>();
        List<String> incomplete = new ArrayList<>();
        paths.forEach((path, operations) -> operations.forEach((verb, operation) -> {
            String name = verb.toUpperCase() + " " + path;
            described.add(name);
            Map<?, ?> description = (Map<?, ?>) operation;
            Map<?, ?> responses = (Map<?, ?>) description.get("responses");
            if (description.get("summary") == null) {
                incomplete.add(name + " has no summary");
            }
            if (!path.equals("/api/health") && !responses.containsKey("401")) {
                incomplete.add(name + " does not say that nobody gets in");
            }
            if (!path.equals("/api/health") && description.get("security") == null) {
                incomplete.add(name + " does not say who may call");
            }
        }));
        assertThat(incomplete).isEmpty();
        assertThat(described)
                .isEqualTo(Operations.all().stream()
                        .filter(operation -> operation.contains(" /api/"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
