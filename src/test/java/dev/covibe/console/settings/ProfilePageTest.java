package dev.covibe.console.settings;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProfilePageTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Journal journal;

    /** Daily totals stand behind these, which wait to be counted: for the page they may not. */
    @Test
    void the_first_session_and_the_first_event_are_on_the_page_at_once() {
        Fixtures.Workspace workspace = fixtures.workspace();
        Caller admin = workspace.admin();
        String cookie = fixtures.browser(workspace).cookie();
        String before = page(cookie);
        UUID session = Usage.session(admin, "codex", "2 hours", "1 hour");
        journal.record(admin, EventKind.NOTED, Subject.session(session, "codex", Optional.empty()), Map.of());

        assertThat(count(page(cookie), "Agent sessions")).isEqualTo(count(before, "Agent sessions") + 1);
        assertThat(count(page(cookie), "Events")).isEqualTo(count(before, "Events") + 1);
    }

    private static String page(String cookie) {
        return given().cookie("covibe_session", cookie)
                .accept("text/html")
                .get("/settings/profile")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static int count(String page, String what) {
        Matcher row = Pattern.compile("<b>" + what + "</b>.*?class=\"numeric\"[^>]*>(\\d+)<", Pattern.DOTALL)
                .matcher(page);
        assertThat(row.find()).as(what).isTrue();
        return Integer.parseInt(row.group(1));
    }
}
