package dev.covibe.coordination.claims;

import static dev.covibe.coordination.claims.ClaimSetting.HTTPS;
import static dev.covibe.coordination.claims.ClaimSetting.SSH;
import static dev.covibe.coordination.claims.ClaimSetting.forTask;
import static dev.covibe.coordination.claims.ClaimSetting.on;
import static dev.covibe.coordination.claims.ClaimSetting.onTask;
import static dev.covibe.coordination.claims.ClaimSetting.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.covibe.identity.Caller;
import dev.covibe.overlap.Confirmation;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may hold what beside whom. */
@QuarkusTest
class ClaimsTest extends ClaimFixture {

    @Test
    void two_clones_and_a_worktree_of_one_repository_share_one_truth() {
        String task = setting.plan(lin, "Introduce passkeys", List.of(), Confirmation.NONE);
        Caller overSsh = setting.agent(lin, SSH, "main");
        Caller overHttps = setting.agent(mia, HTTPS + ".git", "main");
        Caller inWorktree = setting.agent(mia, "ssh://git@GitHub.com:22/Acme/web", "passkeys-2");
        claims.claim(overSsh, forTask(on(SSH, "src/auth/**"), task));

        for (Caller other : List.of(overHttps, inWorktree)) {
            Refusal.Conflict refusal = held(other, on(HTTPS, "docs/*", "src/**/*.java"));
            assertThat(refusal.getMessage())
                    .contains("src/auth/**")
                    .contains("@" + lin.handle() + " / codex")
                    .contains(task + " “Introduce passkeys”")
                    .contains("until");
            assertThat(refusal.details()).containsEntry("holder", lin.handle()).containsEntry("task", task);
            Instant expiry = (Instant) refusal.details().get("expires_at");
            assertThat(expiry).isBetween(in(Duration.ofMinutes(119)), in(Duration.ofMinutes(121)));
        }
        assertThat(targets(mia)).as("all or nothing").containsExactly("src/auth/**");
    }

    @Test
    void what_does_not_meet_is_claimed_side_by_side() {
        claims.claim(setting.agent(lin, SSH, "main"), on(SSH, "src/auth/**", "docs/"));
        claims.claim(setting.agent(mia, HTTPS, "main"), on(HTTPS, "src/mail/**", "*.md"));
        claims.claim(setting.agent(mia, "git@github.com:mia/web.git", "main"), on("git@github.com:mia/web.git", "**"));

        assertThat(targets(lin)).containsExactlyInAnyOrder("src/auth/**", "docs/**", "src/mail/**", "*.md", "**");
    }

    @Test
    void a_directory_that_is_named_without_a_wildcard_is_held_with_all_below_it() {
        claims.claim(setting.agent(lin, SSH, "main"), on(SSH, "src/auth"));

        held(setting.agent(mia, HTTPS, "main"), on(HTTPS, "src/auth/Login.java"));
        claims.claim(setting.agent(mia, HTTPS, "main"), on(HTTPS, "src/authors/List.java", "src/*.java"));
    }

    @Test
    void shared_claims_bear_one_another_and_no_exclusive_one() {
        Caller first = setting.agent(lin, SSH, "main");
        Caller second = setting.agent(mia, HTTPS, "main");
        claims.claim(first, shared(on(SSH, "src/**")));
        claims.claim(second, shared(on(HTTPS, "src/**")));

        held(second, on(HTTPS, "src/Main.java"));
        held(first, on(SSH, "src/**"));
        claims.release(
                mia,
                List.of(queries.live(mia, Optional.empty(), Optional.empty(), 10)
                        .items()
                        .getFirst()
                        .id()));
        assertThat(claims.claim(first, on(SSH, "src/**")).claims().getFirst().mode())
                .as("nobody else is there any more")
                .isEqualTo(ClaimMode.EXCLUSIVE);
        held(second, shared(on(HTTPS, "src/**")));
    }

    @Test
    void a_task_is_claimed_like_a_path() {
        String task = setting.plan(lin, "Introduce passkeys", List.of(), Confirmation.NONE);
        claims.claim(setting.agent(lin, SSH, "main"), onTask(task));

        assertThat(held(setting.agent(mia, HTTPS, "main"), onTask(task)).details())
                .containsEntry("holder", lin.handle())
                .containsEntry("task", task);
        claims.claim(
                setting.agent(mia, HTTPS, "main"),
                onTask(setting.plan(lin, "Polish invoices", List.of(), Confirmation.NONE)));
    }

    @Test
    void a_person_and_their_agents_do_not_collide_but_two_agents_of_one_person_do() {
        Caller agent = setting.agent(lin, SSH, "main");
        claims.claim(agent, on(SSH, "src/auth/**"));

        claims.claim(lin, on(SSH, "src/**"));
        held(setting.agent(lin, SSH, "second"), on(SSH, "src/auth/Login.java"));
        held(mia, on(SSH, "src/auth/Login.java"));
    }

    @Test
    void what_makes_no_sense_is_refused_all_at_once() {
        Refusal.Invalid refusal = catchThrowableOfType(
                Refusal.Invalid.class,
                () -> claims.claim(
                        lin,
                        new ClaimRequest(
                                Optional.of("/home/lin/web"),
                                List.of("../secrets", " ", "x".repeat(301), "C:\\work"),
                                Optional.empty(),
                                ClaimMode.EXCLUSIVE,
                                Optional.of(1441),
                                Optional.of("r".repeat(501)),
                                Optional.empty())));
        assertThat(refusal.errors())
                .extracting(error -> error.pointer())
                .containsExactlyInAnyOrder(
                        "/paths/0", "/paths/1", "/paths/2", "/paths/3", "/repository", "/minutes", "/reason");
        assertThat(code(() -> claims.claim(
                        lin,
                        new ClaimRequest(
                                Optional.of(SSH),
                                List.of(),
                                Optional.empty(),
                                ClaimMode.SHARED,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))))
                .isEqualTo("request.invalid");
        assertThat(code(() -> claims.claim(lin, onTask("WEB-99")))).isEqualTo("task.unknown");
    }

    @Test
    void another_workspace_sees_and_meets_nothing_of_it() {
        claims.claim(lin, on(SSH, "**"));
        Caller stranger = fixtures.workspace().admin();

        assertThat(targets(stranger)).isEmpty();
        assertThat(claims.claim(stranger, on(SSH, "**")).claims()).hasSize(1);
    }
}
