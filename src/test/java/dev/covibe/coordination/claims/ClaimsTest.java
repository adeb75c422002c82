package dev.covibe.coordination.claims;

import static dev.covibe.coordination.claims.ClaimSetting.HTTPS;
import static dev.covibe.coordination.claims.ClaimSetting.SSH;
import static dev.covibe.coordination.claims.ClaimSetting.forTask;
import static dev.covibe.coordination.claims.ClaimSetting.on;
import static dev.covibe.coordination.claims.ClaimSetting.onTask;
import static dev.covibe.coordination.claims.ClaimSetting.overriding;
import static dev.covibe.coordination.claims.ClaimSetting.shared;
import static dev.covibe.coordination.claims.ClaimSetting.unheard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.covibe.agents.CurrentSession;
import dev.covibe.agents.SessionOutcome;
import dev.covibe.agents.Sessions;
import dev.covibe.agents.Sightings;
import dev.covibe.identity.Caller;
import dev.covibe.overlap.Confirmation;
import dev.covibe.platform.problem.Refusal;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClaimsTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Claims claims;

    @Inject
    ClaimQueries queries;

    @Inject
    Sessions sessions;

    @Inject
    Sightings sightings;

    @Inject
    Progress progress;

    @Inject
    ClaimSetting setting;

    @Inject
    Overrides overrides;

    private Caller lin;
    private Caller mia;

    @BeforeEach
    void open() {
        Fixtures.Workspace workspace = fixtures.workspace();
        lin = workspace.admin();
        mia = fixtures.member(workspace, "mia");
    }

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
    void an_override_needs_a_reason_and_is_loud() {
        Caller first = setting.agent(lin, SSH, "main");
        Caller second = setting.agent(mia, HTTPS, "main");
        ClaimView mine = claims.claim(first, on(SSH, "src/**")).claims().getFirst();
        held(second, overriding(on(HTTPS, "src/Login.java"), "  "));

        Claims.Granted granted = claims.claim(second, overriding(on(HTTPS, "src/Login.java"), "Production is down"));

        assertThat(granted.overridden()).extracting(ClaimView::id).containsExactly(mine.id());
        assertThat(granted.claims().getFirst().overrides()).containsExactly(mine.id());
        assertThat(granted.claims().getFirst().overrideReason()).contains("Production is down");
        List<ClaimView> live =
                queries.live(lin, Optional.of(SSH), Optional.empty(), 10).items();
        assertThat(live).as("both stand").hasSize(2);
        assertThat(live.getLast().overriddenBy()).contains("mia");
        assertThat(ClaimSetting.events(lin, "claim_overridden")).isEqualTo(1);
        ClaimOverridden heard = overrides.heard.stream()
                .filter(one -> one.held().id().equals(mine.id()))
                .reduce((one, other) -> {
                    throw new AssertionError("told twice");
                })
                .orElseThrow();
        assertThat(heard.holderId()).isEqualTo(lin.developerId());
        assertThat(heard.holderSession()).isEqualTo(first.session().map(Caller.Session::id));
        assertThat(heard.caller().handle()).isEqualTo("mia");
        assertThat(heard.reason()).isEqualTo("Production is down");
        assertThat(claims.claim(first, on(SSH, "src/**")).claims().getFirst().id())
                .as("the holder goes on holding")
                .isEqualTo(mine.id());
    }

    @Test
    void without_anything_in_the_way_an_override_is_nothing() {
        Claims.Granted granted = claims.claim(lin, overriding(on(SSH, "src/**"), "Just in case"));

        assertThat(granted.overridden()).isEmpty();
        assertThat(granted.claims().getFirst().overrideReason()).isEmpty();
        assertThat(ClaimSetting.events(lin, "claim_overridden")).isZero();
    }

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

    /** Of the session alone, in one row: this test is about who waits for whom. */
    private static void dueToBeSeen(Caller agent) {
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.agent_sessions set last_seen_at = now() - interval '90 seconds' where id = '%s'"
                        .formatted(agent.session().orElseThrow().id()));
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

    private void seen(Caller agent) {
        CurrentSession current = sessions.current(
                        agent, Optional.of(agent.session().orElseThrow().id()), Optional.empty())
                .orElseThrow();
        sessions.seen(agent, current);
    }

    private List<String> targets(Caller caller) {
        return queries.live(caller, Optional.empty(), Optional.empty(), 200).items().stream()
                .map(ClaimView::target)
                .toList();
    }

    private Refusal.Conflict held(Caller caller, ClaimRequest request) {
        Refusal.Conflict refusal = catchThrowableOfType(Refusal.Conflict.class, () -> claims.claim(caller, request));
        assertThat(refusal).as("the claim was not refused").isNotNull();
        assertThat(refusal.code()).isEqualTo("claim.held");
        assertThat(refusal.details().keySet()).contains("holder", "expires_at", "held");
        return refusal;
    }

    private static String code(Runnable call) {
        Refusal refusal = catchThrowableOfType(Refusal.class, call::run);
        return refusal == null ? "none" : refusal.code();
    }

    private static Instant in(Duration time) {
        return Instant.now().plus(time);
    }
}
