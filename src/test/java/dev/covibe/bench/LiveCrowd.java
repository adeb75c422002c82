package dev.covibe.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Many open event streams, read by one thread: when did which event reach which of them? */
final class LiveCrowd implements AutoCloseable {

    private static final String MARK = "data:{\"id\":\"";
    private static final int UUID_LENGTH = 36;

    private final Selector selector = Selector.open();
    private final Map<String, List<Long>> arrivals = new HashMap<>();
    private final AtomicInteger greeted = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final Thread reading;
    private volatile boolean open = true;

    /** What one stream has sent that is not a whole line yet. */
    private static final class Tail {
        private String text = "";
        private boolean greeted;
    }

    LiveCrowd(URI stream, String token, int size) throws IOException {
        byte[] request = ("GET " + stream.getPath() + " HTTP/1.1\r\nHost: " + stream.getAuthority()
                        + "\r\nAuthorization: Bearer " + token + "\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        reading = new Thread(this::read, "live-crowd");
        reading.start();
        for (int n = 0; n < size; n++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(stream.getHost(), stream.getPort()));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            selector.wakeup();
            channel.register(selector, SelectionKey.OP_READ, new Tail());
        }
    }

    int greeted() {
        return greeted.get();
    }

    /** Streams that ended. */
    int lost() {
        return lost.get();
    }

    /** When the event arrived, by {@link System#nanoTime}, once for each stream that it reached. */
    List<Long> arrivals(String eventId) {
        synchronized (arrivals) {
            return List.copyOf(arrivals.getOrDefault(eventId, List.of()));
        }
    }

    private void read() {
        try {
            while (open) {
                selector.select(this::read, 100);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read(SelectionKey key) {
        try {
            buffer.clear();
            int count = ((SocketChannel) key.channel()).read(buffer);
            if (count < 0) {
                lost.incrementAndGet();
                key.cancel();
                return;
            }
            long now = System.nanoTime();
            buffer.flip();
            take((Tail) key.attachment(), StandardCharsets.UTF_8.decode(buffer).toString(), now);
        } catch (IOException broken) {
            lost.incrementAndGet();
            key.cancel();
        }
    }

    private void take(Tail tail, String more, long now) {
        String text = tail.text + more;
        if (!tail.greeted && text.contains("hello")) {
            tail.greeted = true;
            greeted.incrementAndGet();
        }
        int end = 0;
        for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, end)) {
            end = at + MARK.length() + UUID_LENGTH;
            if (end > text.length()) {
                tail.text = text.substring(at);
                return;
            }
            String id = text.substring(at + MARK.length(), end);
            synchronized (arrivals) {
                arrivals.computeIfAbsent(id, _ -> new ArrayList<>()).add(now);
            }
        }
        // A mark may begin at the very end.
        tail.text = text.substring(Math.max(end, text.length() - MARK.length()));
    }

    @Override
    public void close() throws IOException {
        open = false;
        selector.wakeup();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
