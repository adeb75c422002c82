package dev.covibe.agents.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What an item of usage costs in memory, which does not depend on the machine, from its bytes to the commit. */
@QuarkusTest
class IngestCostTest {

    private static final int ITEMS = 1_000;
    private static final int BATCHES = 6;

    /** Bytes for each item. Whoever makes it dearer changes the figure here, where a reader sees it. */
    private static final long MOST = 16_000;

    @Inject
    Fixtures fixtures;

    @Inject
    IngestReader reader;

    @Inject
    Ledger ledger;

    @Test
    void an_item_allocates_no_more_than_is_written_here() {
        Caller caller = fixtures.workspace().admin();
        long least = LongStream.range(0, BATCHES)
                .map(batch -> allocated(caller, body(batch)))
                .min()
                .orElseThrow();

        assertThat(least / ITEMS).as("bytes for each item").isBetween(500L, MOST);
    }

    private long allocated(Caller caller, byte[] body) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Batch batch = reader.read(body, Optional.of(AgentType.CLAUDE_CODE));
        ledger.enter(caller, batch);
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(batch.count(Batch.Status.ACCEPTED)).isEqualTo(ITEMS);
        return after - before;
    }

    private static byte[] body(long batch) {
        Instant now = Instant.now();
        return IntStream.range(0, ITEMS)
                .mapToObj(n -> """
                        {"kind":"usage","id":"b%d-%d","at":"%s","session":"s%d","model":"claude-opus-5","provider":"anthropic",\
                        "input_tokens":1200,"output_tokens":340,"cache_read_tokens":5600,"latency_ms":900,"status":"ok"}\
                        """.formatted(batch, n, now.minusSeconds(n), n % 20))
                .collect(Collectors.joining(",", "{\"items\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
