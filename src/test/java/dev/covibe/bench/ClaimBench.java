package dev.covibe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.coordination.claims.ClaimMode;
import dev.covibe.coordination.claims.ClaimQueries;
import dev.covibe.coordination.claims.ClaimRequest;
import dev.covibe.coordination.claims.Claims;
import dev.covibe.identity.Caller;
import dev.covibe.overlap.Footprint;
import dev.covibe.overlap.Overlaps;
import dev.covibe.overlap.Subject;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.tenancy.Transactions;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * {@code ./covibe bench claim}: how long a claim, a refusal and a plan's check take while 5,000 claims are live in one
 * repository, through the real desk and the real database.
 */
@QuarkusTest
class ClaimBench {

    private static final int LIVE = 5_000;
    private static final int WARM_UP = 200;
    private static final int MEASURED = 500;

    @Inject
    Claims claims;

    @Inject
    ClaimQueries queries;

    @Inject
    Overlaps overlaps;

    @Inject
    Transactions transactions;

    @Inject
    Fixtures fixtures;

    private final Random random = new Random(3);

    @Test
    void measure() {
        Fixtures.Workspace workspace = fixtures.workspace();
        Caller holder = workspace.admin();
        Caller other = fixtures.member(workspace, "mia");
        for (int from = 0; from < LIVE; from += 50) {
            List<String> paths = new ArrayList<>();
            for (int i = from; i < from + 50; i++) {
                // One in ten begins with a wildcard right below src, so that the index cannot tell it apart.
                paths.add(i % 10 == 0 ? "src/**/Part" + i + "*.java" : "src/part" + i % 97 + "/sub" + i + "/**");
            }
            claims.claim(holder, on(paths));
        }
        assertThat(queries.live(other, Optional.of("github.com/acme/web"), Optional.empty(), 200)
                        .items())
                .hasSize(200);

        System.out.println("| " + LIVE + " live claims in one repository | p50 | p95 | p99 |\n|---|---|---|---|");
        row("claim granted, and released", () -> {
            String path = "src/free" + random.nextInt(1_000_000) + "/*.ts";
            claims.release(
                    other,
                    List.of(claims.claim(other, on(List.of(path)))
                            .claims()
                            .getFirst()
                            .id()));
        });
        row("claim refused", () -> refused(other, "src/part" + random.nextInt(97) + "/**/*.java"));
        row("claim refused by all of them", () -> refused(other, "src/**"));
        row(
                "plan checked against them",
                () -> transactions.in(
                        other.place(),
                        () -> overlaps.check(other.place(), draft(other, "src/part" + random.nextInt(97) + "/**"))));
        row("list of 200", () -> queries.live(other, Optional.of("github.com/acme/web"), Optional.empty(), 200));
    }

    private void refused(Caller caller, String path) {
        try {
            claims.claim(caller, on(List.of(path)));
            throw new AssertionError("granted: " + path);
        } catch (Refusal.Conflict refusal) {
            assertThat(refusal.code()).isEqualTo("claim.held");
        }
    }

    private static ClaimRequest on(List<String> paths) {
        return new ClaimRequest(
                Optional.of("git@github.com:acme/web.git"),
                paths,
                Optional.empty(),
                ClaimMode.EXCLUSIVE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Footprint draft(Caller caller, String path) {
        return new Footprint(
                new Subject(Subject.Kind.TASK, Ids.next(), "draft"),
                "Rename everything",
                "",
                "planned",
                false,
                Optional.empty(),
                Optional.of(caller.developerId()),
                List.of(path),
                Optional.of("github.com/acme/web"),
                Optional.empty(),
                List.of());
    }

    private static void row(String what, Runnable call) {
        double[] times = new double[MEASURED];
        for (int i = -WARM_UP; i < MEASURED; i++) {
            long start = System.nanoTime();
            call.run();
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(times);
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %.1f ms | %.1f ms | %.1f ms |",
                what,
                times[MEASURED / 2],
                times[MEASURED * 95 / 100],
                times[MEASURED * 99 / 100]));
    }
}
