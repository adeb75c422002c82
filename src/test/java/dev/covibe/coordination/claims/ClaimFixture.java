package dev.covibe.coordination.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.covibe.agents.CurrentSession;
import dev.covibe.agents.Sessions;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** Lin and Mia of one workspace, and how their claims stand. */
abstract class ClaimFixture {

    @Inject
    Fixtures fixtures;

    @Inject
    Claims claims;

    @Inject
    ClaimQueries queries;

    @Inject
    Sessions sessions;

    @Inject
    ClaimSetting setting;

    Caller lin;
    Caller mia;

    @BeforeEach
    void open() {
        Fixtures.Workspace workspace = fixtures.workspace();
        lin = workspace.admin();
        mia = fixtures.member(workspace, "mia");
    }

    List<String> targets(Caller caller) {
        return queries.live(caller, Optional.empty(), Optional.empty(), 200).items().stream()
                .map(ClaimView::target)
                .toList();
    }

    Refusal.Conflict held(Caller caller, ClaimRequest request) {
        Refusal.Conflict refusal = catchThrowableOfType(Refusal.Conflict.class, () -> claims.claim(caller, request));
        assertThat(refusal).as("the claim was not refused").isNotNull();
        assertThat(refusal.code()).isEqualTo("claim.held");
        assertThat(refusal.details().keySet()).contains("holder", "expires_at", "held");
        return refusal;
    }

    static String code(Runnable call) {
        Refusal refusal = catchThrowableOfType(Refusal.class, call::run);
        return refusal == null ? "none" : refusal.code();
    }

    static Instant in(Duration time) {
        return Instant.now().plus(time);
    }

    void seen(Caller agent) {
        CurrentSession current = sessions.current(
                        agent, Optional.of(agent.session().orElseThrow().id()), Optional.empty())
                .orElseThrow();
        sessions.seen(agent, current);
    }

    /** Of the session alone, in one row: some of the tests are about who waits for whom. */
    static void dueToBeSeen(Caller agent) {
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.agent_sessions set last_seen_at = now() - interval '90 seconds' where id = '%s'"
                        .formatted(agent.session().orElseThrow().id()));
    }
}
