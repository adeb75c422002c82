package dev.covibe.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.identity.Access;
import dev.covibe.identity.Caller;
import dev.covibe.platform.bus.Bus;
import dev.covibe.tenancy.Place;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * The open event streams of this instance, a room for each workspace that somebody watches. When news comes the room
 * reads the log once and sends what is new to everybody in it, so a thousand watchers cost one query.
 */
@Singleton
class EventStreams implements Bus.Listener {

    /** A reader that is further behind than this is told to read the page again instead. */
    static final int MOST_CAUGHT_UP = 200;

    private static final Logger LOG = Logger.getLogger(EventStreams.class);

    private final Journal journal;
    private final ObjectMapper json;
    private final Sse sse;
    private final Bus bus;
    private final Access access;
    private final Map<UUID, Room> rooms = new ConcurrentHashMap<>();
    private volatile boolean closing;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    EventStreams(Journal journal, ObjectMapper json, Sse sse, Bus bus, Access access, MeterRegistry meters) {
        this.journal = journal;
        this.json = json;
        this.sse = sse;
        this.bus = bus;
        this.access = access;
        Gauge.builder("covibe.streams.open", rooms, all -> all.values().stream()
                        .mapToInt(Room::size)
                        .sum())
                .description("Open event streams of consoles")
                .register(meters);
    }

    /** What a stream says of an event: enough to know what to look at again, nothing that is not on the page. */
    @RegisterForReflection
    record News(UUID id, String kind, String subject, String key, String actor, Optional<String> agent, Instant at) {}

    void start(@Observes StartupEvent event) {
        bus.listen(this);
    }

