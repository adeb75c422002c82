package dev.covibe.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.identity.Caller;
import dev.covibe.identity.Joining;
import dev.covibe.identity.Tokens;
import dev.covibe.platform.crypto.TokenText;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TokenMintTest {

    @Inject
    Joining joining;

    @Inject
    Tokens tokens;

    @Inject
    Fixtures fixtures;

    @Test
    void it_makes_what_is_missing_and_a_token_that_works() {
        String company = company();

        String token = mint("lin@" + company + ".example", "Core", company);

        assertThat(TokenText.isWellFormed(token)).isTrue();
        given().header("Authorization", "Bearer " + token)
                .get("/api/tasks")
                .then()
                .statusCode(200);
    }

    @Test
    void asking_again_makes_another_token_and_nothing_else() {
        String company = company();
        Caller first = joining.seat("lin@" + company + ".example", "core", Optional.of(company));

        Caller again = joining.seat("Lin@" + company + ".example ", "Core", Optional.of(company));

        assertThat(again.place()).isEqualTo(first.place());
        assertThat(again.developerId()).isEqualTo(first.developerId());
    }

    @Test
    void a_second_person_joins_the_workspace_and_a_second_workspace_joins_the_company() {
        String company = company();
        Caller lin = joining.seat("lin@" + company + ".example", "core", Optional.of(company));

        Caller other = joining.seat("lin@other-" + company + ".example", "core", Optional.of(company));
        Caller elsewhere = joining.seat("lin@" + company + ".example", "docs", Optional.of(company));

        assertThat(other.place()).isEqualTo(lin.place());
        assertThat(other.handle()).isEqualTo("lin-2");
        assertThat(elsewhere.place().tenantId()).isEqualTo(lin.place().tenantId());
        assertThat(elsewhere.workspaceId()).isNotEqualTo(lin.workspaceId());
        assertThat(elsewhere.developerId()).isEqualTo(lin.developerId());
    }

    @Test
    void where_several_companies_could_be_meant_it_asks_for_one() {
        fixtures.workspace();
        fixtures.workspace();
        assertThatThrownBy(() -> joining.seat("nobody-yet@example.com", "core", Optional.empty()))
                .isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void an_unknown_agent_or_email_is_refused() {
        TokenMint mint = new TokenMint(joining, tokens, Clock.systemUTC());
        assertThatThrownBy(() -> joining.seat("lin", "core", Optional.empty()))
                .hasMessageContaining("not an email address");
        assertThatThrownBy(() -> mint.mint(new TokenMint.Wish(
                        "lin@example.com", "core", Optional.of("hal"), Optional.empty(), "x", Optional.empty())))
                .isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void every_token_is_in_the_audit_log() throws SQLException {
        String company = company();
        mint("lin@" + company + ".example", "core", company);

        try (var connection = TestDatabase.superuser().connect();
                var results = connection.createStatement().executeQuery("""
                        select string_agg(a.action, ' ' order by a.at, a.id)
                          from covibe.audit_entries a
                          join covibe.tenants t on t.id = a.tenant_id
                         where t.name = '%s' and a.address = 'command line'
                        """.formatted(company))) {
            results.next();
            assertThat(results.getString(1)).isEqualTo("tenant.opened token.created");
        }
    }

    private String mint(String email, String workspace, String company) {
        return new TokenMint(joining, tokens, Clock.systemUTC())
                .mint(new TokenMint.Wish(
                        email,
                        workspace,
                        Optional.of("claude-code"),
                        Optional.of(company),
                        "command line",
                        Optional.of(30)));
    }

    private static String company() {
        return "c" + Long.toString(System.nanoTime(), 36);
    }
}
