package dev.covibe.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Short titles as agents write them, in a workspace that has seen nothing yet. */
class ScoringTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Rate limit the login endpoint         | Add rate limiting to login
                    Fix flaky test in SessionStoreTest    | SessionStoreTest is flaky
                    Cache invalidation for user profiles  | Invalidate profile cache when user changes
                    Upgrade kafka to 3.4.0                | Bump kafka to 3.4.0
                    Fix tests                             | Fix tests
                    Use spotbugs instead of findbugs      | Replace findbugs with spotbugs
                    """)
    void titles_that_say_nearly_the_same_are_asked_about(String one, String other) {
        assertThat(ask(one, other).escalates()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Fix login page                        | Fix billing page
                    Add dark mode                         | Add CSV export
                    Implement user search                 | Implement user export
                    Add unit tests for parser             | Add unit tests for lexer
                    Migrate users table to UUID keys      | Migrate orders table to UUID keys
                    Rate limit the login endpoint         | Login endpoint returns 500
                    Support OAuth login                   | Refresh OAuth tokens
                    Write docs                            | Improve docs
                    Update dependencies                   | Update copyright year
                    """)
    void a_word_in_common_is_no_reason_to_ask(String one, String other) {
        assertThat(ask(one, other).escalates()).isFalse();
    }

    @Test
    void a_paraphrase_is_the_first_candidate_and_its_words_are_named() {
        Candidate candidate = ask("Add retry to webhook sender", "Webhook delivery should retry on 5xx");
        assertThat(candidate.score()).isGreaterThan(0.4);
        assertThat(candidate.signals().getFirst().text()).contains("retry").contains("webhook");
    }

    @Test
    void the_same_files_make_moderately_alike_texts_worth_asking_about() {
        Footprint there =
                new Work(1, "Webhook delivery should retry on 5xx", "", List.of("src/hooks/**"), List.of()).build();
        Footprint far = new Work(2, "Add retry to webhook sender", "", List.of("docs/**"), List.of()).build();
        Footprint near =
                new Work(3, "Add retry to webhook sender", "", List.of("src/**/Sender.java"), List.of()).build();
        MemoryIndex index = new MemoryIndex(List.of(there));
        assertThat(index.find(far).getFirst().escalates()).isFalse();
        assertThat(index.find(near).getFirst().escalates()).isTrue();
    }

    @Test
    void judging_is_deterministic_and_stays_in_range() {
        Reports reports = Reports.read();
        List<Footprint> some = reports.byId().values().stream()
                .limit(150)
                .map(Reports.Report::footprint)
                .toList();
        MemoryIndex one = new MemoryIndex(some);
        MemoryIndex other = new MemoryIndex(some);
        for (Footprint footprint : some) {
            assertThat(one.find(footprint)).isEqualTo(other.find(footprint));
            assertThat(one.find(footprint)).allMatch(candidate -> candidate.score() >= 0 && candidate.score() <= 1);
        }
    }

    @Test
    void stack_frames_of_platforms_and_own_code_are_told_apart() {
        Reading reading = Reading.of("Crash", """
                {code}
                java.lang.IllegalStateException: closed
                \tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
                \tat com.acme.billing.InvoiceWriter.flush(InvoiceWriter.java:42)
                {code}
                """);
        assertThat(reading.shown().values())
                .contains("InvoiceWriter", "flush", "IllegalStateException")
                .doesNotContain("forEach", "ArrayList", "Array");
    }

    @ParameterizedTest
    @CsvSource({
        "#12, github.com/acme/web#12",
        "https://github.com/Acme/Web/issues/12, github.com/acme/web#12",
        "https://github.com/acme/web/pull/12#issuecomment-1, github.com/acme/web#12",
        "acme/web#12, github.com/acme/web#12",
        "abc-123, ABC-123",
        "https://jira.example.com/browse/ABC-123, ABC-123",
        "https://gitlab.example.com/group/sub/web/-/issues/9, gitlab.example.com/group/sub/web#9"
    })
    void references_have_one_form(String written, String normal) {
        assertThat(References.normal(written, Optional.of("github.com/acme/web")))
                .isEqualTo(normal);
    }

    @Test
    void references_are_read_from_the_title_and_where_a_description_closes_them() {
        assertThat(References.of(
                        "ABC-7: tidy up UTF-8",
                        "Fixes #12. See also ABC-99 and https://github.com/acme/web/issues/13.",
                        List.of("https://github.com/acme/web/issues/14"),
                        Optional.of("github.com/acme/web")))
                .containsExactly("github.com/acme/web#14", "ABC-7", "github.com/acme/web#12");
    }

    private static Candidate ask(String one, String other) {
        MemoryIndex index = new MemoryIndex(List.of(new Work(1, other, "", List.of(), List.of()).build()));
        return index.find(new Work(2, one, "", List.of(), List.of()).build()).getFirst();
    }
}