    /** Streams never end by themselves, so they end first: otherwise a graceful stop would wait for them (PLT-14). */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        closing = true;
        rooms.values().forEach(Room::close);
    }

    void stop(@Observes ShutdownEvent event) {
        readers.shutdown();
    }

    /** Lets a watcher in, first giving it what it missed since the position that it last saw. */
    void open(Caller caller, Optional<StreamPosition> lastSeen, SseEventSink sink) {
        rooms.computeIfAbsent(caller.workspaceId(), _ -> new Room(caller.place()))
                .enter(lastSeen, new Watcher(caller, sink));
    }

    /** Somebody may have been shown out: whoever watches in their name is looked at again at once. */
    @Override
    public void accessChanged(UUID developerId) {
        rooms.values().forEach(room -> readers.execute(() -> room.showOut(Optional.of(developerId))));
    }

    @Override
    public void changed(UUID workspaceId) {
        Room room = rooms.get(workspaceId);
        if (room != null) {
            readers.execute(room::read);
        }
    }

    @Override
    public void missed() {
        rooms.values()
                .forEach(room -> readers.execute(() -> {
                    room.showOut(Optional.empty());
                    room.read();
                }));
    }

    /**
     * Keeps streams open through proxies, finds the dead ones and those whose token expired, and picks up news that was
     * lost on its way.
     */
    @Scheduled(every = "10s")
    void beat() {
        rooms.values().forEach(Room::beat);
        rooms.values().removeIf(Room::isEmpty);
        missed();
    }

    /** A stream and in whose name it was opened. */
    private record Watcher(Caller caller, SseEventSink sink) {}

    private final class Room {
        private final Place place;
        private final List<Watcher> watchers = new ArrayList<>();
        private final String life;
        private EventPosition position;

        private Room(Place place) {
            this.place = place;
            this.life = journal.life();
            this.position = journal.end(place);
        }

        private synchronized void enter(Optional<StreamPosition> lastSeen, Watcher watcher) {
            SseEventSink sink = watcher.sink();
            sink.send(sse.newEventBuilder()
                    .name("hello")
                    .reconnectDelay(1000)
                    .data("connected")
                    .build());
            if (closing) {
                sayGoodbye(sink, "restart");
                return;
            }
            lastSeen.ifPresent(seen -> catchUp(seen, sink));
            watchers.add(watcher);
            // Whoever was shown out between the door and here has missed the news of it.
            showOut(Optional.of(watcher.caller().developerId()));
            // Somebody who comes while this room was unwatched must not wait for the next news.
            read();
        }

        private void catchUp(StreamPosition seen, SseEventSink sink) {
            if (!seen.life().equals(life)) {
                sink.send(reload("restored"));
                return;
            }
            List<WorkEvent> events = journal.after(place, seen.position(), MOST_CAUGHT_UP);
            if (events.size() == MOST_CAUGHT_UP) {
                sink.send(reload("behind"));
                return;
            }
            events.stream()
                    .filter(event -> event.position().compareTo(position) <= 0)
                    .forEach(event -> sink.send(message(event, life)));
        }

        private OutboundSseEvent reload(String why) {
            return sse.newEventBuilder()
                    .name("reload")
                    .id(new StreamPosition(life, position).toString())
                    .data(why)
                    .build();
        }

        private synchronized void read() {
            if (watchers.isEmpty()) {
                return;
            }
            try {
                List<WorkEvent> events;
                do {
                    events = journal.after(place, position, MOST_CAUGHT_UP);
                    events.forEach(this::broadcast);
                } while (events.size() == MOST_CAUGHT_UP);
            } catch (RuntimeException failure) {
                // The next beat reads again from the same position, so nothing is lost.
                LOG.warnf("The live stream of a workspace waits: %s", failure.getMessage());
            }
        }

        private void broadcast(WorkEvent event) {
            OutboundSseEvent message = message(event, life);
            send(message);
            position = event.position();
        }

        private synchronized void beat() {
            send(sse.newEventBuilder().comment("still here").build());
        }

        private void send(OutboundSseEvent message) {
            watchers.removeIf(watcher -> watcher.sink().isClosed());
            watchers.forEach(watcher -> watcher.sink().send(message));
        }

        /** Ends the streams of those who may no longer look; of one developer, or of all. */
        private synchronized void showOut(Optional<UUID> developerId) {
            List<Caller> suspects = watchers.stream()
                    .map(Watcher::caller)
                    .filter(caller ->
                            developerId.map(caller.developerId()::equals).orElse(true))
                    .distinct()
                    .toList();
            if (suspects.isEmpty()) {
                return;
            }
            try {
                Set<Caller> fallen = access.fallen(place, suspects);
                watchers.removeIf(watcher -> {
                    if (fallen.contains(watcher.caller())) {
                        sayGoodbye(watcher.sink(), "access");
                        return true;
                    }
                    return false;
                });
            } catch (RuntimeException failure) {
                // The next beat asks again; nothing is sent meanwhile, because reading needs the same database.
                LOG.warnf("Who may watch a workspace cannot be asked: %s", failure.getMessage());
            }
        }

        private synchronized int size() {
            return watchers.size();
        }

        private synchronized boolean isEmpty() {
            return watchers.isEmpty();
        }

        private synchronized void close() {
            watchers.forEach(watcher -> sayGoodbye(watcher.sink(), "restart"));
            watchers.clear();
        }
    }

    /** @param why {@code restart} or {@code access} */
    private void sayGoodbye(SseEventSink sink, String why) {
        if (sink.isClosed()) {
            return;
        }
        OutboundSseEvent farewell = sse.newEventBuilder()
                .name("closing")
                .reconnectDelay(1000)
                .data(why)
                .build();
        sink.send(farewell).whenComplete((_, _) -> sink.close());
    }

    private OutboundSseEvent message(WorkEvent event, String life) {
        News news = new News(
                event.id(),
                event.kind().key(),
                event.subject().kind(),
                event.subject().key(),
                event.handle(),
                event.agent(),
                event.at());
        try {
            return sse.newEventBuilder()
                    .name("work")
                    .id(new StreamPosition(life, event.position()).toString())
                    .data(json.writeValueAsString(news))
                    .build();
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("News cannot be written.", failure);
        }
    }
}
