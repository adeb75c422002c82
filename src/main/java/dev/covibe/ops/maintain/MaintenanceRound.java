package dev.covibe.ops.maintain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.covibe.ops.ExitCodes;
import dev.covibe.platform.chores.Chore;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The application while it does the background work once. */
public final class MaintenanceRound implements QuarkusApplication {

    /**
     * @param names of chores; empty for all
     * @param onlyDue whether what was done a short time ago is left out
     */
    record Wish(List<String> names, boolean onlyDue, boolean json) {}

    /** Set by the command before the application boots; there is one per process. */
    static Wish wish = new Wish(List.of(), false, false);

    private final Maintenance maintenance;

    MaintenanceRound(Maintenance maintenance) {
        this.maintenance = maintenance;
    }

    private record Done(Chore chore, Maintenance.Outcome outcome, Duration took) {}

    @Override
    public int run(String... arguments) {
        List<String> known = maintenance.chores().stream().map(Chore::name).toList();
        for (String name : wish.names()) {
            if (!known.contains(name)) {
                System.err.println("There is no chore " + name + ": choose from " + String.join(", ", known) + ".");
                return ExitCodes.USAGE;
            }
        }
        List<Done> round = round();
        print(round);
        return round.stream().anyMatch(done -> done.outcome() == Maintenance.Outcome.FAILED)
                ? ExitCodes.FAILED
                : ExitCodes.FINE;
    }

    private List<Done> round() {
        List<Done> round = new ArrayList<>();
        List<Chore> due = maintenance.due();
        for (Chore chore : wish.onlyDue() ? due : maintenance.chores()) {
            if (wish.names().isEmpty() || wish.names().contains(chore.name())) {
                long began = System.nanoTime();
                Maintenance.Outcome outcome = maintenance.run(chore, wish.onlyDue());
                round.add(new Done(chore, outcome, Duration.ofNanos(System.nanoTime() - began)));
            }
        }
        return round;
    }

    private static void print(List<Done> round) {
        if (wish.json()) {
            ArrayNode chores = new ObjectMapper().createArrayNode();
            round.forEach(done -> chores.addObject()
                    .put("chore", done.chore().name())
                    .put("outcome", done.outcome().name().toLowerCase(Locale.ROOT))
                    .put("millis", done.took().toMillis()));
            System.out.println(chores.toPrettyString());
            return;
        }
        System.out.print(round.stream()
                .map(done -> "%-9s  %s, %d ms%n"
                        .formatted(
                                word(done.outcome()),
                                done.chore().name(),
                                done.took().toMillis()))
                .collect(Collectors.joining()));
        System.out.println(round.isEmpty() ? "Nothing is due." : round.size() + " chores.");
    }

    private static String word(Maintenance.Outcome outcome) {
        return switch (outcome) {
            case DONE -> "done";
            case NOT_DUE -> "not due";
            case ELSEWHERE -> "elsewhere";
            case FAILED -> "failed";
        };
    }
}
