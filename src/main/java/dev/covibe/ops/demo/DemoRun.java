package dev.covibe.ops.demo;

import dev.covibe.platform.problem.Refusal;
import io.quarkus.runtime.QuarkusApplication;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** The application while it does no more than fill a workspace. */
public final class DemoRun implements QuarkusApplication {

    /** Set by the command before the application boots; there is one per process. */
    private static Filling.Wish wish;

    private final Filling filling;

    DemoRun(Filling filling) {
        this.filling = filling;
    }

    /**
     * What to fill.
     *
     * @param scale 1 to 100
     * @param until the last day; empty: today
     */
    public static void wish(String workspace, long seed, int scale, Optional<LocalDate> until) {
        wish = new Filling.Wish(Filling.COMPANY, workspace, seed, scale, until);
    }

    @Override
    public int run(String... arguments) {
        try {
            long begun = System.nanoTime();
            Filling.Filled filled = filling.fill(wish);
            long seconds = (System.nanoTime() - begun) / 1_000_000_000;
            System.out.printf(
                    Locale.ENGLISH,
                    "Filled %s of %s in %d s: %d people, %,d tasks, %,d sessions, %,d work events.%n%n",
                    wish.workspace(),
                    wish.company(),
                    seconds,
                    filled.people().size(),
                    filled.tasks(),
                    filled.sessions(),
                    filled.events());
            System.out.println("Sign in with any of these emails:");
            filled.people().forEach(person -> System.out.printf("  %-22s %s%n", person.email(), person.name()));
            return 0;
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            return 1;
        }
    }
}
