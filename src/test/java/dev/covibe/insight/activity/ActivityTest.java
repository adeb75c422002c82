package dev.covibe.insight.activity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.covibe.journal.EventKind;
import dev.covibe.journal.WorkEvent;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ActivityTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Activity activity;

    private Fixtures.Workspace team;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
    }

    private void plan(String title) {
        given().header("Authorization", team.bearer())
                .contentType(ContentType.JSON)
                .body("{\"title\":\"" + title + "\",\"project\":\"WEB\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201);
    }

    private void finish(String key, String summary) {
        given().header("Authorization", team.bearer())
                .contentType(ContentType.JSON)
                .body("{\"outcome\":\"done\",\"summary\":\"" + summary + "\"}")
                .put("/api/tasks/" + key + "/completion")
                .then()
                .statusCode(200);
    }

    private static Activity.Filter of(Optional<Topic> topic, Optional<String> developer, Optional<String> project) {
        return new Activity.Filter(topic, developer, Optional.empty(), project, Optional.empty(), Optional.empty());
    }

    @Test
    void every_event_is_read_once_whatever_the_size_of_a_page_the_newest_first() {
        for (int i = 1; i <= 5; i++) {
            plan("Balloon number " + i * 1000 + " of colour " + i);
        }
        List<WorkEvent> whole = activity.events(team.admin(), Activity.Filter.ALL, Optional.empty(), 100)
                .items();
        List<WorkEvent> read = new ArrayList<>();
        Optional<Cursor> after = Optional.empty();
        do {
            Page<WorkEvent> page = activity.events(team.admin(), Activity.Filter.ALL, after, 2);
            read.addAll(page.items());
            after = page.cursor().map(Cursor::of);
        } while (after.isPresent());

        assertThat(read).isEqualTo(whole).hasSizeGreaterThanOrEqualTo(5);
        assertThat(read).extracting(WorkEvent::at).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void filters_let_through_what_they_say() {
        plan("Moor the airship");
        finish("WEB-1", "It is moored.");
        Page<WorkEvent> plans = activity.events(
                team.admin(),
                of(Optional.of(Topic.PLANS), Optional.of(team.admin().handle()), Optional.of("WEB")),
                Optional.empty(),
                50);
        assertThat(plans.items()).extracting(WorkEvent::kind).containsExactly(EventKind.COMPLETED, EventKind.PLANNED);
        assertThat(activity.events(
                                team.admin(),
                                of(Optional.of(Topic.MESSAGES), Optional.empty(), Optional.empty()),
                                Optional.empty(),
                                50)
                        .items())
                .isEmpty();
        assertThat(activity.events(
                                team.admin(),
                                of(Optional.empty(), Optional.empty(), Optional.of("NOPE")),
                                Optional.empty(),
                                50)
                        .items())
                .isEmpty();
    }

    @Test
    void each_kind_of_event_has_one_topic() {
        List<EventKind> kinds = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            kinds.addAll(topic.kinds());
        }
        assertThat(kinds).containsExactlyInAnyOrder(EventKind.values());
    }

    @Test
    void completed_work_is_shown_with_what_came_of_it_and_open_work_is_not() {
        plan("Moor the airship");
        plan("Paint the gondola");
        finish("WEB-1", "Moored at the **second** mast.");

        given().header("Authorization", team.bearer())
                .get("/api/activity/completions")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].key", equalTo("WEB-1"));
        given().cookie("covibe_session", fixtures.browser(team).cookie())
                .accept("text/html")
                .get("/activity")
                .then()
                .statusCode(200)
                .body(containsString("Moored at the <strong>second</strong> mast."))
                .body(not(containsString("Paint the gondola")));
        given().cookie("covibe_session", fixtures.browser(team).cookie())
                .accept("text/html")
                .get("/activity?view=events&topic=plans")
                .then()
                .statusCode(200)
                .body(containsString("planned WEB-2"))
                .body(containsString("completed WEB-1"));
    }

    @Test
    void another_workspace_sees_none_of_it() {
        plan("Moor the airship");
        Fixtures.Workspace others = fixtures.workspace();
        assertThat(activity.events(
                                others.admin(),
                                of(Optional.of(Topic.PLANS), Optional.empty(), Optional.of("WEB")),
                                Optional.empty(),
                                50)
                        .items())
                .noneMatch(event -> event.subject().kind().equals("task"));
    }
}
