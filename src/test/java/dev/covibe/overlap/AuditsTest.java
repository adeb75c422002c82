package dev.covibe.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sweeps over all work (OVL-4), and what people say of what they find (OVL-6). */
@QuarkusTest
class AuditsTest {

    private static final List<String> UNRELATED = List.of(
            "Render the cart on the server",
            "Introduce passkeys",
            "Polish the invoice layout",
            "Dark mode for the settings",
            "Translate the onboarding mails");

    @Inject
    Overlaps overlaps;

    @Inject
    Audits audits;

    @Inject
    NightlyAudits nightly;

    @Inject
    OverlapAnswers answers;

    @Inject
    Transactions transactions;

    @Inject
    Fixtures fixtures;

    private Caller lin;
    private Caller mia;
    private Place place;
    private int keys;

    @BeforeEach
    void open() {
        Fixtures.Workspace workspace = fixtures.workspace();
        lin = workspace.admin();
        mia = fixtures.member(workspace, "mia");
        place = lin.place();
        UNRELATED.forEach(title -> leave(titled(title)));
    }

    @Test
    void planted_collisions_are_found_and_told_with_their_reasons_and_nothing_else() {
        Footprint first = leave(titled("Rate limit the login endpoint").owned(lin.developerId()));
        Footprint second = leave(titled("Add rate limiting to login").owned(mia.developerId()));
        Footprint done = leave(titled("Archive old invoices to cold storage")
                .closed(Instant.now().minus(Duration.ofDays(3))));
        Footprint again = leave(titled("Archive the old invoices in cold storage"));

        AuditReport report = audits.run(lin);

        assertThat(report.swept()).isEqualTo(UNRELATED.size() + 3);
        assertThat(report.total()).isEqualTo(2);
        assertThat(pairs(report)).containsExactlyInAnyOrder(pair(first, second), pair(done, again));
        Conflict conflict = report.conflicts().stream()
                .filter(one -> one.one().key().equals(first.subject().key()))
                .findFirst()
                .orElseThrow();
        assertThat(conflict.other().owner()).contains("mia");
        assertThat(conflict.score()).isBetween(0.5, 1.0);
        assertThat(conflict.signals().getFirst().text())
                .startsWith("same words: ")
                .contains("login");
        assertThat(report.by()).isEqualTo(lin.handle());
        assertThat(report.nightly()).isFalse();
    }

    @Test
    void the_event_holds_the_conflicts_so_that_the_latest_audit_can_be_shown_again() {
        assertThat(audits.latest(lin)).isEmpty();
        leave(titled("Rate limit the login endpoint"));
        leave(titled("Add rate limiting to login"));

        AuditReport report = audits.run(lin);
        assertThat(audits.latest(mia)).contains(report);
        assertThat(TestDatabase.text("""
                select payload -> 'conflicts' -> 0 -> 'one' ->> 'key' from covibe.work_events
                 where workspace_id = '%s' and kind = 'audited'
                """.formatted(place.workspaceId()))).isEqualTo("WEB-6");
    }

    @Test
    void finished_pairs_and_what_ended_long_ago_are_no_conflicts() {
        leave(titled("Rate limit the login endpoint").closed(Instant.now()));
        leave(titled("Add rate limiting to login").closed(Instant.now()));
        leave(titled("Archive old invoices to cold storage")
                .closed(Instant.now().minus(Duration.ofDays(40))));
        leave(titled("Archive the old invoices in cold storage"));

        assertThat(audits.run(lin).conflicts()).isEmpty();
    }

