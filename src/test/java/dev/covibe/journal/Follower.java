package dev.covibe.journal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Somebody who follows the live stream of a workspace, as a program would. */
public final class Follower implements AutoCloseable {

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final Stream<String> lines;
    private final Thread reading;

    /** One message of the stream: its id is where to resume. */
    public record Message(String name, Optional<String> id, String data) {}

    private Follower(Stream<String> lines) {
        this.lines = lines;
        this.reading = Thread.ofVirtual().start(this::read);
    }

    public static Follower of(URI stream, String bearer, Optional<String> lastEventId) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(stream)
                .header("Authorization", bearer)
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(10));
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        try {
            Follower follower = new Follower(HttpClient.newHttpClient()
                    .send(request.build(), BodyHandlers.ofLines())
                    .body());
            follower.next("hello");
            return follower;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void read() {
        List<String> block = new ArrayList<>();
        try {
            lines.forEach(line -> {
                if (!line.isEmpty()) {
                    block.add(line);
                    return;
                }
                Optional<String> name = field(block, "event:");
                name.ifPresent(known -> messages.add(new Message(
                        known, field(block, "id:"), field(block, "data:").orElse(""))));
                block.clear();
            });
        } catch (RuntimeException ended) {
            // The test closed it.
        }
    }

    private static Optional<String> field(List<String> block, String name) {
        return block.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst();
    }

    /** The next message of that name; others are passed over. */
    public Message next(String name) {
        try {
            for (Message message = messages.poll(20, TimeUnit.SECONDS);
                    message != null;
                    message = messages.poll(20, TimeUnit.SECONDS)) {
                if (message.name().equals(name)) {
                    return message;
                }
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        throw new AssertionError("No message '" + name + "' came.");
    }

    boolean hasMore() {
        return messages.stream().anyMatch(message -> message.name().equals("work"));
    }

    @Override
    public void close() {
        lines.close();
        reading.interrupt();
    }
}
