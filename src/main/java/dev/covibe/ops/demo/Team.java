package dev.covibe.ops.demo;

import dev.covibe.ops.demo.Person.Agent;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Who works at Fernway: eleven people with their hours, and the thirty agents that they run. */
final class Team {

    private static final UUID NOBODY_YET = new UUID(0, 0);

    static final List<String> PROJECTS = List.of("BOOK", "TRACK", "LEDGER", "WEB", "INFRA");

    private Team() {}

    static List<Person> people() {
        return List.of(
                person("lin", "Lin Aalto", 8, 17, Set.of(), List.of("BOOK", "INFRA"), claude(), codex(), reviewer()),
                person("mara", "Mara Okafor", 9, 18, Set.of(), List.of("LEDGER", "BOOK"), claude(), cursor(), deep()),
                person("jonas", "Jonas Weber", 7, 16, Set.of(2), List.of("TRACK", "BOOK"), claude(), codex()),
                person("priya", "Priya Raman", 9, 17, Set.of(), List.of("LEDGER", "INFRA"), claude(), deep(), codex()),
                person("tomasz", "Tomasz Zielinski", 8, 16, Set.of(), List.of("INFRA", "TRACK"), gemini(), nightly()),
                person("aiko", "Aiko Tanaka", 10, 19, Set.of(4), List.of("WEB", "TRACK"), cursor(), claude(), tester()),
                person("diego", "Diego Herrera", 9, 18, Set.of(), List.of("BOOK", "TRACK"), codex(), claude()),
                person("noor", "Noor Haddad", 8, 16, Set.of(), List.of("WEB", "BOOK"), claude(), gemini(), reviewer()),
                person(
                        "ben",
                        "Ben Whitfield",
                        10,
                        18,
                        Set.of(5),
                        List.of("TRACK", "INFRA"),
                        codex(),
                        cursor(),
                        tester()),
                person("sofia", "Sofia Lindqvist", 8, 17, Set.of(3), List.of("LEDGER", "WEB"), claude(), gemini()),
                person("kwame", "Kwame Mensah", 9, 17, Set.of(), List.of("WEB", "LEDGER"), claude(), cursor(), deep()));
    }

    static String repository(String project) {
        return "github.com/fernway/"
                + switch (project) {
                    case "BOOK" -> "booking";
                    case "TRACK" -> "tracking";
                    case "LEDGER" -> "ledger";
                    case "WEB" -> "web";
                    case "INFRA" -> "infra";
                    default -> throw new IllegalArgumentException(project);
                };
    }

    static String projectName(String project) {
        return switch (project) {
            case "BOOK" -> "Booking and rates";
            case "TRACK" -> "Tracking";
            case "LEDGER" -> "Ledger";
            case "WEB" -> "Web";
            case "INFRA" -> "Infrastructure";
            default -> throw new IllegalArgumentException(project);
        };
    }

    private static Person person(
            String handle, String name, int from, int to, Set<Integer> away, List<String> home, Agent... agents) {
        return new Person(NOBODY_YET, handle, name, home, List.of(agents), from, to, away);
    }

    private static Agent claude() {
        return new Agent("claude-code", "claude-code", "", "anthropic", "claude-sonnet-5-5");
    }

    private static Agent deep() {
        return new Agent(
                "claude-code",
                "claude-deep",
                "Design and migrations, with the large model",
                "anthropic",
                "claude-opus-5-5");
    }

    private static Agent reviewer() {
        return new Agent(
                "claude-code",
                "reviewer",
                "Reads every pull request before a person does",
                "anthropic",
                "claude-opus-5-5");
    }

    private static Agent codex() {
        return new Agent("codex", "codex", "", "openai", "gpt-6-sol");
    }

    private static Agent tester() {
        return new Agent("codex", "test-writer", "Writes the missing tests of a change", "openai", "gpt-6-luna");
    }

    private static Agent cursor() {
        return new Agent("cursor", "cursor", "", "anthropic", "claude-sonnet-5-5");
    }

    private static Agent gemini() {
        return new Agent("gemini-cli", "gemini-cli", "", "google", "gemini-3.8-flash");
    }

    private static Agent nightly() {
        return new Agent(
                "gemini-cli", Agents.NIGHTLY, "Dependency updates, in the small hours", "google", "gemini-3.8-flash");
    }

    /** Names that the story depends on. */
    static final class Agents {
        static final String NIGHTLY = "nightly-deps";

        private Agents() {}
    }
}
