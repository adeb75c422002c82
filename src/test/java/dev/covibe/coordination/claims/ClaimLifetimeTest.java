package dev.covibe.coordination.claims;

import static dev.covibe.coordination.claims.ClaimSetting.HTTPS;
import static dev.covibe.coordination.claims.ClaimSetting.SSH;
import static dev.covibe.coordination.claims.ClaimSetting.forTask;
import static dev.covibe.coordination.claims.ClaimSetting.on;
import static dev.covibe.coordination.claims.ClaimSetting.onTask;
import static dev.covibe.coordination.claims.ClaimSetting.unheard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.agents.SessionOutcome;
import dev.covibe.agents.Sightings;
import dev.covibe.identity.Caller;
import dev.covibe.overlap.Confirmation;
import dev.covibe.platform.sql.Ids;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.work.Outcome;
import dev.covibe.work.Progress;
import dev.covibe.work.TaskStatus;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What keeps a claim alive, and what ends it. */
@QuarkusTest
class ClaimLifetimeTest extends ClaimFixture {

    @Inject
    Sightings sightings;

    @Inject
    Progress progress;

    @Test
    void an_ended_session_holds_nothing() {
        Caller first = setting.agent(lin, SSH, "main");
        claims.claim(first, on(SSH, "src/**"));
        sessions.end(first, first.session().orElseThrow().id(), SessionOutcome.DONE, Optional.empty());

        assertThat(targets(lin)).isEmpty();
        assertThat(ClaimSetting.events(lin, "released")).isEqualTo(1);
        claims.claim(setting.agent(mia, HTTPS, "main"), on(HTTPS, "src/**"));
        assertThat(code(() -> claims.claim(first, on(SSH, "docs/**")))).isEqualTo("session.ended");
    }

    @Test
    void a_stale_session_holds_nothing_and_does_not_get_it_back_by_waking_up() {
        Caller first = setting.agent(lin, SSH, "main");
        claims.claim(first, on(SSH, "src/**"));
        unheard(first, "29 minutes");
        assertThat(targets(lin)).containsExactly("src/**");
        unheard(first, "2 minutes");
        assertThat(targets(lin)).isEmpty();

        seen(first);
        assertThat(targets(lin)).isEmpty();
        claims.claim(setting.agent(mia, HTTPS, "main"), on(HTTPS, "src/**"));
        held(first, on(SSH, "src/**"));
    }

    @Test
    void a_sign_of_life_prolongs_what_the_session_holds() {
        Caller first = setting.agent(lin, SSH, "main");
        claims.claim(
                first,
                ClaimSetting.with(
                        on(SSH, "src/**"), ClaimMode.EXCLUSIVE, Optional.empty(), Optional.of(20), Optional.empty()));
        unheard(first, "19 minutes");
        seen(first);
        unheard(first, "19 minutes");
        assertThat(targets(lin)).as("38 minutes after it was made").containsExactly("src/**");
        held(setting.agent(mia, HTTPS, "main"), on(HTTPS, "src/**"));

        unheard(first, "2 minutes");
        assertThat(targets(lin)).isEmpty();
    }

    @Test
    void telemetry_of_a_session_is_a_sign_of_life_too_unless_it_is_old() {
        Caller first = setting.agent(lin, SSH, "main");
        claims.claim(first, on(SSH, "src/**"));
        UUID session = first.session().orElseThrow().id();
        unheard(first, "29 minutes");
        sightings.alive(first, List.of(session));
        unheard(first, "2 minutes");
        assertThat(targets(lin)).as("what was told was old").isEmpty();

        claims.claim(first, on(SSH, "docs/**"));
        unheard(first, "20 minutes");
        dueToBeSeen(first);
        sightings.alive(first, List.of(session));
        unheard(first, "20 minutes");
        assertThat(targets(lin)).containsExactly("docs/**");
    }

    @Test
    void claiming_again_renews_and_makes_no_second_claim() {
        Caller first = setting.agent(lin, SSH, "main");
        ClaimView claim = claims.claim(first, on(SSH, "./src/auth/")).claims().getFirst();
        unheard(first, "25 minutes");

        ClaimView again = claims.claim(first, on(HTTPS, "src/auth/**")).claims().getFirst();
        assertThat(again.id()).isEqualTo(claim.id());
        assertThat(again.expiresAt()).isAfter(in(Duration.ofMinutes(119)));
        assertThat(ClaimSetting.events(lin, "claimed"))
                .as("a renewal is no news")
                .isEqualTo(1);
        assertThat(targets(lin)).hasSize(1);
    }

