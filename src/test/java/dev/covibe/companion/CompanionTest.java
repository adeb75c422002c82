package dev.covibe.companion;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heartbeats of machines, and what they are answered. */
@QuarkusTest
class CompanionTest {

    @Inject
    Fixtures fixtures;

    Fixtures.Workspace workspace;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
    }

    @Test
    void a_heartbeat_is_answered_with_the_clock_the_rule_and_the_current_companion() {
        Instant time = Instant.parse(beat("laptop", "0.0.1", "")
                .statusCode(200)
                .body("developer", equalTo(workspace.admin().handle()))
                .body("collisions", equalTo("warn"))
                .body(
                        "companion.sha256",
                        equalTo(given().get("/downloads/co-vibe.json").path("sha256")))
                .body("update_available", equalTo(true))
                .extract()
                .path("time"));
        assertThat(Duration.between(time, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        beat("laptop", "999.0.0", "").body("update_available", equalTo(false));
    }

    @Test
    void a_machine_is_listed_once_with_the_repositories_that_it_named_last() {
        beat("laptop", "0.1.0", "{\"name\":\"web\",\"state\":\"pending\"},{\"name\":\"api\",\"state\":\"synced\"}");
        beat("laptop", "0.1.1", "{\"name\":\"web\",\"state\":\"synced\"},{\"state\":\"excluded\"}");
        machines()
                .body("", hasSize(1))
                .body("[0].version", equalTo("0.1.1"))
                .body("[0].repositories", hasSize(1))
                .body("[0].repositories[0].name", equalTo("web"))
                .body("[0].repositories[0].state", equalTo("synced"))
                .body("[0].private_repositories", equalTo(1));
    }

    @Test
    void a_path_or_the_name_of_a_private_repository_is_not_taken() {
        beat("laptop", "0.1.0", "{\"name\":\"/home/lin/web\",\"state\":\"synced\"}")
                .statusCode(400);
        beat("laptop", "0.1.0", "{\"name\":\"diary\",\"state\":\"excluded\"}").statusCode(400);
        beat("C:\\\\Users", "0.1.0", "").statusCode(400);
        machines().body("", empty());
    }

    @Test
    void an_admin_decides_that_collisions_block_and_every_machine_learns_it() {
        given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body("{\"on_collision\":\"block\"}")
                .put("/api/companion/rule")
                .then()
                .statusCode(200);
        beat("laptop", "0.1.0", "").body("collisions", equalTo("block"));
        given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body("{\"on_collision\":\"shout\"}")
                .put("/api/companion/rule")
                .then()
                .statusCode(400);
    }

    @Test
    void a_machine_is_forgotten_by_its_owner_and_unknown_to_strangers() {
        beat("laptop", "0.1.0", "{\"name\":\"web\",\"state\":\"synced\"}");
        String id = machines().extract().path("[0].id");
        given().header("Authorization", fixtures.workspace().bearer())
                .delete("/api/companion/machines/" + id)
                .then()
                .statusCode(404);
        given().header("Authorization", workspace.bearer())
                .delete("/api/companion/machines/" + id)
                .then()
                .statusCode(204);
        machines().body("", empty());
    }

    @Test
    void versions_are_ordered_as_npm_orders_them() {
        assertThat(newer("0.10.0", "0.9.9")).isTrue();
        assertThat(newer("1.0.0", "1.0.0-rc1")).isTrue();
        assertThat(newer("1.0.0-rc2", "1.0.0-rc1")).isTrue();
        assertThat(newer("1.0.0-rc1", "1.0.0")).isFalse();
        assertThat(newer("1.0.0", "1.0.0")).isFalse();
        assertThat(newer("0.0.1", "nonsense")).isTrue();
    }

    private static boolean newer(String left, String right) {
        return PackageVersion.of(left).isNewerThan(PackageVersion.of(right));
    }

    private ValidatableResponse machines() {
        return given().header("Authorization", workspace.bearer())
                .get("/api/companion/machines")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse beat(String machine, String version, String repositories) {
        return given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body("{\"machine\":\"" + machine + "\",\"version\":\"" + version
                        + "\",\"platform\":\"linux\",\"service\":true,\"repositories\":[" + repositories
                        + "],\"more\":1}")
                .post("/api/companion/heartbeat")
                .then();
    }
}
