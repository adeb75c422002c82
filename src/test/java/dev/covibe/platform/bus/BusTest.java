package dev.covibe.platform.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BusTest {

    private static final int PATIENCE_SECONDS = 20;

    @Inject
    Bus bus;

    /** A listener that breaks its promise once, and afterwards notes what it hears. */
    private static final class Clumsy implements Bus.Listener {
        private final UUID stumblesOver;
        private final BlockingQueue<UUID> heard = new LinkedBlockingQueue<>();

        private Clumsy(UUID stumblesOver) {
            this.stumblesOver = stumblesOver;
        }

        @Override
        public void changed(UUID workspaceId) {
            if (workspaceId.equals(stumblesOver)) {
                throw new IllegalStateException("a mistake in a listener");
            }
            heard.add(workspaceId);
        }

        @Override
        public void missed() {}
    }

    private static void fromAnotherInstance(String news) {
        TestDatabase.execute(
                TestDatabase.superuser(), "select pg_notify('covibe_news', '" + UUID.randomUUID() + " " + news + "')");
    }

    @Test
    void news_goes_on_arriving_after_news_that_nobody_understands_and_after_a_listener_that_fails() throws Exception {
        Clumsy listener = new Clumsy(UUID.randomUUID());
        bus.listen(listener);
        fromAnotherInstance("A_TOPIC_OF_TOMORROW " + UUID.randomUUID());
        fromAnotherInstance("WORKSPACE not-an-id");
        fromAnotherInstance("WORKSPACE " + listener.stumblesOver);
        UUID wanted = UUID.randomUUID();
        for (int second = 0; second < PATIENCE_SECONDS; second++) {
            // While the bus listens anew, news is missed, and then told as such.
            fromAnotherInstance("WORKSPACE " + wanted);
            UUID heard = listener.heard.poll(1, TimeUnit.SECONDS);
            if (wanted.equals(heard)) {
                return;
            }
        }
        assertThat(listener.heard).as("after " + PATIENCE_SECONDS + " s").contains(wanted);
    }
}
