package dev.covibe.agents.usage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.covibe.agents.SessionOutcome;
import dev.covibe.agents.SessionQueries;
import dev.covibe.agents.SessionStart;
import dev.covibe.agents.SessionView;
import dev.covibe.agents.Sessions;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Tokens;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.testsupport.Upload;
import dev.covibe.work.WorkQueries;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches in JSON: what is taken, what is refused, and whose it is. */
@QuarkusTest
class IngestTest {

    @Inject
    Fixtures fixtures;

    @Inject
    UsageQueries usage;

    @Inject
    SessionUsage closely;

    @Inject
    Sessions sessions;

    @Inject
    SessionQueries sessionQueries;

    @Inject
    WorkQueries work;

    @Inject
    Tokens tokens;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    Fixtures.Workspace workspace;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
    }

    @Test
    void a_batch_answers_for_each_item_and_keeps_the_good_ones() {
        send(
                        usage("1", now, 100),
                        usage("1", now, 100),
                        usage("2", now.plusSeconds(1200), 100),
                        usage("3", now, -5),
                        "{\"kind\":\"usage\",\"id\":\"4\",\"at\":\"yesterday\"}",
                        "{\"kind\":\"party\",\"id\":\"5\"}",
                        "17",
                        usage("6", now.minus(100, ChronoUnit.DAYS), 100),
                        usage("7", now.minus(3, ChronoUnit.DAYS), 11))
                .body("accepted", equalTo(2))
                .body("duplicates", equalTo(1))
                .body("refused", equalTo(6))
                .body(
                        "results.status",
                        equalTo(Arrays.asList(
                                "accepted",
                                "duplicate",
                                "refused",
                                "refused",
                                "refused",
                                "refused",
                                "refused",
                                "refused",
                                "accepted")))
                .body(
                        "results.code",
                        equalTo(Arrays.asList(
                                null,
                                null,
                                "usage.future",
                                "usage.negative",
                                "usage.invalid",
                                "usage.invalid",
                                "usage.invalid",
                                "usage.too-old",
                                null)))
                .body("results[0].message", nullValue());

        assertThat(total().inputTokens()).isEqualTo(111);
        assertThat(usage.total(workspace.admin(), day(3), day(3)).inputTokens())
                .as("late data lands on its day")
                .isEqualTo(11);
    }

    @Test
    void a_misspelt_field_is_no_free_call() {
        send("{\"kind\":\"usage\",\"id\":\"1\",\"at\":\"" + now + "\",\"model\":\"m\",\"input\":900}")
                .body("refused", equalTo(1))
                .body("results[0].code", equalTo("usage.invalid"))
                .body("results[0].message", containsString("input_tokens"));
        send("{\"kind\":\"usage\",\"id\":\"1\",\"at\":\"" + now + "\",\"model\":\"m\",\"status\":\"error\"}")
                .body("accepted", equalTo(1));
    }

    @Test
    void a_batch_sent_again_counts_nothing_twice() {
        String[] items = IntStream.range(0, 50)
                .mapToObj(i -> usage("call-" + i, now, 10))
                .toArray(String[]::new);
        send(items).body("accepted", equalTo(50));
        send(items).body("accepted", equalTo(0)).body("duplicates", equalTo(50));

        assertThat(total().inputTokens()).isEqualTo(500);
        assertThat(total().calls()).isEqualTo(50);
    }

    @Test
    void an_id_counts_once_even_when_it_comes_back_with_another_time() {
        send(usage("same", now, 10)).body("accepted", equalTo(1));
        send(usage("same", now.minus(40, ChronoUnit.DAYS), 10)).body("duplicates", equalTo(1));

        assertThat(total().inputTokens()).isEqualTo(10);
    }

    @Test
    void usage_of_a_session_belongs_to_the_task_of_its_moment() {
        UUID first = task("Paint the hull");
        UUID second = task("Fill the balloon");
        Caller agent = agent();
        SessionView session =
                sessions.start(agent, asking(Optional.of("WEB-1"))).session();
        Instant start = session.startedAt();
        at(session.id(), "update covibe.session_tasks set since = '%s' where session_id = '%s'", start);
        Caller inSession = agent.in(new Caller.Session(session.id(), "codex"));
        sessions.workOn(inSession, work.task(agent, "WEB-2"));
        Instant turned = Instant.now();

        sendAs(agent, "codex", own("a", session.id(), start.plusMillis(1), 7), own("b", session.id(), turned, 30));

        assertThat(usage.ofTask(workspace.admin(), first).inputTokens()).isEqualTo(7);
        assertThat(usage.ofTask(workspace.admin(), second).inputTokens()).isEqualTo(30);
        assertThat(usage.ofSession(workspace.admin(), session.id()).inputTokens())
                .isEqualTo(37);
        assertThat(closely.calls(workspace.admin(), session.id(), 10))
                .hasSize(2)
                .allMatch(SessionUsage.Call::counted);
    }

    @Test
    void telemetry_adopts_the_only_session_that_can_be_meant_and_opens_one_when_there_are_two() {
        Caller agent = agent();
        SessionView only = sessions.start(agent, asking(Optional.empty())).session();
        sendAs(agent, "codex", of("a", "thread-1", now, 1));
        assertThat(sessionQueries.view(workspace.admin(), only.id()).externalId())
                .contains("thread-1");
        assertThat(usage.ofSession(workspace.admin(), only.id()).inputTokens()).isEqualTo(1);

        Caller other = agent();
        sessions.start(other, asking(Optional.empty()));
        sessions.start(other, asking(Optional.of("main"), Optional.empty()));
        sendAs(other, "codex", of("b", "thread-2", now, 1));
        assertThat(count(
                        "agent_sessions where external_id = 'thread-2' and started_by = 'hook' and repository is null"))
                .isEqualTo(1);
    }

    @Test
    void a_session_that_telemetry_opened_is_gone_on_with_when_the_agent_starts_it() {
        Caller agent = agent();
        sendAs(agent, "codex", of("a", "thread-3", now, 1));

        Sessions.Started started = sessions.start(agent, asking(Optional.empty()));

        assertThat(started.session().externalId()).contains("thread-3");
        assertThat(started.session().repository()).contains("github.com/acme/web");
        assertThat(count("agent_sessions where true")).isEqualTo(1);
    }

    @Test
    void hooks_begin_and_end_a_session_and_tell_its_parent() {
        send(
                        "{\"kind\":\"session_start\",\"session\":\"parent-1\",\"agent\":\"cursor\",\"at\":\"" + now
                                + "\",\"repository\":\"git@github.com:Acme/Web.git\",\"branch\":\"main\"}",
                        "{\"kind\":\"session_start\",\"session\":\"child-1\",\"agent\":\"cursor\",\"at\":\"" + now
                                + "\",\"parent\":\"parent-1\"}",
                        "{\"kind\":\"session_start\",\"session\":\"child-2\",\"agent\":\"cursor\",\"at\":\"" + now
                                + "\",\"branch\":\"/home/lin/web\"}",
                        "{\"kind\":\"session_end\",\"session\":\"parent-1\",\"agent\":\"cursor\",\"at\":\"" + now
                                + "\",\"outcome\":\"done\"}")
                .body("accepted", equalTo(3))
                .body("results[2].code", equalTo("usage.invalid"));

        assertThat(count("agent_sessions where external_id = 'parent-1' and repository = 'github.com/acme/web'"
                        + " and ended_by = 'companion' and outcome = 'done' and started_by = 'hook'"))
                .isEqualTo(1);
        assertThat(count("agent_sessions c join covibe.agent_sessions p on p.id = c.parent_id"
                        + " where c.external_id = 'child-1' and p.external_id = 'parent-1'"))
                .isEqualTo(1);
    }

    @Test
    void nobody_reports_into_anothers_session() {
        SessionView session = sessions.start(agent(), asking(Optional.empty())).session();
        Caller colleague = fixtures.member(workspace, "ada");
        Fixtures.Workspace stranger = fixtures.workspace();

        for (String token : new String[] {fixtures.token(colleague), stranger.token()}) {
            ingest(token, "{\"items\":[" + own("x", session.id(), now, 5) + "]}")
                    .body("results[0].code", equalTo("session.unknown"));
        }
        assertThat(total().tokens()).isZero();
    }

    @Test
    void a_score_shows_its_parts() {
        Caller agent = agent();
        task("Paint the hull");
        SessionView session =
                sessions.start(agent, asking(Optional.of("WEB-1"))).session();
        sendAs(
                agent,
                "codex",
                own("ok", session.id(), Instant.now(), 10),
                own("bad", session.id(), Instant.now(), 0).replace("\"kind\"", "\"status\":\"error\",\"kind\""));
        sessions.end(agent, session.id(), SessionOutcome.DONE, Optional.empty());

        SessionScore score = closely.score(workspace.admin(), session.id());

        assertThat(score.parts())
                .extracting(SessionScore.Part::name, SessionScore.Part::points)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("outcome", 40),
                        org.assertj.core.groups.Tuple.tuple("reliability", 13),
                        org.assertj.core.groups.Tuple.tuple("attribution", 20),
                        org.assertj.core.groups.Tuple.tuple("reporting", 12));
        assertThat(score.points()).isEqualTo(85);
    }

    @Test
    void what_is_no_batch_is_refused_as_a_whole() {
        refused("{}", 400, "ingest.items-wanted");
        refused("[]", 400, "ingest.items-wanted");
        refused("{\"items\":[", 400, "request.malformed");
        String many = IntStream.range(0, 5001).mapToObj(i -> "{}").collect(Collectors.joining(","));
        refused("{\"items\":[" + many + "]}", 400, "ingest.too-many");
        given().header("Authorization", workspace.bearer())
                .contentType("text/plain")
                .body("hello")
                .post("/api/ingest")
                .then()
                .statusCode(415)
                .body("code", equalTo("request.media-type"));
    }

    @Test
    void a_browser_reports_no_usage() {
        Fixtures.Browser browser = fixtures.browser(workspace);
        given().cookie("covibe_session", browser.cookie())
                .header("X-CSRF-Token", browser.csrf())
                .contentType("application/json")
                .body("{\"items\":[]}")
                .post("/api/ingest")
                .then()
                .statusCode(403)
                .body("code", equalTo("ingest.token-wanted"));
    }

    @Test
    void a_token_revoked_in_mid_stream_ends_the_stream_and_keeps_what_came_before() {
        send(usage("before", now, 10)).body("accepted", equalTo(1));
        var mine = tokens.list(workspace.admin()).getFirst();
        tokens.revoke(workspace.admin(), mine.id(), "127.0.0.1");

        given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body("{\"items\":[" + usage("after", now, 10) + "]}")
                .post("/api/ingest")
                .then()
                .statusCode(401);
        assertThat(total().inputTokens()).isEqualTo(10);
    }

    @Test
    void fifty_mebibytes_are_too_much() {
        Upload.assertTooLarge("/api/ingest", workspace.bearer(), "application/json");
    }

    private void refused(String body, int status, String code) {
        given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body(body)
                .post("/api/ingest")
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
    }

    private ValidatableResponse send(String... items) {
        return ingest(workspace.token(), "{\"items\":[" + String.join(",", items) + "]}");
    }

    private static ValidatableResponse ingest(String token, String body) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body)
                .post("/api/ingest")
                .then()
                .statusCode(200);
    }

    private void sendAs(Caller agent, String type, String... items) {
        String body = "{\"items\":["
                + Arrays.stream(items)
                        .map(item -> item.replace("{", "{\"agent\":\"" + type + "\","))
                        .collect(Collectors.joining(","))
                + "]}";
        ingest(texts.get(agent.token().orElseThrow().id()), body).body("refused", equalTo(0));
    }

    private final java.util.Map<UUID, String> texts = new java.util.HashMap<>();

    /** The admin, through a token of its own. */
    private Caller agent() {
        Caller admin = workspace.admin();
        var minted = tokens.mint(admin, "agent", Optional.empty(), Optional.empty(), "127.0.0.1");
        texts.put(minted.id(), minted.text());
        return new Caller(
                admin.place(),
                admin.developerId(),
                admin.handle(),
                admin.role(),
                Optional.of(new Caller.Token(minted.id(), "agent", Optional.empty())),
                Optional.empty());
    }

    private static SessionStart asking(Optional<String> task) {
        return asking(Optional.empty(), task);
    }

    private static SessionStart asking(Optional<String> branch, Optional<String> task) {
        return new SessionStart(
                "git@github.com:Acme/Web.git",
                branch,
                Optional.empty(),
                Optional.of("codex"),
                Optional.empty(),
                Optional.empty(),
                task,
                Optional.empty(),
                Optional.empty(),
                Optional.of("mcp-" + UUID.randomUUID()));
    }

    private UUID task(String title) {
        return UUID.fromString(given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body("{\"title\":\"" + title + "\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    private static String usage(String id, Instant at, long input) {
        return "{\"kind\":\"usage\",\"id\":\"" + id + "\",\"at\":\"" + at
                + "\",\"model\":\"gpt-5-codex\",\"input_tokens\":" + input + "}";
    }

    private static String own(String id, UUID session, Instant at, long input) {
        return usage(id, at, input).replace("\"model\"", "\"session_id\":\"" + session + "\",\"model\"");
    }

    private static String of(String id, String external, Instant at, long input) {
        return usage(id, at, input).replace("\"model\"", "\"session\":\"" + external + "\",\"model\"");
    }

    private UsageTotals total() {
        return usage.total(workspace.admin(), day(20), day(-1));
    }

    private LocalDate day(int daysAgo) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(daysAgo);
    }

    private static void at(UUID session, String sql, Instant at) {
        TestDatabase.execute(TestDatabase.superuser(), sql.formatted(at, session));
    }

    private long count(String from) {
        return TestDatabase.count("select count(*) from covibe." + from + " and " + (from.contains(" c ") ? "c." : "")
                + "workspace_id = '" + workspace.admin().workspaceId() + "'");
    }
}
