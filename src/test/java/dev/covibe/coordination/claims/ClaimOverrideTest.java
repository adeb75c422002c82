package dev.covibe.coordination.claims;

import static dev.covibe.coordination.claims.ClaimSetting.HTTPS;
import static dev.covibe.coordination.claims.ClaimSetting.SSH;
import static dev.covibe.coordination.claims.ClaimSetting.on;
import static dev.covibe.coordination.claims.ClaimSetting.overriding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.identity.Caller;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Claiming over somebody's head. */
@QuarkusTest
class ClaimOverrideTest extends ClaimFixture {

    @Inject
    Overrides overrides;

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
}
