package dev.covibe.ops.maintain;

import dev.covibe.platform.chores.Chore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The schedule inside the server: looks every half minute at what is due. COVIBE_SCHEDULE=off leaves the work to
 * {@code covibe maintain}, for platforms that give a server no CPU between requests.
 */
@Singleton
class Schedule {

    private static final Logger LOG = Logger.getLogger(Schedule.class);

    /** A running chore takes two connections from the pool, its lock's and its work's: requests need the others. */
    private static final int AT_ONCE = 2;

    private final Maintenance maintenance;
    private final boolean on;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Schedule(Maintenance maintenance, @ConfigProperty(name = "covibe.schedule", defaultValue = "on") String schedule) {
        this.maintenance = maintenance;
        this.on = schedule.equals("on");
    }

    @Scheduled(every = "30s", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (!on) {
            return;
        }
        for (Chore chore : maintenance.due()) {
            if (begun.add(chore.name())) {
                threads.execute(() -> take(chore));
            }
        }
    }

    private void take(Chore chore) {
        try {
            places.acquire();
            try {
                maintenance.run(chore, true);
            } finally {
                places.release();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            // The database is away, or the server ends: whoever looks next finds the chore still due.
            LOG.warnf("The chore %s could not begin: %s", chore.name(), failure.getMessage());
        } finally {
            begun.remove(chore.name());
        }
    }

    /** What is cut off here is due again for whoever comes next. */
    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }
}
