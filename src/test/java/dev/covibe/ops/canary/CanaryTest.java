package dev.covibe.ops.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.ops.HostedOrigin;
import dev.covibe.platform.crypto.TokenText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanaryTest {

    private final FakeServer server = new FakeServer();
    private final List<Outcome.Line> shown = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private Proof proof() {
        HostedOrigin origin = HostedOrigin.rehearsal(server.origin());
        return new Proof(
                origin, origin, Optional.of(server.token).filter(token -> !token.isEmpty()), Duration.ofSeconds(2));
    }

    @Test
    void a_healthy_server_passes() {
        Outcome outcome = proof().canary(shown::add);

        assertThat(outcome.lines())
                .allSatisfy(line -> assertThat(line.passed()).as(line.text()).isTrue());
        assertThat(outcome.closing()).isEqualTo("PASS hosted canary");
        assertThat(shown).isEqualTo(outcome.lines()).hasSizeGreaterThan(14);
        assertThat(outcome.json().path("passed").asBoolean()).isTrue();
        assertThat(proof().preflight(line -> {}).closing()).isEqualTo("PASS hosted preflight");
    }

    @Test
    void with_a_token_the_tools_are_seen_by_name() {
        server.token = TokenText.next();
        assertThat(proof().canary(shown::add).closing()).isEqualTo("PASS hosted canary");

        server.tools.remove("claim");
        server.tools.add("drop_tables");
        assertThat(failures())
                .containsExactly("MCP with a token: The tool list is not this release's: missing claim, too"
                        + " many drop_tables.");
    }

    @Test
    void a_server_that_is_asked_at_another_address_is_held_to_its_public_origin() {
        HostedOrigin origin = HostedOrigin.rehearsal(server.origin());
        Outcome outcome = new Proof(
                        origin,
                        HostedOrigin.parse("https://co-vibe.example.com"),
                        Optional.empty(),
                        Duration.ofSeconds(2))
                .canary(shown::add);
        assertThat(outcome.lines())
                .filteredOn(line -> !line.passed())
                .extracting(Outcome.Line::probe)
                .contains("OAuth metadata", "sign-in");
    }

    @ParameterizedTest
    @MethodSource("dev.covibe.ops.canary.BrokenServer#all")
    void a_broken_server_fails_with_the_right_sentence_and_with_no_other(BrokenServer broken) {
        broken.by().accept(server);
        assertThat(failures()).singleElement().asString().contains(broken.sentence());
    }

    /** These are wrong in so many ways that more than one probe says so; the first sentence must be the right one. */
    @Test
    void a_server_that_is_not_there_is_one_sentence() {
        server.close();
        assertThat(failures()).singleElement().asString().contains("health: 127.0.0.1 refuses connections on port");
    }

    @Test
    void a_database_out_of_reach_is_said_first() {
        server.health.put("status", "\"failing\"");
        server.health.put("reachable", "false");
        server.health.put("schema", "null");
        assertThat(failures()).first().asString().contains("health: The server cannot reach its database");
    }

    @Test
    void another_program_is_told_from_a_broken_server() {
        server.replies.put("GET /api/health", new FakeServer.Reply(200, "text/html", "<h1>It works</h1>"));
        assertThat(failures())
                .first()
                .asString()
                .contains("GET /api/health answers 200 with something that is not a JSON");
    }

    @Test
    void a_refusal_that_names_no_way_in_is_noticed() {
        server.mcp.get("refused").headers.remove("WWW-Authenticate");
        assertThat(failures()).first().asString().contains("refuses without WWW-Authenticate: Bearer");
        server.mcp.get("refused").header("WWW-Authenticate", "Bearer");
        assertThat(failures()).first().asString().contains("names no resource_metadata");
    }

    @Test
    void a_secret_that_is_found_is_not_repeated() {
        String secret = TokenText.next();
        server.reply("GET /").body = secret;
        assertThat(failures()).noneMatch(failure -> failure.contains(secret));
    }

    @Test
    void the_addresses_that_are_asked_exist() throws Exception {
        String known;
        try (Stream<Path> tests = Files.walk(Path.of("src/test/java/dev/covibe/guard"))) {
            known = String.join(
                    "\n",
                    tests.filter(Files::isRegularFile).map(CanaryTest::read).toList());
        }
        for (String path : ClosedDoorProbes.READS) {
            assertThat(known).contains("\"GET " + path + "\"");
        }
        for (String path : ClosedDoorProbes.WRITES) {
            assertThat(known).contains("\"POST " + path + "\"");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private List<String> failures() {
        return proof().canary(line -> {}).lines().stream()
                .filter(line -> !line.passed())
                .map(line -> line.probe() + ": " + line.says())
                .toList();
    }
}
