package dev.covibe.journal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventStreamResourceTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Journal journal;

    @TestHTTPResource("/api/events/stream")
    URI stream;

    private Fixtures.Workspace team;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
    }

    private UUID note(String key) {
        return journal.record(
                team.admin(), EventKind.NOTED, Subject.project(UUID.randomUUID(), key), Map.of("text", "x"));
    }

    private Follower follow(Optional<String> lastEventId) throws IOException {
        return Follower.of(stream, team.bearer(), lastEventId);
    }

    @Test
    void whoever_comes_back_gets_what_was_missed_once_and_in_order() throws IOException {
        String last;
        try (Follower first = follow(Optional.empty())) {
            note("A");
            Follower.Message message = first.next("work");
            assertThat(message.data()).contains("\"key\":\"A\"");
            last = message.id().orElseThrow();
        }
        List<UUID> missed = List.of(note("B"), note("C"), note("D"));
        try (Follower again = follow(Optional.of(last))) {
            UUID live = note("E");
            List<String> seen = new ArrayList<>();
            for (int n = 0; n <= missed.size(); n++) {
                seen.add(again.next("work").data());
            }
            assertThat(seen).hasSize(4);
            for (int n = 0; n < missed.size(); n++) {
                assertThat(seen.get(n)).contains(missed.get(n).toString());
            }
            assertThat(seen.getLast()).contains(live.toString());
            assertThat(again.hasMore()).isFalse();
        }
    }

    @Test
    void whoever_missed_too_much_is_told_to_read_the_page_again() throws IOException {
        String last;
        try (Follower first = follow(Optional.empty())) {
            note("A");
            last = first.next("work").id().orElseThrow();
        }
        for (int n = 0; n < EventStreams.MOST_CAUGHT_UP; n++) {
            note("N");
        }
        try (Follower again = follow(Optional.of(last))) {
            assertThat(again.next("reload").id()).isPresent();
        }
    }

    /** Transactions are counted anew in a restored database, so an id of the old one says nothing about the new one. */
    @Test
    void whoever_comes_back_to_a_restored_database_is_told_to_read_the_page_again() throws IOException {
        String last;
        try (Follower first = follow(Optional.empty())) {
            note("A");
            last = first.next("work").id().orElseThrow();
        }
        note("B");
        try (Follower again = follow(Optional.of(last.replaceFirst("^[0-9a-f]{8}", "00000000")))) {
            assertThat(again.next("reload").data()).isEqualTo("restored");
        }
        try (Follower again = follow(Optional.of(last.replaceFirst("^[0-9a-f]{8}\\.", "")))) {
            assertThat(again.next("reload").data())
                    .as("an id of an older release")
                    .isEqualTo("restored");
        }
    }

    @Test
    void a_page_misses_nothing_that_happens_before_it_opens_its_stream() throws IOException {
        note("before");
        String page = page();
        UUID between = note("between");
        URI live = URI.create(stream.toString().replace("/api/events/stream", liveOf(page)));
        try (Follower follower = Follower.of(live, team.bearer(), Optional.empty())) {
            assertThat(follower.next("work").data()).contains(between.toString());
            assertThat(follower.hasMore()).isFalse();
        }
    }

    @Test
    void a_position_that_is_none_is_refused() {
        given().header("Authorization", team.bearer())
                .queryParam("after", "yesterday")
                .get(stream)
                .then()
                .statusCode(400)
                .body("code", equalTo("events.unknown-position"));
    }

    private String page() {
        return given().cookie("covibe_session", fixtures.browser(team).cookie())
                .accept("text/html")
                .get("/coordination")
                .asString();
    }

    private static String liveOf(String page) {
        Matcher live = Pattern.compile("data-live=\"([^\"]+)\"").matcher(page);
        assertThat(live.find()).isTrue();
        return live.group(1);
    }

    @Test
    void an_outsider_hears_nothing_of_it() throws IOException {
        Fixtures.Workspace other = fixtures.workspace();
        try (Follower outsider = Follower.of(stream, other.bearer(), Optional.empty());
                Follower member = follow(Optional.empty())) {
            note("A");
            member.next("work");
            journal.record(
                    other.admin(), EventKind.NOTED, Subject.project(UUID.randomUUID(), "OWN"), Map.of("text", "x"));
            assertThat(outsider.next("work").data()).contains("\"key\":\"OWN\"");
        }
    }

    @Test
    void nothing_is_missed_while_the_database_is_away() throws IOException, InterruptedException {
        try (Follower follower = follow(Optional.empty())) {
            note("before");
            assertThat(follower.next("work").data()).contains("before");
            TestDatabase.execute(TestDatabase.superuser(), "alter role covibe_app nologin");
            UUID during = UUID.randomUUID();
            try {
                TestDatabase.execute(
                        TestDatabase.superuser(),
                        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'covibe_app'");
                // Written by another instance, which reaches the database while this one does not.
                TestDatabase.execute(TestDatabase.superuser(), """
                        insert into covibe.work_events
                            (workspace_id, at, id, kind, subject_kind, subject_id, subject_key, developer_id, payload)
                        values ('%s', now(), '%s', 'noted', 'project', gen_random_uuid(), 'during', '%s', '{}')
                        """.formatted(
                                team.admin().workspaceId(), during, team.admin().developerId()));
                Thread.sleep(500);
            } finally {
                TestDatabase.execute(TestDatabase.superuser(), "alter role covibe_app login");
            }
            assertThat(follower.next("work").data()).contains(during.toString());
        }
    }
}
