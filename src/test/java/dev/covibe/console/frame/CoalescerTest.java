package dev.covibe.console.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoalescerTest {

    private static final int READERS = 50;

    private final Coalescer<String, Integer> readings = new Coalescer<>();
    private final AtomicInteger begun = new AtomicInteger();

    /** A reading that says it has begun, and ends when it is told to. */
    private final class Slow {
        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        private int read() {
            int number = begun.incrementAndGet();
            started.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return number;
        }
    }

    @Test
    void who_comes_while_a_reading_runs_shares_the_next_one() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Slow first = new Slow();
            Future<Integer> early = threads.submit(() -> readings.read("work", first::read));
            first.started.await();
            List<Future<Integer>> late = new ArrayList<>();
            CountDownLatch asked = new CountDownLatch(READERS);
            for (int n = 0; n < READERS; n++) {
                late.add(threads.submit(() -> {
                    asked.countDown();
                    return readings.read("work", begun::incrementAndGet);
                }));
            }
            asked.await();
            Thread.sleep(50);
            assertThat(begun).as("nobody reads beside the first").hasValue(1);
            assertThat(threads.submit(() -> readings.read("elsewhere", () -> -1))
                            .get())
                    .isEqualTo(-1);
            first.mayEnd.countDown();
            assertThat(early.get()).isEqualTo(1);
            for (Future<Integer> reader : late) {
                assertThat(reader.get()).isEqualTo(2);
            }
        }
        assertThat(readings.read("work", begun::incrementAndGet))
                .as("nothing is kept")
                .isEqualTo(3);
    }

    @Test
    void a_failure_is_told_to_all_who_waited_for_it_and_to_nobody_else() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Slow first = new Slow();
            Future<Integer> early = threads.submit(() -> readings.read("work", first::read));
            first.started.await();
            List<Future<Integer>> late = new ArrayList<>();
            for (int n = 0; n < 2; n++) {
                late.add(threads.submit(() -> readings.read("work", () -> {
                    throw new IllegalArgumentException("no such status");
                })));
            }
            Thread.sleep(50);
            first.mayEnd.countDown();
            assertThat(early.get()).isEqualTo(1);
            for (Future<Integer> reader : late) {
                assertThatThrownBy(reader::get).hasRootCauseMessage("no such status");
            }
        }
        assertThat(readings.read("work", () -> 7)).isEqualTo(7);
    }
}
