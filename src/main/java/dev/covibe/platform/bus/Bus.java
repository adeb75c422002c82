package dev.covibe.platform.bus;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells every instance that something of a workspace changed (PLT-12), or what somebody may enter, over PostgreSQL
 * LISTEN/NOTIFY.
 *
 * <p>News says only "look again", so it may be told twice and is never the data itself. Listeners on this instance hear
 * at once; other instances hear within {@link #GATHERING_MILLIS}, because notifications of one moment are gathered into
 * one statement: PostgreSQL commits notifying transactions one after another, and no write should wait in that queue.
 * When the listening connection was lost, listeners are told to look at everything again.
 */
@Singleton
public class Bus {

    private static final Logger LOG = Logger.getLogger(Bus.class);
    private static final String CHANNEL = "covibe_news";
    private static final int GATHERING_MILLIS = 25;
    private static final int POLL_MILLIS = 250;
    private static final int RETRY_MILLIS = 1000;

    private final AgroalDataSource dataSource;
    private final String instance = UUID.randomUUID().toString();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Set<News> told = ConcurrentHashMap.newKeySet();
    private final Counter heard;
    private final Counter passedOn;
    private volatile boolean running;
    private volatile boolean listening;
    private Thread hearing;

    Bus(AgroalDataSource dataSource, MeterRegistry meters) {
        this.dataSource = dataSource;
        this.heard = meters.counter("covibe.bus.news", "direction", "heard");
        this.passedOn = meters.counter("covibe.bus.news", "direction", "told");
        Gauge.builder("covibe.bus.listening", this, bus -> bus.listening ? 1 : 0)
                .description("1 while news from other instances can arrive")
                .register(meters);
    }

    /** Hears news. Called on the bus's own threads: must return soon and must not throw. */
    public interface Listener {

        /** Something of this workspace changed. */
        void changed(UUID workspaceId);

        /** What this person may enter changed: a token died, a membership ended. */
        default void accessChanged(UUID developerId) {}

        /** News may have been missed: look at everything again. */
        void missed();
    }

    private enum Topic {
        WORKSPACE,
        ACCESS;

        /** Empty for what only another release knows, which may run beside this one. */
        static Optional<Topic> of(String name) {
            return Stream.of(values())
                    .filter(topic -> topic.name().equals(name))
                    .findFirst();
        }
    }

    private record News(Topic topic, UUID id) {

        /** As it travels: {@code instance topic id}. */
        static Optional<News> read(String text) {
            String[] words = text.split(" ");
            return words.length == 3
                    ? Topic.of(words[1]).map(topic -> new News(topic, UUID.fromString(words[2])))
                    : Optional.empty();
        }

        void tellTo(Listener listener) {
            switch (topic) {
                case WORKSPACE -> listener.changed(id);
                case ACCESS -> listener.accessChanged(id);
            }
        }
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Tells everybody that something of the workspace changed. Call after the commit that changed it. */
    public void tell(UUID workspaceId) {
        tell(new News(Topic.WORKSPACE, workspaceId));
    }

    /** Tells everybody that what this person may enter changed. Call after the commit that changed it. */
    public void tellAccess(UUID developerId) {
        tell(new News(Topic.ACCESS, developerId));
    }

    private void tell(News news) {
        told.add(news);
        listeners.forEach(news::tellTo);
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        running = true;
        hearing = Thread.ofVirtual().name("bus-listener").start(this::hear);
        Thread.ofVirtual().name("bus-teller").start(this::passOn);
    }

    /** Gives the listening connection back before the pool closes under it. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        hearing.join(Duration.ofMillis(3 * POLL_MILLIS));
    }

    private void passOn() {
        while (running) {
            pause(GATHERING_MILLIS);
            List<News> gathered = List.copyOf(told);
            if (gathered.isEmpty()) {
                continue;
            }
            gathered.forEach(told::remove);
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement notify = connection.prepareStatement(
                            "select pg_notify('" + CHANNEL + "', ? || ' ' || news) from unnest(?) as news")) {
                notify.setString(1, instance);
                notify.setArray(
                        2,
                        connection.createArrayOf(
                                "text",
                                gathered.stream()
                                        .map(news -> news.topic() + " " + news.id())
                                        .toArray()));
                notify.execute();
                passedOn.increment(gathered.size());
            } catch (SQLException failure) {
                told.addAll(gathered);
                LOG.warnf("News for other instances waits: %s", failure.getMessage());
                pause(RETRY_MILLIS);
            }
        }
    }

    private void hear() {
        boolean lost = false;
        while (running) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
                if (lost) {
                    LOG.info("News from other instances arrives again");
                    listeners.forEach(Listener::missed);
                }
                listening = true;
                receive(connection);
                statement.execute("unlisten " + CHANNEL);
            } catch (SQLException | RuntimeException failure) {
                // Whatever it was: a thread that ended here would leave people in who were shown out elsewhere.
                listening = false;
                if (running) {
                    LOG.warnf("News from other instances is interrupted: %s", failure.getMessage());
                    lost = true;
                    // Where this connection died others did too, and each would fail somebody's call first.
                    dataSource.flush(AgroalDataSource.FlushMode.INVALID);
                    pause(RETRY_MILLIS);
                }
            }
        }
    }

    private void receive(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (running) {
            PGNotification[] notifications = postgres.getNotifications(POLL_MILLIS);
            if (notifications == null) {
                continue;
            }
            for (PGNotification notification : notifications) {
                foreign(notification.getParameter()).ifPresent(news -> {
                    heard.increment();
                    listeners.forEach(news::tellTo);
                });
            }
        }
    }

    /** What a notification says, unless this instance sent it and has already told its listeners. */
    private Optional<News> foreign(String parameter) {
        return parameter.startsWith(instance) ? Optional.empty() : News.read(parameter);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
