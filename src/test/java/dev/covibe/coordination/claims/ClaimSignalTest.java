package dev.covibe.coordination.claims;

import static dev.covibe.coordination.claims.ClaimSetting.HTTPS;
import static dev.covibe.coordination.claims.ClaimSetting.SSH;
import static dev.covibe.coordination.claims.ClaimSetting.forTask;
import static dev.covibe.coordination.claims.ClaimSetting.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.covibe.identity.Caller;
import dev.covibe.overlap.Candidate;
import dev.covibe.overlap.Confirmation;
import dev.covibe.overlap.OverlapReport;
import dev.covibe.overlap.Signal;
import dev.covibe.overlap.Subject;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.work.Outcome;
import dev.covibe.work.Planning;
import dev.covibe.work.Progress;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else's active claim is a hard signal to whoever plans on the same paths (OVL-2, OVL-3). */
@QuarkusTest
class ClaimSignalTest {

    private static final String TITLE = "Rename everything";

    @Inject
    Fixtures fixtures;

    @Inject
    Claims claims;

    @Inject
    Planning planning;

    @Inject
    Progress progress;

    @Inject
    ClaimSetting setting;

    private Caller lin;
    private Caller mia;

    @BeforeEach
    void open() {
        Fixtures.Workspace workspace = fixtures.workspace();
        lin = workspace.admin();
        mia = fixtures.member(workspace, "mia");
    }

    @Test
    void a_plan_on_claimed_ground_names_the_work_that_it_is_claimed_for() {
        String task = setting.plan(lin, "Introduce passkeys", List.of(), Confirmation.NONE);
        Caller agent = setting.agent(lin, SSH, "main");
        claims.claim(agent, forTask(on(SSH, "src/auth/**", "src/mail/**", "docs/**"), task));

        Candidate candidate = only(check(mia, "src/**/*.java"));
        assertThat(candidate.key()).isEqualTo(task);
        assertThat(candidate.kind()).isEqualTo(Subject.Kind.TASK);
        assertThat(candidate.escalates()).isTrue();
        Signal signal = candidate.signals().getFirst();
        assertThat(signal.kind()).isEqualTo(Signal.Kind.ACTIVE_CLAIM);
        assertThat(signal.text())
                .matches("active claim by @" + lin.handle()
                        + " on src/auth/\\*\\*, src/mail/\\*\\* until .*\\d\\d:\\d\\d UTC");
        assertThat(signal.weight()).isPositive();

        Refusal.Conflict refusal = refused(mia, Confirmation.NONE);
        assertThat(refusal.getMessage()).contains(task).contains("active claim by @" + lin.handle());
        Confirmation confirmed = new Confirmation(List.of(candidate.id()), Optional.of("Agreed with @lin"));
        assertThat(setting.plan(mia, TITLE, List.of("src/**/*.java"), confirmed))
                .isEqualTo("WEB-2");
    }

    @Test
    void a_claim_for_no_task_is_a_candidate_of_its_own_and_is_confirmed_by_its_id() {
        ClaimView claim = claims.claim(setting.agent(lin, SSH, "main"), on(SSH, "src/auth/**", "src/mail/**"))
                .claims()
                .getFirst();

        Candidate candidate = only(check(mia, "src/**/*.java"));
        assertThat(candidate.id()).isEqualTo(claim.id());
        assertThat(candidate.kind()).isEqualTo(Subject.Kind.CLAIM);
        assertThat(candidate.owner()).contains(lin.handle());
        assertThat(refused(mia, Confirmation.NONE).getMessage())
                .startsWith("This touches what @" + lin.handle() + " holds");
        assertThat(refused(mia, new Confirmation(List.of(claim.id()), Optional.empty()))
                        .getMessage())
                .contains("Say why");

        Confirmation confirmed = new Confirmation(List.of(claim.id()), Optional.of("Agreed with @lin"));
        assertThat(setting.plan(mia, TITLE, List.of("src/**/*.java"), confirmed))
                .isEqualTo("WEB-1");
    }

    @Test
    void ones_own_claims_other_paths_and_other_repositories_are_no_signal() {
        claims.claim(setting.agent(lin, SSH, "main"), on(SSH, "src/auth/**"));

        assertThat(check(lin, "src/**")).as("lin's own").isEmpty();
        assertThat(check(mia, "src/billing/**")).isEmpty();
        assertThat(planning.check(mia, ClaimSetting.draft(TITLE, List.of("src/**"), "https://github.com/mia/web"))
                        .candidates())
                .as("a fork")
                .isEmpty();
    }

    @Test
    void a_claim_that_is_over_never_stands_in_the_way_of_a_plan() {
        Caller agent = setting.agent(lin, SSH, "main");
        claims.claim(agent, on(SSH, "src/**"));
        assertThat(check(mia, "src/**")).hasSize(1);
        claims.releaseAll(agent);
        assertThat(check(mia, "src/**")).as("released").isEmpty();

        claims.claim(agent, on(SSH, "src/**"));
        ClaimSetting.unheard(agent, "31 minutes");
        assertThat(check(mia, "src/**")).as("stale").isEmpty();

        UUID claim = claims.claim(lin, on(SSH, "src/**")).claims().getFirst().id();
        assertThat(check(mia, "src/**")).hasSize(1);
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.overlap_holds set held_until = now() where id = '%s'".formatted(claim));
        assertThat(check(mia, "src/**")).as("expired").isEmpty();

        String task = setting.plan(lin, "Introduce passkeys", List.of(), Confirmation.NONE);
        claims.claim(setting.agent(lin, SSH, "third"), forTask(on(SSH, "docs/**"), task));
        assertThat(check(mia, "docs/**")).hasSize(1);
        progress.finish(lin, task, Outcome.CANCELLED, "Not wanted.");
        assertThat(check(mia, "docs/**")).as("its task is closed").isEmpty();
    }

    @Test
    void among_many_alike_the_claim_in_the_way_is_not_overlooked() {
        Confirmation none = Confirmation.NONE;
        IntStream.range(0, 30).forEach(i -> setting.plan(lin, "Chapter " + i + " " + word(i), List.of("docs/"), none));
        claims.claim(setting.agent(lin, SSH, "main"), on(SSH, "docs/guide/**"));

        List<Candidate> candidates = check(mia, "docs/**");
        assertThat(candidates).hasSize(20);
        assertThat(candidates).filteredOn(Candidate::escalates).hasSize(1);
    }

    private static String word(int i) {
        return String.valueOf((char) ('a' + i % 26)).repeat(5 + i);
    }

    private List<Candidate> check(Caller caller, String path) {
        OverlapReport report = planning.check(caller, ClaimSetting.draft(TITLE, List.of(path), HTTPS));
        return report.candidates();
    }

    private static Candidate only(List<Candidate> candidates) {
        assertThat(candidates).hasSize(1);
        return candidates.getFirst();
    }

    private Refusal.Conflict refused(Caller caller, Confirmation confirmation) {
        Refusal.Conflict refusal = catchThrowableOfType(
                Refusal.Conflict.class, () -> setting.plan(caller, TITLE, List.of("src/**/*.java"), confirmation));
        assertThat(refusal).as("the plan was not refused").isNotNull();
        assertThat(refusal.code()).isEqualTo("overlap.confirmation-required");
        return refusal;
    }
}
