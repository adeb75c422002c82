package dev.covibe.ops;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HealthResourceTest {

    @Test
    void anybody_may_learn_that_the_server_is_well() {
        given().get("/api/health")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("status", equalTo("ok"))
                .body("version", equalTo(Version.TEXT))
                .body("auth.mode", equalTo("local"))
                .body("database.reachable", equalTo(true))
                .body("database.schema.complete", equalTo(true))
                .body("database.schema.missing_tables", empty())
                .body("mcp.tools", greaterThanOrEqualTo(0));
        for (String check : new String[] {"started", "live", "ready"}) {
            given().get("/q/health/" + check).then().statusCode(200).body("status", equalTo("UP"));
        }
    }

    @Test
    void a_missing_column_is_named_and_takes_the_server_out_of_service() throws InterruptedException {
        DatabaseAddress superuser = TestDatabase.superuser();
        TestDatabase.execute(superuser, "alter table covibe.workstreams rename column target_date to renamed");
        try {
            Thread.sleep(Health.FRESH.plusMillis(100).toMillis());
            given().get("/api/health")
                    .then()
                    .statusCode(503)
                    .body("status", equalTo("failing"))
                    .body("database.schema.missing_columns", contains("workstreams.target_date"));
            given().get("/q/health/ready").then().statusCode(503);
        } finally {
            TestDatabase.execute(superuser, "alter table covibe.workstreams rename column renamed to target_date");
            Thread.sleep(Health.FRESH.plusMillis(100).toMillis());
        }
        given().get("/api/health").then().statusCode(200);
    }
}
