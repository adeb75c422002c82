package dev.covibe.ops;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Joining;
import dev.covibe.identity.Tokens;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The application while it does no more than make one token. */
public final class TokenMint implements QuarkusApplication {

    /**
     * @param agent key of an agent type, empty for an untyped token
     * @param tenant name of the company, empty where only one can be meant
     */
    record Wish(
            String email,
            String workspace,
            Optional<String> agent,
            Optional<String> tenant,
            String name,
            Optional<Integer> expiresDays) {}

    /** Set by the command before the application boots; there is one per process. */
    static Wish wish;

    private final Joining joining;
    private final Tokens tokens;
    private final Clock clock;

    TokenMint(Joining joining, Tokens tokens, Clock clock) {
        this.joining = joining;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public int run(String... arguments) {
        try {
            System.out.println(mint(wish));
            return ExitCodes.FINE;
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            return ExitCodes.FAILED;
        }
    }

    String mint(Wish wish) {
        Optional<AgentType> agentType = wish.agent().map(AgentType::of);
        Caller caller = joining.seat(wish.email(), wish.workspace(), wish.tenant());
        return tokens.mint(
                        caller,
                        wish.name(),
                        agentType,
                        wish.expiresDays().map(days -> clock.instant().plus(Duration.ofDays(days))),
                        "command line")
                .text();
    }
}
