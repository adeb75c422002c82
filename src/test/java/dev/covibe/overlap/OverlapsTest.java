package dev.covibe.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OverlapsTest {

    @Inject
    Overlaps overlaps;

    @Inject
    Transactions transactions;

    @Inject
    Fixtures fixtures;

    @Inject
    Sql sql;

    private Fixtures.Workspace workspace;
    private Caller lin;
    private Caller mia;
    private Place place;
    private int keys;

    @BeforeEach
    void open() {
        workspace = fixtures.workspace();
        lin = workspace.admin();
        mia = fixtures.member(workspace, "mia");
        place = lin.place();
    }

    @Test
    void the_first_plan_of_a_workspace_stands_alone() {
        admit(lin, titled("Rate limit the login endpoint"));
        assertThat(check(titled("Move the invoices to cold storage")).candidates())
                .isEmpty();
    }

    @Test
    void a_plan_that_says_nearly_the_same_needs_a_confirmation_that_names_it() {
        Footprint first = titled("Rate limit the login endpoint").build();
        admit(lin, first);
        Refusal.Conflict refusal =
                refused(mia, titled("Add rate limiting to login").build(), Confirmation.NONE);
        assertThat(refusal.code()).isEqualTo("overlap.confirmation-required");
        assertThat(refusal.details()).containsEntry("escalates", true);
        Candidate candidate = candidates(refusal).getFirst();
        assertThat(candidate.id()).isEqualTo(first.subject().id());
        assertThat(candidate.escalates()).isTrue();
        assertThat(candidate.signals().getFirst().text()).contains("limit").contains("login");
        assertThat(count("overlap_footprints")).isEqualTo(1);
    }

    @Test
    void a_confirmation_with_ids_and_a_reason_lets_it_in_and_is_remembered() {
        Footprint first = titled("Rate limit the login endpoint").build();
        admit(lin, first);
        Footprint second = titled("Add rate limiting to login").build();
        UUID id = first.subject().id();
        assertThat(refused(mia, second, new Confirmation(List.of(id), Optional.of("  ")))
                        .getMessage())
                .contains("why");
        admit(mia, second, new Confirmation(List.of(id), Optional.of("Another gateway")));
        String remembered = in(() -> sql.one(
                "select confirmed_by, reason from overlap_confirmations where candidate_id = ?",
                row -> row.uuid("confirmed_by") + " " + row.text("reason"),
                id));
        assertThat(remembered).isEqualTo(mia.developerId() + " Another gateway");
    }

    @Test
    void a_candidate_that_appeared_meanwhile_is_not_confirmed_blindly() {
        Footprint first = titled("Rate limit the login endpoint").build();
        admit(lin, first);
        Footprint meanwhile = titled("Rate limiting for the login endpoint").build();
        UUID known = first.subject().id();
        leave(meanwhile);
        Confirmation stale = new Confirmation(List.of(known), Optional.of("Another gateway"));
        Refusal.Conflict again =
                refused(mia, titled("Add rate limiting to login").build(), stale);
        assertThat(candidates(again))
                .extracting(Candidate::id)
                .contains(known, meanwhile.subject().id());
    }

    @Test
    void of_two_equal_plans_at_one_instant_one_is_asked() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                Footprint plan = titled("Rate limit the login endpoint").build();
                outcomes.add(threads.submit(() -> {
                    go.await();
                    try {
                        admit(lin, plan);
                        return true;
                    } catch (Refusal.Conflict refusal) {
                        return false;
                    }
                }));
            }
            go.countDown();
        }
        int admitted = 0;
        for (Future<Boolean> outcome : outcomes) {
            admitted += outcome.get() ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(1);
    }

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
    void one_generic_word_in_common_is_no_reason_to_ask() {
        admit(lin, titled("Fix login page"));
        admit(mia, titled("Fix billing page"));
        admit(mia, titled("Add dark mode"));
        admit(mia, titled("Add CSV export"));
        assertThat(count("overlap_footprints")).isEqualTo(4);
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

    private OverlapReport check(Work draft) {
        return check(draft.build());
    }

    private OverlapReport check(Footprint draft) {
        return transactions.in(place, () -> overlaps.check(place, draft));
    }

    private void leave(Footprint footprint) {
        transactions.run(place, () -> overlaps.leave(place, footprint));
    }

    private void leave(Work work) {
        leave(work.build());
    }

    private void admit(Caller caller, Work work) {
        admit(caller, work.build());
    }

    private void admit(Caller caller, Footprint footprint) {
        admit(caller, footprint, Confirmation.NONE);
    }

    private void admit(Caller caller, Footprint footprint, Confirmation confirmation) {
        transactions.run(place, () -> overlaps.admit(place, caller.developerId(), footprint, confirmation));
    }

    private Refusal.Conflict refused(Caller caller, Footprint footprint, Confirmation confirmation) {
        Refusal.Conflict refusal =
                catchThrowableOfType(Refusal.Conflict.class, () -> admit(caller, footprint, confirmation));
        assertThat(refusal).as("the plan was not refused").isNotNull();
        return refusal;
    }

    @SuppressWarnings("unchecked")
    private static List<Candidate> candidates(Refusal refusal) {
        return (List<Candidate>) refusal.details().get("candidates");
    }

    private long count(String table) {
        return in(() -> sql.one("select count(*) as rows from " + table, row -> row.bigint("rows")));
    }

    private <T> T in(Supplier<T> work) {
        return transactions.in(place, work);
    }

    private Work titled(String title) {
        return work(title, "", List.of(), List.of());
    }

    private Work work(String title, String description, List<String> paths, List<String> references) {
        return new Work(++keys, title, description, paths, references);
    }
}
