package dev.covibe.tenancy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.crypto.Sha256;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes a mutating call safe to repeat (PLT-7). The key is recorded in the transaction of the call itself, so either
 * both stand or neither; a second call with the same key waits for the first and then replays its answer. Keys belong
 * to one developer in one workspace and are kept for 24 hours.
 */
@ApplicationScoped
public class Idempotency implements Chore {

    private static final int LONGEST_KEY = 200;

    private final Transactions transactions;
    private final Sql sql;
    private final ObjectMapper json;

    Idempotency(Transactions transactions, Sql sql, ObjectMapper json) {
        this.transactions = transactions;
        this.sql = sql;
        this.json = json;
    }

    /**
     * Runs the work once for the key, or replays its first answer. Without a key the work simply runs.
     *
     * @param operation what is called; the same key for another operation is refused
     * @param request what it is called with; the same key with other content is refused
     * @throws Refusal.Conflict {@code idempotency.key-reused}
     */
    public <T> T once(
            Place place,
            UUID developerId,
            Optional<String> key,
            String operation,
            Object request,
            Class<T> answerType,
            Supplier<T> work) {
        if (key.isEmpty()) {
            return transactions.in(place, work);
        }
        if (key.get().isBlank() || key.get().length() > LONGEST_KEY) {
            throw Refusal.invalid(
                    "idempotency.key-invalid",
                    "An idempotency key has 1 to " + LONGEST_KEY + " characters.",
                    new FieldError("idempotency_key", "1 to " + LONGEST_KEY + " characters"));
        }
        byte[] hash = hash(request);
        return transactions.in(place, () -> {
            if (!isFirst(place, developerId, key.get(), operation, hash)) {
                return replay(place, developerId, key.get(), operation, hash, answerType);
            }
            T answer = work.get();
            sql.update("""
                    update idempotency_keys set answer = ?::jsonb
                     where workspace_id = ? and developer_id = ? and key = ?
                    """, write(answer), place.workspaceId(), developerId, key.get());
            return answer;
        });
    }

    private boolean isFirst(Place place, UUID developerId, String key, String operation, byte[] hash) {
        return sql.update("""
                        insert into idempotency_keys as known (workspace_id, developer_id, key, operation, request_hash)
                        values (?, ?, ?, ?, ?)
                        on conflict (workspace_id, developer_id, key) do update
                           set operation = excluded.operation, request_hash = excluded.request_hash,
                               answer = null, created_at = now()
                         where known.created_at < now() - interval '24 hours'
                        """, place.workspaceId(), developerId, key, operation, hash) == 1;
    }

    private record Known(String operation, byte[] hash, String answer) {}

    private <T> T replay(
            Place place, UUID developerId, String key, String operation, byte[] hash, Class<T> answerType) {
        Known known = sql.one(
                """
                select operation, encode(request_hash, 'hex') as request_hash, answer::text as answer
                  from idempotency_keys
                 where workspace_id = ? and developer_id = ? and key = ?
                """,
                row -> new Known(
                        row.text("operation"), HexFormat.of().parseHex(row.text("request_hash")), row.text("answer")),
                place.workspaceId(),
                developerId,
                key);
        if (!known.operation().equals(operation) || !Arrays.equals(known.hash(), hash)) {
            throw Refusal.conflict(
                    "idempotency.key-reused",
                    "This idempotency key was used for another request. Use a new key for a new request.");
        }
        try {
            return json.readValue(known.answer(), answerType);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("A recorded answer cannot be read: " + operation, unreadable);
        }
    }

    private byte[] hash(Object request) {
        try {
            return Sha256.of(json.writeValueAsBytes(request));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A request cannot be hashed.", failure);
        }
    }

    private String write(Object answer) {
        try {
            return json.writeValueAsString(answer);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("An answer cannot be recorded.", failure);
        }
    }

    @Override
    public String name() {
        return "idempotency-keys";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    /** Forgets the keys of yesterday. */
    @Override
    public void run() {
        transactions.outside(() ->
                sql.one("select forget_idempotency_keys(interval '24 hours') as gone", row -> row.bigint("gone")));
    }
}
