package dev.covibe.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
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
import java.util.zip.GZIPInputStream;

/**
 * Browsers that ask for pages one after the other, each on a connection of its own. Written on plain sockets, as
 * {@link McpLoad} is: the load shares the machine with the server.
 */
final class PageLoad {

    private final URI origin;
    private final String cookie;

    /** @param cookie name and value of a signed-in session */
    PageLoad(String origin, String cookie) {
        this.origin = URI.create(origin);
        this.cookie = cookie;
    }

    /** @param bytes of the body as it was sent, compressed */
    record Answer(int status, String type, byte[] bytes, boolean zipped) {

        boolean isPage() {
            return status == 200 && type.startsWith("text/html");
        }

        String text() {
            try (InputStream body =
                    zipped ? new GZIPInputStream(new ByteArrayInputStream(bytes)) : new ByteArrayInputStream(bytes)) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** @param perSecond pages that came with 200 */
    record Figures(int clients, double perSecond, double p50, double p95, double p99, long failed) {}

    Browser browser() {
        return new Browser();
    }

    /** As many pages as so many browsers get. */
    Figures run(String page, int clients, Duration warmUp, Duration measured) {
        all(page, clients, warmUp);
        long start = System.nanoTime();
        List<Times> done = all(page, clients, measured);
        double seconds = (System.nanoTime() - start) / 1e9;
        double[] times = done.stream()
                .flatMap(one -> one.taken.stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        long failed = done.stream().mapToLong(one -> one.failed).sum();
        return new Figures(clients, times.length / seconds, at(times, 0.5), at(times, 0.95), at(times, 0.99), failed);
    }

    static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private static final class Times {
        private final List<Double> taken = new ArrayList<>();
        private long failed;
    }

    private List<Times> all(String page, int clients, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        List<Callable<Times>> work = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            work.add(() -> {
                Times times = new Times();
                try (Browser browser = browser()) {
                    while (System.nanoTime() < end) {
                        long start = System.nanoTime();
                        if (browser.get(page).isPage()) {
                            times.taken.add((System.nanoTime() - start) / 1e6);
                        } else {
                            times.failed++;
                        }
                    }
                }
                return times;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Times> done = new ArrayList<>();
            for (Future<Times> result : threads.invokeAll(work)) {
                done.add(result.get());
            }
            return done;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** One connection that stays open. */
    final class Browser implements Closeable {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Browser() {
            try {
                socket = new Socket(origin.getHost(), origin.getPort());
                socket.setTcpNoDelay(true);
                in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                out = socket.getOutputStream();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        Answer get(String page) {
            try {
                out.write(("GET " + page + " HTTP/1.1\r\nHost: " + origin.getAuthority() + "\r\nCookie: " + cookie
                                + "\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
                return answer();
            } catch (IOException broken) {
                throw new UncheckedIOException(page, broken);
            }
        }

        private Answer answer() throws IOException {
            String status = line();
            int length = -1;
            boolean zipped = false;
            String type = "";
            for (String header = line(); !header.isEmpty(); header = line()) {
                String[] parts = header.split(":", 2);
                String value = parts[1].strip();
                switch (parts[0].toLowerCase(java.util.Locale.ROOT)) {
                    case "content-length" -> length = Integer.parseInt(value);
                    case "content-encoding" -> zipped = value.equals("gzip");
                    case "content-type" -> type = value;
                    default -> {
                        // Nothing else matters here.
                    }
                }
            }
            byte[] body = length >= 0 ? in.readNBytes(length) : chunks();
            return new Answer(Integer.parseInt(status.split(" ")[1]), type, body, zipped);
        }

        private byte[] chunks() throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 14);
            for (int length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
                body.write(in.readNBytes(length));
                line();
            }
            line();
            return body.toByteArray();
        }

        private String line() throws IOException {
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

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** Times of one page, one request after the other. */
    double[] times(Browser browser, String page, int many) {
        double[] times = new double[many];
        for (int i = 0; i < many; i++) {
            long start = System.nanoTime();
            Answer answer = browser.get(page);
            times[i] = (System.nanoTime() - start) / 1e6;
            if (!answer.isPage()) {
                throw new AssertionError(page + " answered " + answer.status());
            }
        }
        Arrays.sort(times);
        return times;
    }
}
