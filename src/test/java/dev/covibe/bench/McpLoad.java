package dev.covibe.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Clients that call a tool one call after the other, each on a connection of its own. Written on plain sockets: the load
 * shares the machine with the server, and a client library would cost more than the call.
 */
final class McpLoad {

    private final URI endpoint;
    private final String token;

    McpLoad(String endpoint, String token) {
        this.endpoint = URI.create(endpoint);
        this.token = token;
    }

    /**
     * @param perSecond calls that succeeded
     * @param failed calls that were refused, erred or broke
     */
    record Figures(String name, int clients, double perSecond, double p50, double p95, double p99, long failed) {}

    /**
     * @param arguments of the n-th call of one client, as JSON
     */
    Figures run(
            String name, String tool, int clients, Duration warmUp, Duration measured, IntFunction<String> arguments) {
        run(tool, clients, warmUp, arguments);
        long start = System.nanoTime();
        List<Client> done = run(tool, clients, measured, arguments);
        double seconds = (System.nanoTime() - start) / 1e9;
        double[] times = done.stream()
                .flatMapToDouble(client -> Arrays.stream(client.times, 0, client.count))
                .sorted()
                .toArray();
        long failed = done.stream().mapToLong(client -> client.failed).sum();
        return new Figures(
                name, clients, times.length / seconds, at(times, 0.5), at(times, 0.95), at(times, 0.99), failed);
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private List<Client> run(String tool, int clients, Duration duration, IntFunction<String> arguments) {
        long end = System.nanoTime() + duration.toNanos();
        List<Callable<Client>> calls = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Client client = new Client(i * 1_000_003);
            calls.add(() -> client.callUntil(end, tool, arguments));
        }
        List<Client> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (Future<Client> result : threads.invokeAll(calls)) {
                done.add(result.get());
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        return done;
    }

    private final class Client {

        private double[] times = new double[1 << 14];
        private int count;
        private long failed;
        private int next;

        Client(int first) {
            this.next = first;
        }

        Client callUntil(long end, String tool, IntFunction<String> arguments) {
            try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                while (System.nanoTime() < end) {
                    byte[] request = request(tool, arguments.apply(next & Integer.MAX_VALUE));
                    next++;
                    long start = System.nanoTime();
                    out.write(request);
                    out.flush();
                    boolean fine = answered(in);
                    note((System.nanoTime() - start) / 1e6, fine);
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            return this;
        }

        private void note(double milliseconds, boolean fine) {
            if (!fine) {
                failed++;
                return;
            }
            if (count == times.length) {
                times = Arrays.copyOf(times, count * 2);
            }
            times[count++] = milliseconds;
        }

        private byte[] request(String tool, String arguments) {
            byte[] body = ("{\"jsonrpc\":\"2.0\",\"id\":" + (next & Integer.MAX_VALUE)
                            + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":"
                            + arguments + "}}")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] head = ("POST " + endpoint.getPath() + " HTTP/1.1\r\nHost: " + endpoint.getAuthority()
                            + "\r\nAuthorization: Bearer " + token
                            + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream"
                            + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] request = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, request, head.length, body.length);
            return request;
        }

        /** Reads one answer to its end; true for 200 and a tool that did not refuse. */
        private boolean answered(InputStream in) throws IOException {
            String status = line(in);
            int length = -1;
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            if (length < 0) {
                throw new IOException("An answer without a length: " + status);
            }
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            return status.contains(" 200") && body.contains("\"isError\":false");
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder(64);
            for (int character = in.read(); character != '\n'; character = in.read()) {
                if (character < 0) {
                    throw new IOException("The server closed the connection.");
                }
                if (character != '\r') {
                    line.append((char) character);
                }
            }
            return line.toString();
        }
    }
}
