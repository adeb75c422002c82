package dev.covibe.guard;

import static dev.covibe.guard.AccessRequest.send;
import static dev.covibe.guard.AccessTable.EXPECTED;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every operation and every tool, with tokens and cookies that are dead (QLT-9). */
@QuarkusTest
class DeadCredentialsTest {

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/api/mcp")
    URI mcp;

    @Test
    void dead_tokens_and_cookies_open_nothing() {
        Fixtures.Workspace revoked = fixtures.workspace();
        Fixtures.Workspace expired = fixtures.workspace();
        Fixtures.Workspace gone = fixtures.workspace();
        Fixtures.Browser closed = fixtures.browser(gone);
        change("update covibe.mcp_tokens set revoked_at = now() where developer_id = '%s'", revoked);
        change(
                "update covibe.mcp_tokens set expires_at = now() - interval '1 second' where developer_id = '%s'",
                expired);
        change("update covibe.developers set removed_at = now() where id = '%s'", gone);
        List<String> open = new ArrayList<>();
        EXPECTED.forEach((operation, access) -> {
            if (access instanceof Access.Everybody) {
                return;
            }
            for (Fixtures.Workspace dead : List.of(revoked, expired, gone)) {
                Response answer = send(
                        given().header("Authorization", dead.bearer()),
                        operation,
                        access,
                        UUID.randomUUID().toString());
                if (answer.statusCode() != 401) {
                    open.add(operation + " " + answer.statusCode());
                }
            }
            RequestSpecification browser =
                    given().cookie("covibe_session", closed.cookie()).header("X-CSRF-Token", closed.csrf());
            int status = send(browser, operation, access, UUID.randomUUID().toString())
                    .statusCode();
            // Who left may still sign in and found a company of their own, and is led there.
            if (status < 300 && !operation.endsWith(" /onboarding")) {
                open.add("cookie: " + operation + " " + status);
            }
        });
        assertThat(open).isEmpty();
    }

    @Test
    void no_tool_answers_to_nobody_or_to_a_dead_token() {
        Fixtures.Workspace revoked = fixtures.workspace();
        change("update covibe.mcp_tokens set revoked_at = now() where developer_id = '%s'", revoked);
        McpClient owner = McpClient.at(mcp.toString(), fixtures.workspace().token());
        owner.request("tools/list", Map.of()).path("result").path("tools").forEach(tool -> {
            String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                    + tool.path("name").asText() + "\",\"arguments\":{}}}";
            assertThat(owner.with("Authorization", "").post(call).statusCode()).isEqualTo(401);
            assertThat(owner.with("Authorization", revoked.bearer()).post(call).statusCode())
                    .isEqualTo(401);
        });
    }

    private static void change(String sql, Fixtures.Workspace whose) {
        TestDatabase.execute(
                TestDatabase.superuser(), sql.formatted(whose.admin().developerId()));
    }
}
