package dev.covibe.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.tenancy.Place;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which work is found beside a plan, by what, and for how long. */
@QuarkusTest
class OverlapsTest extends OverlapFixture {

    /** An agent's plan is often a title; the other's description must not hide that it is the same. */
    @Test
    void a_bare_title_that_says_the_same_is_asked_about_whatever_the_other_s_description() {
        leave(work(
                "Retry webhook deliveries on 5xx with back-off",
                "Agreed in planning. See the workstream.",
                List.of(),
                List.of()));
        leave(titled("Render the cart on the server"));
        assertThat(check(titled("Add retries with back-off for webhook deliveries on 5xx"))
                        .escalates())
                .isTrue();
        assertThat(check(titled("Add a retry button to the cart")).escalates()).isFalse();
    }

    @Test
    void the_same_reference_in_progress_by_somebody_else_is_a_hard_signal() {
        Footprint taken = work("Tidy the mailer", "", List.of(), List.of("https://github.com/acme/web/issues/7"))
                .owned(mia.developerId())
                .started()
                .build();
        leave(taken);
        OverlapReport report = check(work("Other words entirely", "", List.of(), List.of("#7"))
                .owned(lin.developerId())
                .build());
        assertThat(report.escalates()).isTrue();
        assertThat(report.candidates().getFirst().signals().getFirst())
                .extracting(Signal::kind, Signal::text)
                .containsExactly(Signal.Kind.SAME_REFERENCE, "same reference github.com/acme/web#7");
        OverlapReport own = check(work("Other words entirely", "", List.of(), List.of("#7"))
                .owned(mia.developerId())
                .build());
        assertThat(own.escalates()).isFalse();
    }

    @Test
    void work_on_the_same_files_is_found_without_a_word_in_common() {
        leave(work("Introduce passkeys", "", List.of("src/auth/**"), List.of()).build());
        leave(work("Polish invoices", "", List.of("src/billing/**"), List.of()).build());
        List<Candidate> candidates = check(work("Rename everything", "", List.of("src/**/*.java"), List.of())
                        .build())
                .candidates();
        assertThat(candidates).hasSize(2);
        assertThat(candidates.getFirst().signals()).extracting(Signal::text).contains("same paths: src/**/*.java");
        assertThat(check(work("Rename everything", "", List.of("src/auth/Login.java"), List.of())
                                .build())
                        .candidates())
                .extracting(Candidate::title)
                .containsExactly("Introduce passkeys");
    }

    @Test
    void work_on_the_same_branch_is_found_and_main_is_nobodys() {
        leave(work("Introduce passkeys", "", List.of(), List.of())
                .on("passkeys")
                .build());
        leave(work("Polish invoices", "", List.of(), List.of()).on("main").build());
        assertThat(check(work("Rename everything", "", List.of(), List.of())
                                .on("passkeys")
                                .build())
                        .candidates())
                .extracting(Candidate::title)
                .containsExactly("Introduce passkeys");
        assertThat(check(work("Rename everything", "", List.of(), List.of())
                                .on("main")
                                .build())
                        .candidates())
                .isEmpty();
    }

    @Test
    void ones_own_work_counts_less() {
        leave(titled("Rate limit the login endpoint").owned(mia.developerId()).build());
        Candidate others = check(titled("Rate limit login attempts")
                        .owned(lin.developerId())
                        .build())
                .candidates()
                .getFirst();
        Candidate own = check(titled("Rate limit login attempts")
                        .owned(mia.developerId())
                        .build())
                .candidates()
                .getFirst();
        assertThat(others.owner()).contains("mia");
        assertThat(own.score()).isLessThan(others.score());
        assertThat(own.signals().getLast().text()).isEqualTo("same owner @mia");
    }

    @Test
    void finished_work_is_a_candidate_for_a_while_and_then_leaves_the_index() {
        Instant now = Instant.now();
        leave(titled("Rate limit the login endpoint")
                .closed(now.minus(Duration.ofDays(3)))
                .build());
        leave(titled("Rate limiting of the login endpoint")
                .closed(now.minus(Duration.ofDays(40)))
                .build());
        List<Candidate> candidates = check(titled("Rate limit login")).candidates();
        assertThat(candidates).hasSize(1);
        assertThat(candidates.getFirst().signals()).extracting(Signal::kind).contains(Signal.Kind.RECENTLY_DONE);
    }

    @Test
    void work_that_is_taken_up_again_is_found_again() {
        Work work = titled("Rate limit the login endpoint");
        leave(work.closed(Instant.now().minus(Duration.ofDays(40))).build());
        assertThat(check(titled("Rate limit login")).candidates()).isEmpty();
        leave(work.closed(null).build());
        assertThat(check(titled("Rate limit login")).candidates()).hasSize(1);
    }

    @Test
    void an_edit_moves_the_work_in_the_index_and_lifting_takes_it_out() {
        Work work = titled("Rate limit the login endpoint");
        leave(work.build());
        leave(work.called("Archive invoices").build());
        assertThat(check(titled("Rate limit login")).candidates()).isEmpty();
        assertThat(check(titled("Archive all invoices")).candidates()).hasSize(1);
        transactions.run(
                place, () -> overlaps.lift(place, work.build().subject().id()));
        assertThat(check(titled("Archive all invoices")).candidates()).isEmpty();
        assertThat(count("overlap_postings")).isZero();
    }

    @Test
    void an_import_counts_what_overlaps_in_it_and_with_what_was_there() {
        leave(titled("Rate limit the login endpoint").build());
        List<Footprint> rows = List.of(
                titled("Add rate limiting to login").build(),
                titled("Archive old invoices to cold storage").build(),
                titled("Archive the old invoices in cold storage").build(),
                titled("Dark mode").build());
        assertThat((int) transactions.in(place, () -> overlaps.leaveAll(place, rows)))
                .isEqualTo(3);
    }

    @Test
    void another_workspace_sees_nothing_of_it() {
        leave(titled("Rate limit the login endpoint").build());
        Place other = fixtures.workspace().admin().place();
        Footprint draft = titled("Rate limit the login endpoint").build();
        assertThat(transactions.in(other, () -> overlaps.check(other, draft)).candidates())
                .isEmpty();
        assertThat(transactions.in(other, () -> overlaps.check(place, draft)).candidates())
                .isEmpty();
        long seen = transactions.outside(() -> sql.one(
                "select (select count(*) from overlap_postings) + (select count(*) from overlap_footprints)"
                        + " + (select count(*) from overlap_statistics) as seen",
                row -> row.bigint("seen")));
        assertThat(seen).isZero();
        assertThatThrownBy(() -> transactions.run(other, () -> overlaps.leave(place, draft)))
                .hasMessageContaining("overlap");
    }

    @Test
    void any_text_is_bearable() {
        for (String text : List.of(
                "",
                " ",
                "\u0000".replace("\u0000", "?"),
                "修复登录页面的错误",
                "💥".repeat(500),
                "a".repeat(20_000),
                "x_".repeat(9_000),
                "{code}".repeat(3_000),
                "at a.b(".repeat(2_000),
                "https://" + "a/".repeat(9_000))) {
            leave(work("?", text, List.of(), List.of()).build());
            leave(work(
                            text.isBlank()
                                    ? "?"
                                    : text.substring(
                                            0,
                                            text.offsetByCodePoints(
                                                    0, Math.min(text.codePointCount(0, text.length()), 100))),
                            text,
                            List.of(),
                            List.of())
                    .build());
            check(work("?", text, List.of(), List.of()));
        }
        assertThat(check(titled("登录页面报错")).candidates()).isNotEmpty();
    }
}
