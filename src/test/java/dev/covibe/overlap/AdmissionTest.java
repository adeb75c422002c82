package dev.covibe.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whether a plan gets in as it is, or only with a confirmation. */
@QuarkusTest
class AdmissionTest extends OverlapFixture {

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

    @Test
    void one_generic_word_in_common_is_no_reason_to_ask() {
        admit(lin, titled("Fix login page"));
        admit(mia, titled("Fix billing page"));
        admit(mia, titled("Add dark mode"));
        admit(mia, titled("Add CSV export"));
        assertThat(count("overlap_footprints")).isEqualTo(4);
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
}