    @Test
    void what_a_person_claims_lapses_when_its_time_is_over() {
        ClaimView claim = claims.claim(
                        lin,
                        ClaimSetting.with(
                                on(SSH, "src/**"),
                                ClaimMode.EXCLUSIVE,
                                Optional.empty(),
                                Optional.of(1440),
                                Optional.empty()))
                .claims()
                .getFirst();
        assertThat(claim.expiresAt()).isAfter(in(Duration.ofMinutes(1439)));
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.claims set expires_at = now(), lapses_at = now() where id = '%s'".formatted(claim.id()));

        assertThat(targets(lin)).isEmpty();
        claims.claim(mia, on(HTTPS, "src/**"));
        assertThat(claims.release(lin, List.of(claim.id())))
                .as("it has ended before")
                .isEmpty();
    }

    @Test
    void a_closed_task_releases_what_was_held_for_it_and_nothing_else() {
        String task = setting.plan(lin, "Introduce passkeys", List.of(), Confirmation.NONE);
        String other = setting.plan(lin, "Polish invoices", List.of(), Confirmation.NONE);
        Caller named = setting.agent(lin, SSH, "main");
        Caller onIt = setting.agent(mia, HTTPS, "main", Optional.of(task));
        claims.claim(named, forTask(on(SSH, "src/auth/**"), task));
        claims.claim(named, forTask(on(SSH, "src/billing/**"), other));
        claims.claim(named, onTask(task));
        claims.claim(onIt, on(SSH, "src/mail/**"));

        Instant closed = Instant.now();
        UUID id = progress.finish(lin, task, Outcome.DONE, "Done.").id();

        assertThat(targets(lin)).containsExactly("src/billing/**");
        assertThat(queries.releasedWith(lin, id, closed))
                .extracting(ClaimView::target)
                .containsExactlyInAnyOrder("src/auth/**", "src/mail/**", task);
        progress.move(lin, other, TaskStatus.CANCELLED);
        assertThat(targets(lin)).isEmpty();
        assertThat(code(() -> claims.claim(named, forTask(on(SSH, "src/**"), task))))
                .isEqualTo("task.ended");
    }

    @Test
    void only_its_holder_or_an_admin_releases_a_claim() {
        Caller ada = fixtures.member(new Fixtures.Workspace(lin, lin.handle() + "@example.com", ""), "ada");
        ClaimView claim = claims.claim(setting.agent(mia, HTTPS, "main"), on(HTTPS, "src/**"))
                .claims()
                .getFirst();
        List<UUID> ids = List.of(claim.id());

        assertThat(code(() -> claims.release(ada, ids))).isEqualTo("claim.not-yours");
        assertThat(code(() -> claims.release(fixtures.workspace().admin(), ids)))
                .isEqualTo("claim.unknown");
        assertThat(code(() -> claims.release(lin, List.of(Ids.next())))).isEqualTo("claim.unknown");
        assertThat(claims.release(mia, ids)).hasSize(1);
        assertThat(claims.release(mia, ids)).as("twice is not an error").isEmpty();
        UUID another =
                claims.claim(mia, on(HTTPS, "src/**")).claims().getFirst().id();
        assertThat(claims.release(lin, List.of(another))).as("an admin may").hasSize(1);
    }

    @Test
    void a_session_gives_back_what_it_holds_and_not_what_others_hold() {
        Caller first = setting.agent(lin, SSH, "main");
        Caller second = setting.agent(lin, SSH, "second");
        claims.claim(first, on(SSH, "src/a/**", "src/b/**"));
        claims.claim(second, on(SSH, "src/c/**"));
        claims.claim(lin, on(SSH, "src/d/**"));

        assertThat(claims.releaseAll(first)).hasSize(2);
        assertThat(targets(lin)).containsExactlyInAnyOrder("src/c/**", "src/d/**");
        assertThat(claims.releaseAll(lin)).extracting(ClaimView::target).containsExactly("src/d/**");
    }
}
