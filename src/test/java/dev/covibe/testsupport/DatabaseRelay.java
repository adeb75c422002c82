package dev.covibe.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a server and its database. One address for a database that is stopped and started, as a managed one
 * has: the embedded database takes a new port each time. And it notices how often the server waits for an answer.
 */
public final class DatabaseRelay implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    private final Runnable question;

    public DatabaseRelay(int target) throws IOException {
        this(target, () -> {});
    }

    /** @param question runs whenever a client asks something and waits for the answer */
    public DatabaseRelay(int target, Runnable question) throws IOException {
        this.target = target;
        this.question = question;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on connections lead there. */
    public void leadTo(int port) {
        target = port;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> relay(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(client);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pump(server, client, new Untold()));
            pump(client, server, new Questions(question));
            back.join();
        } catch (IOException | InterruptedException refused) {
            // The database is away: whoever came sees a closed connection.
        } finally {
            open.remove(client);
        }
    }

    private interface Listener {
        void hear(byte[] bytes, int count);
    }

    private static final class Untold implements Listener {
        @Override
        public void hear(byte[] bytes, int count) {}
    }

    /**
     * Follows what a client says in PostgreSQL's protocol: after the start-up packets, which have no type, each message
     * is a type, its length and its body. At a Sync (S) a client begins to wait; the driver's BEGIN goes ahead of the first
     * statement without waiting.
     */
    private static final class Questions implements Listener {

        private static final int START_HEADER = 4;
        private static final int HEADER = 5;
        private static final int WANTS_ENCRYPTION = 80877103;

        private final Runnable question;
        private final byte[] header = new byte[START_HEADER + Integer.BYTES];
        private int read;
        private int left;
        private boolean started;

        Questions(Runnable question) {
            this.question = question;
        }

        @Override
        public void hear(byte[] bytes, int count) {
            for (int i = 0; i < count; ) {
                if (left > 0) {
                    int skipped = Math.min(left, count - i);
                    left -= skipped;
                    i += skipped;
                } else {
                    header[read++] = bytes[i++];
                    if (read == (started ? HEADER : header.length)) {
                        read = 0;
                        follow(ByteBuffer.wrap(header));
                    }
                }
            }
        }

        private void follow(ByteBuffer message) {
            if (started) {
                byte type = message.get();
                left = message.getInt() - Integer.BYTES;
                if (type == 'S') {
                    question.run();
                }
            } else {
                left = message.getInt() - header.length;
                started = message.getInt() != WANTS_ENCRYPTION;
            }
        }
    }

    private static void pump(Socket from, Socket to, Listener listener) {
        byte[] buffer = new byte[1 << 15];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                listener.hear(buffer, count);
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException ended) {
            // Either side went away.
        }
        close(from);
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException already) {
            // Nothing is left to close.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        open.forEach(DatabaseRelay::close);
    }
}
