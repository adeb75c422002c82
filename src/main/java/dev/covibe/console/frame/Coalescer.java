package dev.covibe.console.frame;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Lets requests that ask for the same at the same time share one reading. Whoever comes while a reading runs does not
 * join it, because it may have begun before what they have just done; they share the next one. So everybody is answered
 * from after their asking, nothing is kept, and a change that makes a hundred open pages read themselves again costs two
 * readings.
 *
 * @param <K> what is asked for, with everything that the answer depends on
 * @param <V> the answer, which nobody changes
 */
public final class Coalescer<K, V> {

    private final Map<K, CompletableFuture<V>> running = new HashMap<>();
    private final Map<K, CompletableFuture<V>> next = new HashMap<>();

    /** Whether this request reads for all who wait for the answer, and after which reading it begins. */
    private record Seat<V>(CompletableFuture<V> answer, boolean reads, Optional<CompletableFuture<V>> after) {}

    /**
     * Answers from a reading that began after this call, or throws what it threw.
     *
     * @param reading done by one of those who wait, on its own thread; takes a transaction of its own, so none may run
     */
    public V read(K key, Supplier<V> reading) {
        Seat<V> seat = seat(key);
        if (!seat.reads()) {
            return answer(seat.answer());
        }
        seat.after().ifPresent(Coalescer::end);
        begin(key, seat.answer());
        try {
            V value = reading.get();
            seat.answer().complete(value);
            return value;
        } catch (RuntimeException | Error failure) {
            seat.answer().completeExceptionally(failure);
            throw failure;
        } finally {
            leave(key, seat.answer());
        }
    }

    private synchronized Seat<V> seat(K key) {
        if (next.containsKey(key)) {
            return new Seat<>(next.get(key), false, Optional.empty());
        }
        Optional<CompletableFuture<V>> after = Optional.ofNullable(running.get(key));
        CompletableFuture<V> answer = new CompletableFuture<>();
        (after.isPresent() ? next : running).put(key, answer);
        return new Seat<>(answer, true, after);
    }

    private synchronized void begin(K key, CompletableFuture<V> answer) {
        next.remove(key, answer);
        running.put(key, answer);
    }

    private synchronized void leave(K key, CompletableFuture<V> answer) {
        running.remove(key, answer);
    }

    private static void end(CompletableFuture<?> reading) {
        reading.exceptionally(failure -> null).join();
    }

    private static <V> V answer(CompletableFuture<V> reading) {
        try {
            return reading.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw failed;
        }
    }
}