    @Test
    void a_dismissed_pair_is_raised_no_more_by_audit_or_check_and_counts() {
        Footprint first = leave(titled("Rate limit the login endpoint"));
        Footprint second = leave(titled("Add rate limiting to login").owned(mia.developerId()));
        Footprint third = leave(titled("Limit the rate of logins"));
        assertThat(audits.run(lin).conflicts()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(checked(second)).contains(first.subject().id());

        answers.answer(
                lin, "web-7", first.subject().id().toString(), OverlapVerdict.DIFFERENT, Optional.of("Gateways"));

        assertThat(audits.latest(lin).map(AuditsTest::pairs).orElseThrow())
                .as("the latest audit as it is shown now")
                .doesNotContain(pair(first, second))
                .isNotEmpty();
        assertThat(pairs(audits.run(lin))).doesNotContain(pair(first, second)).isNotEmpty();
        assertThat(checked(second))
                .doesNotContain(first.subject().id())
                .contains(third.subject().id());
        assertThat(checked(first)).doesNotContain(second.subject().id());
        Footprint draft = titled("Add rate limiting to login").build();
        assertThat(transactions.in(place, () -> overlaps.check(place, draft)).candidates())
                .as("the work of that title stands for the draft")
                .extracting(Candidate::id)
                .contains(second.subject().id())
                .doesNotContain(first.subject().id());
        assertThat(answers.precision(lin)).isEqualTo(new PrecisionInUse(0, 1, 0, Optional.of(0.0)));
    }

    @Test
    void ground_that_is_held_is_raised_whatever_was_said_of_the_pair() {
        Footprint first = leave(titled("Rate limit the login endpoint"));
        Footprint second =
                leave(new Work(++keys, "Add rate limiting to login", "", List.of("src/auth/Login.java"), List.of())
                        .owned(lin.developerId()));
        answers.answer(lin, "WEB-6", "WEB-7", OverlapVerdict.DIFFERENT, Optional.empty());
        assertThat(checked(second)).doesNotContain(first.subject().id());
        hold(first, mia.developerId(), "src/auth/**");

        OverlapReport report = transactions.in(place, () -> overlaps.check(place, second));
        assertThat(report.escalates()).isTrue();
        assertThat(report.candidates())
                .flatExtracting(Candidate::signals)
                .extracting(Signal::kind)
                .contains(Signal.Kind.ACTIVE_CLAIM);
    }

    @Test
    void a_pair_that_a_plan_confirmed_is_raised_no_more_by_an_audit_and_counts() {
        Footprint first = leave(titled("Rate limit the login endpoint"));
        Footprint second = titled("Add rate limiting to login").build();
        transactions.run(
                place,
                () -> overlaps.admit(
                        place,
                        mia.developerId(),
                        second,
                        new Confirmation(List.of(first.subject().id()), Optional.of("Other gateway"))));

        assertThat(audits.run(lin).conflicts()).isEmpty();
        assertThat(answers.precision(lin).confirmed()).isEqualTo(1);
    }

    @Test
    void precision_is_the_share_of_answers_that_agree_and_the_last_answer_counts() {
        leave(titled("Rate limit the login endpoint"));
        leave(titled("Add rate limiting to login"));
        assertThat(answers.precision(lin).precision()).isEmpty();

        answers.answer(lin, "WEB-6", "WEB-7", OverlapVerdict.DIFFERENT, Optional.empty());
        answers.answer(mia, "WEB-7", "WEB-6", OverlapVerdict.SAME, Optional.of("They are"));
        answers.answer(lin, "WEB-1", "WEB-2", OverlapVerdict.DIFFERENT, Optional.empty());

        assertThat(answers.precision(lin)).isEqualTo(new PrecisionInUse(1, 1, 0, Optional.of(0.5)));
        assertThat(audits.run(lin).conflicts())
                .as("agreed, and so not raised again")
                .isEmpty();
    }

    @Test
    void an_answer_is_about_two_pieces_of_work_of_this_workspace() {
        Caller stranger = fixtures.workspace().admin();

        assertThat(refusal(lin, "WEB-1", "WEB-99").code()).isEqualTo("overlap.unknown-work");
        assertThat(refusal(stranger, "WEB-1", "WEB-2").code()).isEqualTo("overlap.unknown-work");
        assertThat(refusal(lin, "WEB-1", "web-1").code()).isEqualTo("request.invalid");
        assertThat(refusal(lin, "WEB-1", Ids.next().toString()).code()).isEqualTo("overlap.unknown-work");
    }

    @Test
    void work_under_way_on_ground_that_somebody_else_holds_is_a_conflict() {
        Footprint holder = leave(
                titled("Introduce passkeys everywhere").owned(mia.developerId()).started());
        Footprint other =
                leave(touching("src/auth/Login.java").owned(lin.developerId()).started());
        leave(touching("src/auth/Logout.java").owned(lin.developerId()));
        hold(holder, mia.developerId(), "src/auth/**");

        AuditReport report = audits.run(lin);

        assertThat(pairs(report)).containsExactly(pair(holder, other));
        assertThat(report.conflicts().getFirst().signals().getFirst().kind()).isEqualTo(Signal.Kind.ACTIVE_CLAIM);
    }

    @Test
    void two_who_ask_at_once_share_one_audit() throws Exception {
        List<Future<AuditReport>> reports = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                reports.add(threads.submit(() -> audits.run(lin)));
            }
        }
        for (Future<AuditReport> report : reports) {
            assertThat(report.get().swept()).isEqualTo(UNRELATED.size());
        }
        assertThat(audited()).isLessThan(8);
    }

    @Test
    void every_workspace_is_audited_once_a_night_by_whichever_instance_comes_first() throws Exception {
        nightly.run();
        assertThat(audited()).as("it is younger than the night").isZero();
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.workspaces set created_at = now() - interval '3 days' where id = '%s'"
                        .formatted(place.workspaceId()));

        try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                instances.submit(nightly::run);
            }
        }
        nightly.run();

        boolean night = TestDatabase.text("select extract(hour from now() at time zone 'UTC') >= 2")
                .equals("t");
        assertThat(audited()).isEqualTo(night ? 1 : 0);
        assertThat(audits.latest(lin).map(AuditReport::nightly))
                .isEqualTo(night ? Optional.of(true) : Optional.empty());
    }

    @Test
    void another_workspace_sees_nothing_of_it() {
        leave(titled("Rate limit the login endpoint"));
        leave(titled("Add rate limiting to login"));
        audits.run(lin);
        Caller stranger = fixtures.workspace().admin();

        assertThat(audits.latest(stranger)).isEmpty();
        assertThat(audits.run(stranger).swept()).isZero();
        assertThat(answers.precision(stranger).precision()).isEmpty();
    }

    private void hold(Footprint of, UUID holder, String path) {
        Hold hold = new Hold(
                Ids.next(),
                Optional.of(of.subject().id()),
                holder,
                "github.com/acme/web",
                path,
                "",
                Instant.now().plusSeconds(600));
        transactions.run(place, () -> overlaps.hold(place, List.of(hold)));
    }

    private List<UUID> checked(Footprint footprint) {
        return transactions.in(place, () -> overlaps.check(place, footprint)).candidates().stream()
                .map(Candidate::id)
                .toList();
    }

    private Refusal refusal(Caller caller, String one, String other) {
        return catchThrowableOfType(
                Refusal.class, () -> answers.answer(caller, one, other, OverlapVerdict.DIFFERENT, Optional.empty()));
    }

    private long audited() {
        return TestDatabase.count(
                "select count(*) from covibe.work_events where kind = 'audited' and workspace_id = '%s'"
                        .formatted(place.workspaceId()));
    }

    private static List<String> pairs(AuditReport report) {
        return report.conflicts().stream()
                .map(conflict -> conflict.one().key() + " " + conflict.other().key())
                .toList();
    }

    private static String pair(Footprint one, Footprint other) {
        return one.subject().key() + " " + other.subject().key();
    }

    private Footprint leave(Work work) {
        Footprint footprint = work.build();
        transactions.run(place, () -> overlaps.leave(place, footprint));
        return footprint;
    }

    private Work titled(String title) {
        return new Work(++keys, title, "", List.of(), List.of());
    }

    private Work touching(String path) {
        return new Work(
                ++keys, "Tidy " + "abcdefgh".charAt(keys % 8) + keys + " thoroughly", "", List.of(path), List.of());
    }
}
