package dev.covibe.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.covibe.platform.crypto.TokenText;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PLT-9 with limits that are soon reached, behind one proxy, so that every test comes from an address of its own. */
@QuarkusTest
@TestProfile(LimitsTest.Tight.class)
class LimitsTest {

    public static final class Tight implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("covibe.proxy-hops", "1"),
                    Map.entry("covibe.limits.mcp", "4/1m"),
                    Map.entry("covibe.limits.ingest", "3/1m"),
                    Map.entry("covibe.limits.writes", "3/1m"),
                    Map.entry("covibe.limits.calls", "6/1m"),
                    Map.entry("covibe.limits.anonymous", "5/1m"),
                    Map.entry("covibe.limits.sign-ins", "3/1h"),
                    Map.entry("covibe.limits.bad-tokens", "4/1h"),
                    Map.entry("covibe.limits.found-tokens", "3/1h"),
                    Map.entry("covibe.limits.user-codes", "3/1h"));
        }
    }

    /** As long as the longest of these tests may take. */
    private static final long LONGEST_MS = 10_000;

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    @Inject
    Fixtures fixtures;

    private final String address = address();

    /** Windows stand still, 10:00 to 11:00: what went on over the end of one would be counted in two. */
    @BeforeEach
    void stay_within_one_window() throws InterruptedException {
        long window = Duration.ofHours(1).toMillis();
        long left = window - System.currentTimeMillis() % window;
        if (left < LONGEST_MS) {
            Thread.sleep(left + 100);
        }
    }

    private static String address() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "198." + (18 + random.nextInt(2)) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address).redirects().follow(false);
    }

    private Response list(String token) {
        return from(address)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, text/event-stream")
                .contentType("application/json")
                .body(LIST)
                .post("/api/mcp");
    }

    @Test
    void an_address_hands_in_a_few_leaked_tokens_and_no_flood_of_guesses() {
        for (int i = 0; i < 3; i++) {
            assertThat(handIn(TokenText.next())).isEqualTo(200);
        }
        Fixtures.Workspace team = fixtures.workspace();
        assertThat(handIn(team.token())).isEqualTo(429);
        list(team.token()).then().statusCode(200);
    }

    private int handIn(String token) {
        return from(address)
                .contentType("application/json")
                .body(Map.of("text", token))
                .post("/api/found-tokens")
                .statusCode();
    }

    @Test
    void an_agent_in_a_loop_is_told_to_wait_and_another_goes_on() {
        Fixtures.Workspace team = fixtures.workspace();
        list(team.token())
                .then()
                .statusCode(200)
                .header("RateLimit-Policy", "\"mcp\";q=4;w=60")
                .header("RateLimit", matchesPattern("\"mcp\";r=3;t=\\d+"));
        for (int i = 0; i < 3; i++) {
            list(team.token()).then().statusCode(200);
        }
        list(team.token())
                .then()
                .statusCode(429)
                .contentType("application/json")
                .header("Retry-After", matchesPattern("1[0-5]"))
                .header("RateLimit", matchesPattern("\"mcp\";r=0;t=1[0-5]"))
                .body("jsonrpc", equalTo("2.0"))
                .body("error.data.code", equalTo("limit.mcp"))
                .body("error.message", containsString("next: wait 1"));
        list(fixtures.token(team.admin())).then().statusCode(200);
    }

    @Test
    void reports_and_reads_have_limits_of_their_own() {
        Fixtures.Workspace team = fixtures.workspace();
        for (int i = 0; i < 3; i++) {
            report(team).then().statusCode(200);
        }
        report(team).then().statusCode(429).body("code", equalTo("limit.ingest"));
        read(team, "/api/tasks").then().statusCode(200).header("RateLimit-Policy", "\"calls\";q=6;w=60");
    }

    private Response report(Fixtures.Workspace team) {
        return from(address)
                .header("Authorization", team.bearer())
                .contentType("application/json")
                .body("{\"resourceLogs\":[]}")
                .post("/api/otlp/v1/logs");
    }

    private Response read(Fixtures.Workspace team, String path) {
        return from(address).header("Authorization", team.bearer()).get(path);
    }

    @Test
    void writes_of_one_developer_count_together_whatever_token_or_browser_makes_them() {
        Fixtures.Workspace team = fixtures.workspace();
        Fixtures.Browser browser = fixtures.browser(team);
        assertThat(plan(from(address).header("Authorization", team.bearer())).statusCode())
                .isEqualTo(201);
        assertThat(plan(from(address).header("Authorization", "Bearer " + fixtures.token(team.admin())))
                        .statusCode())
                .isEqualTo(201);
        assertThat(plan(signedIn(browser)).statusCode()).isEqualTo(201);
        plan(signedIn(browser))
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:covibe:problem:limit.writes"))
                .header("Retry-After", matchesPattern("1[5-9]|20"));
        signedIn(browser)
                .header("Accept", "text/html")
                .formParam("title", "Fill the balloon")
                .post("/workstreams/plan")
                .then()
                .statusCode(429)
                .contentType("text/html")
                .body(containsString("Too much at once"));
        read(team, "/api/tasks").then().statusCode(200);
    }

    private RequestSpecification signedIn(Fixtures.Browser browser) {
        return from(address).cookie("covibe_session", browser.cookie()).header("X-CSRF-Token", browser.csrf());
    }

    private static Response plan(RequestSpecification request) {
        return request.contentType("application/json")
                .body("{\"title\":\"Task " + System.nanoTime() + "\"}")
                .post("/api/tasks");
    }

    @Test
    void who_sends_no_credentials_is_counted_by_address_and_pictures_and_health_are_free() {
        for (int i = 0; i < 5; i++) {
            from(address).get("/auth/sign-in").then().statusCode(200);
        }
        from(address).get("/auth/sign-in").then().statusCode(429).body("code", equalTo("limit.anonymous"));
        from(address).get("/api/health").then().statusCode(200);
        from(address).get("/q/health/live").then().statusCode(200);
        from(address()).get("/auth/sign-in").then().statusCode(200);
        read(fixtures.workspace(), "/api/tasks").then().statusCode(200);
    }

    @Test
    void what_the_asker_writes_into_the_forwarding_header_frees_nobody() {
        for (int i = 0; i < 5; i++) {
            from(address() + ", " + address).get("/auth/sign-in").then().statusCode(200);
        }
        from(address() + ", " + address).get("/auth/sign-in").then().statusCode(429);
        from(address + ", " + address()).get("/auth/sign-in").then().statusCode(200);
    }

    @Test
    void a_subscriber_of_ipv6_has_one_share_for_the_whole_network() {
        String network =
                "2001:db8:" + Integer.toHexString(ThreadLocalRandom.current().nextInt(1, 65536)) + ":1:";
        for (int i = 0; i < 5; i++) {
            from(network + ":" + (i + 1)).get("/auth/sign-in").then().statusCode(200);
        }
        from(network + ":ffff").get("/auth/sign-in").then().statusCode(429);
    }

    @Test
    void guessed_tokens_are_stopped_and_a_colleague_at_the_same_address_goes_on() {
        Fixtures.Workspace team = fixtures.workspace();
        Fixtures.Workspace late = fixtures.workspace();
        read(team, "/api/tasks").then().statusCode(200);
        for (int i = 0; i < 4; i++) {
            guess(TokenText.next()).then().statusCode(401);
        }
        guess("cvb_nonsense")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", matchesPattern("\\d+"))
                .body("code", equalTo("attempts.too-many"));
        list(TokenText.next()).then().statusCode(429).body("error.data.code", equalTo("attempts.too-many"));
        read(team, "/api/tasks").then().statusCode(200);
        // A token that nobody has seen here is not even looked at: the guess that is right is no exception.
        read(late, "/api/tasks").then().statusCode(429);
        from(address())
                .header("Authorization", late.bearer())
                .get("/api/tasks")
                .then()
                .statusCode(200);
    }

    @Test
    void one_revoked_token_sent_again_and_again_is_no_guessing() {
        String revoked = TokenText.next();
        for (int i = 0; i < 10; i++) {
            guess(revoked).then().statusCode(401);
        }
        read(fixtures.workspace(), "/api/tasks").then().statusCode(200);
    }

    private Response guess(String token) {
        return from(address).header("Authorization", "Bearer " + token).get("/api/tasks");
    }

    @Test
    void after_too_many_wrong_codes_the_right_one_does_not_open_either() {
        Fixtures.Browser browser = fixtures.browser(fixtures.workspace());
        String right = from(address)
                .contentType("application/json")
                .body("{\"host_name\": \"laptop\", \"agents\": [\"codex\"]}")
                .post("/api/setup/device")
                .path("user_code");
        for (int i = 0; i < 3; i++) {
            type(browser, UserCode.next()).then().statusCode(422);
        }
        type(browser, UserCode.next()).then().statusCode(429);
        type(browser, right).then().statusCode(429).header("Retry-After", matchesPattern("\\d+"));
    }

    private Response type(Fixtures.Browser browser, String code) {
        return from(address)
                .cookie("covibe_session", browser.cookie())
                .accept("text/html")
                .get("/setup/authorize?user_code=" + code);
    }

    @Test
    void trying_who_is_known_here_is_stopped_and_does_not_keep_anybody_out_elsewhere() {
        Fixtures.Workspace team = fixtures.workspace();
        for (int i = 0; i < 3; i++) {
            signIn(address, "nobody" + System.nanoTime() + "@example.com")
                    .then()
                    .statusCode(303);
        }
        signIn(address, team.email())
                .then()
                .statusCode(429)
                .contentType("text/html")
                .header("Retry-After", matchesPattern("\\d+"));
        signIn(address(), team.email()).then().statusCode(303);
    }

    private static Response signIn(String address, String email) {
        return from(address).accept("text/html").formParam("email", email).post("/auth/sign-in");
    }
}
