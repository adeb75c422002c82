package dev.covibe.agents.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PriceBookTest {

    private static final Instant IN_NOVEMBER = Instant.parse("2026-11-10T12:00:00Z");
    private static final TokenCounts MILLION_IN = new TokenCounts(1_000_000, 0, 0, 0, 0);

    @Inject
    Fixtures fixtures;

    @Inject
    PriceBook book;

    @Inject
    PriceOverrides overrides;

    @Inject
    ShippedPrices shipped;

    Caller admin;

    @BeforeEach
    void freshWorkspace() {
        admin = fixtures.workspace().admin();
    }

    private Optional<Long> nanos(Caller caller, String model, Instant at) {
        return book.cost(caller.place(), Optional.empty(), model, at, MILLION_IN)
                .map(Cost::nanos);
    }

    private static Rates rates(long dollars) {
        long nanos = dollars * 1_000_000_000;
        return new Rates(nanos, nanos, nanos, nanos);
    }

    @Test
    void each_class_of_tokens_has_its_own_price() {
        TokenCounts counts = new TokenCounts(1_000, 200, 30_000, 4_000, 150);

        assertThat(book.cost(admin.place(), Optional.of("anthropic"), "claude-sonnet-4-5", IN_NOVEMBER, counts)
                        .orElseThrow()
                        .nanos())
                .isEqualTo(1_000 * 3_000 + 200 * 15_000 + 30_000 * 300 + 4_000 * 3_750);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-5-20250929, 3",
        "anthropic/claude-sonnet-4-5, 3",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0, 3",
        "claude-sonnet-4-5@20250929, 3",
        "claude-opus-5-5[1m], 4",
        "claude-opus-4-20250514, 15",
        "Claude-Opus-4-5, 5",
        "gpt-5-2025-08-07, 1.25",
        "gpt-5-mini, 0.25",
        "models/gemini-2.5-pro-preview-05-06, 1.25",
        "gemini-2.0-flash-001, 0.1"
    })
    void a_model_is_found_by_its_longest_known_name(String sent, double dollars) {
        assertThat(nanos(admin, sent, IN_NOVEMBER)).contains(Math.round(dollars * 1_000_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-5-zeppelin", "claude-opus-4-9", "gpt-5.9", "claude", "", "gpt-5-", "-20250929"})
    void a_model_that_is_only_like_a_known_one_has_no_price(String sent) {
        assertThat(nanos(admin, sent, IN_NOVEMBER)).isEmpty();
    }

    @Test
    void the_price_is_that_of_the_day_of_the_call_in_utc() {
        TokenCounts reads = new TokenCounts(0, 0, 1_000_000, 0, 0);

        assertThat(book.cost(
                        admin.place(),
                        Optional.empty(),
                        "claude-sonnet-5-5",
                        Instant.parse("2026-10-06T23:59:59Z"),
                        reads))
                .hasValueSatisfying(cost -> assertThat(cost.nanos()).isEqualTo(200_000_000));
        assertThat(book.cost(
                        admin.place(),
                        Optional.empty(),
                        "claude-sonnet-5-5",
                        Instant.parse("2026-10-07T00:00:00Z"),
                        reads))
                .hasValueSatisfying(cost -> assertThat(cost.nanos()).isEqualTo(100_000_000));
    }

    @Test
    void a_cost_is_rounded_once_and_half_up() {
        Rates rates = new Rates(500_000, 400_000, 0, 0);

        assertThat(rates.nanos(new TokenCounts(1, 0, 0, 0, 0))).isEqualTo(1);
        assertThat(rates.nanos(new TokenCounts(0, 1, 0, 0, 0))).isZero();
        assertThat(rates.nanos(new TokenCounts(1, 1, 0, 0, 0))).isEqualTo(1);
        assertThat(rates.nanos(new TokenCounts(3, 0, 0, 0, 0))).isEqualTo(2);
    }

    @Test
    void a_company_has_prices_of_its_own_that_no_other_company_sees() {
        Caller other = fixtures.workspace().admin();
        overrides.add(admin, Optional.empty(), "claude-sonnet-4-5", Optional.of(LocalDate.of(2026, 11, 1)), rates(2));

        assertThat(nanos(admin, "claude-sonnet-4-5-20250929", IN_NOVEMBER)).contains(2_000_000_000L);
        assertThat(nanos(admin, "claude-sonnet-4-5", Instant.parse("2026-10-31T23:59:59Z")))
                .contains(3_000_000_000L);
        assertThat(nanos(other, "claude-sonnet-4-5", IN_NOVEMBER)).contains(3_000_000_000L);
        assertThat(overrides.list(other)).isEmpty();
    }

    @Test
    void a_price_for_one_provider_comes_before_one_for_any() {
        overrides.add(admin, Optional.of("Bedrock"), "claude-opus-5", Optional.of(LocalDate.of(2026, 11, 1)), rates(6));

        assertThat(book.cost(admin.place(), Optional.of("bedrock"), "claude-opus-5", IN_NOVEMBER, MILLION_IN)
                        .orElseThrow()
                        .nanos())
                .isEqualTo(6_000_000_000L);
        assertThat(nanos(admin, "claude-opus-5", IN_NOVEMBER)).contains(5_000_000_000L);
    }

    @Test
    void a_star_prices_a_family_and_a_full_name_comes_before_it() {
        Optional<LocalDate> from = Optional.of(LocalDate.of(2026, 1, 1));
        overrides.add(admin, Optional.empty(), "house-*", from, rates(1));
        overrides.add(admin, Optional.empty(), "house-large-*", from, rates(7));
        overrides.add(admin, Optional.empty(), "house-large-x", from, rates(9));

        assertThat(nanos(admin, "house-small", IN_NOVEMBER)).contains(1_000_000_000L);
        assertThat(nanos(admin, "house-large-y", IN_NOVEMBER)).contains(7_000_000_000L);
        assertThat(nanos(admin, "house-large-x", IN_NOVEMBER)).contains(9_000_000_000L);
    }

    @Test
    void an_ended_price_holds_up_to_its_last_day_and_a_newer_one_ends_it() {
        Price first =
                overrides.add(admin, Optional.empty(), "house-1", Optional.of(LocalDate.of(2026, 1, 1)), rates(1));
        overrides.add(admin, Optional.empty(), "house-1", Optional.of(LocalDate.of(2026, 6, 1)), rates(2));

        assertThat(nanos(admin, "house-1", Instant.parse("2026-05-31T12:00:00Z")))
                .contains(1_000_000_000L);
        assertThat(nanos(admin, "house-1", Instant.parse("2026-06-01T12:00:00Z")))
                .contains(2_000_000_000L);
        assertThat(overrides.list(admin))
                .filteredOn(price -> price.id().equals(first.id()))
                .extracting(Price::until)
                .containsExactly(Optional.of(LocalDate.of(2026, 6, 1)));
        refused(
                "price.taken",
                () -> overrides.add(
                        admin, Optional.empty(), "house-1", Optional.of(LocalDate.of(2026, 6, 1)), rates(3)));
    }

    @Test
    void a_price_ended_on_its_first_day_never_held() {
        Price slip = overrides.add(admin, Optional.empty(), "house-1", Optional.of(LocalDate.of(2026, 1, 1)), rates(1));
        overrides.end(admin, slip.id(), Optional.of(LocalDate.of(2026, 1, 1)));

        assertThat(nanos(admin, "house-1", IN_NOVEMBER)).isEmpty();
        refused("price.ended", () -> overrides.end(admin, slip.id(), Optional.empty()));
        overrides.add(admin, Optional.empty(), "house-1", Optional.of(LocalDate.of(2026, 1, 1)), rates(2));
        assertThat(nanos(admin, "house-1", IN_NOVEMBER)).contains(2_000_000_000L);
    }

    @Test
    void after_the_end_of_a_companys_price_the_shipped_one_holds_again() {
        Price own = overrides.add(
                admin, Optional.empty(), "claude-sonnet-4-5", Optional.of(LocalDate.of(2026, 11, 1)), rates(2));
        overrides.end(admin, own.id(), Optional.of(LocalDate.of(2026, 11, 10)));

        assertThat(nanos(admin, "claude-sonnet-4-5", Instant.parse("2026-11-09T23:59:59Z")))
                .contains(2_000_000_000L);
        assertThat(nanos(admin, "claude-sonnet-4-5", IN_NOVEMBER)).contains(3_000_000_000L);
    }

    @Test
    void only_admins_change_prices_and_a_strangers_price_does_not_exist() {
        var workspace = fixtures.workspace();
        Caller member = fixtures.member(workspace, "ada");
        Price price = overrides.add(workspace.admin(), Optional.empty(), "house-1", Optional.empty(), rates(1));

        refused(
                "identity.admin-only",
                () -> overrides.add(member, Optional.empty(), "house-2", Optional.empty(), rates(1)));
        refused("identity.admin-only", () -> overrides.end(member, price.id(), Optional.empty()));
        refused("price.unknown", () -> overrides.end(admin, price.id(), Optional.empty()));
    }

    @Test
    void the_shipped_book_says_its_date_and_prices_every_model_on_it() {
        assertThat(shipped.date()).isAfter(LocalDate.of(2026, 10, 1));
        assertThat(shipped.prices()).hasSizeGreaterThan(50).allSatisfy(price -> assertThat(
                        nanos(admin, price.model(), price.from().atStartOfDay().toInstant(ZoneOffset.UTC)))
                .contains(price.rates().input()));
        assertThat(shipped.prices()).extracting(Price::id).doesNotHaveDuplicates();
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }
}
