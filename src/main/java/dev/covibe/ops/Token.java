package dev.covibe.ops;

import jakarta.enterprise.inject.Vetoed;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code covibe token}: an MCP token for the person at the server's own machine (OPS-13), on stdout and nothing else.
 * Boots the application without its web side, so that the rules of identity stand in one place.
 */
@Vetoed // made by the command line, never by the container
@Command(
        name = "token",
        description = {
            "Print a new MCP token, and nothing else, on stdout.",
            "In local mode this makes the company, workspace and developer where they are missing."
        })
final class Token implements Callable<Integer> {

    private final Environment environment;

    @Option(names = "--email", required = true, description = "Whose token: all work done with it is theirs.")
    String email;

    @Option(names = "--workspace", required = true, description = "The workspace that the token opens.")
    String workspace;

    @Option(
            names = "--agent",
            description = "claude-code, codex, cursor, gemini-cli or other; without it the token believes the agent.")
    String agent;

    @Option(names = "--tenant", description = "The company, where there are several.")
    String tenant;

    @Option(names = "--name", description = "What the token is called in Settings (default: command line).")
    String name = "command line";

    @Option(names = "--expires-days", description = "Days after which the token dies; without it, it never does.")
    Integer expiresDays;

    Token(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        environment.auth();
        if (expiresDays != null && expiresDays < 1) {
            throw Failure.usage("--expires-days must be 1 or more.");
        }
        TokenMint.wish = new TokenMint.Wish(
                email,
                workspace,
                Optional.ofNullable(agent),
                Optional.ofNullable(tenant),
                name,
                Optional.ofNullable(expiresDays));
        return WithoutWeb.run(environment, "covibe token", TokenMint.class);
    }
}
