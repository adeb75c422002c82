package dev.covibe.coordination.claims;

import static dev.covibe.coordination.claims.ClaimSetting.HTTPS;
import static dev.covibe.coordination.claims.ClaimSetting.SSH;
import static dev.covibe.coordination.claims.ClaimSetting.forTask;
import static dev.covibe.coordination.claims.ClaimSetting.on;
import static dev.covibe.coordination.claims.ClaimSetting.overriding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.agents.SessionOutcome;
import dev.covibe.identity.Caller;
import dev.covibe.overlap.Confirmation;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.work.Outcome;
import dev.covibe.work.Progress;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many who claim, release and end at one instant. */
@QuarkusTest
class ClaimRaceTest extends ClaimFixture {

    @Inject
    Progress progress;

    @Test
    void of_fifty_who_claim_at_one_instant_one_gets_it() throws Exception {
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Caller racer = setting.agent(i % 2 == 0 ? lin : mia, i % 3 == 0 ? SSH : HTTPS, "tree-" + i);
            String path = List.of("src/auth/**", "src/**/Login.java", "src/auth/Login.*")
                    .get(i % 3);
            racers.add(() -> {
                try {
                    claims.claim(racer, on(SSH, path));
                    return true;
                } catch (Refusal.Conflict refusal) {
                    assertThat(refusal.code()).isEqualTo("claim.held");
                    return false;
                }
            });
        }
        assertThat(succeeded(racers)).isEqualTo(1);
        assertThat(targets(lin)).hasSize(1);
    }

    /** A wait in a circle would surface as an error of the database. */
    @Test
    void claims_signs_of_life_releases_and_ends_at_once_never_wait_in_a_circle() throws Exception {
        String task = setting.plan(lin, "Introduce passkeys", List.of(), Confirmation.NONE);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int agent = 0; agent < 4; agent++) {
            Caller one = setting.agent(lin, SSH, "tree-" + agent, Optional.of(task));
            String own = "src/part" + agent + "/";
            for (int i = 0; i < 12; i++) {
                int at = i;
                calls.add(() ->
                        quietly(() -> claims.claim(one, forTask(on(SSH, own + at % 3, own + (at + 1) % 3), task))));
                calls.add(() -> quietly(() -> claims.claim(one, overriding(on(SSH, "src/**"), "Everything"))));
                calls.add(() -> quietly(() -> {
                    dueToBeSeen(one);
                    seen(one);
                }));
                calls.add(() -> quietly(() -> claims.releaseAll(one)));
            }
            calls.add(() -> quietly(
                    () -> sessions.end(one, one.session().orElseThrow().id(), SessionOutcome.DONE, Optional.empty())));
        }
        calls.add(() -> quietly(() -> progress.finish(lin, task, Outcome.DONE, "Done.")));
        assertThat(succeeded(calls)).isPositive();
        assertThat(targets(lin)).as("every session has ended").isEmpty();
        assertThat(TestDatabase.count("select count(*) from covibe.overlap_holds where workspace_id = '%s'"
                        .formatted(lin.workspaceId())))
                .isZero();
    }

    private static boolean quietly(Runnable call) {
        try {
            call.run();
            return true;
        } catch (Refusal refusal) {
            return false;
        }
    }

    private static int succeeded(List<Callable<Boolean>> calls) throws Exception {
        int succeeded = 0;
        try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> outcome : racers.invokeAll(calls)) {
                succeeded += outcome.get() ? 1 : 0;
            }
        }
        return succeeded;
    }
}
