package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.coordination.blockers.BlockerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What holds up a task, in few words. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record BlockerLine(UUID id, String task, String kind, String text, Optional<String> needs, String by) {

    private static final int LONGEST = 300;

    static BlockerLine of(BlockerView blocker) {
        String text = blocker.text();
        return new BlockerLine(
                blocker.id(),
                blocker.task().key(),
                blocker.kind().key(),
                text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…",
                blocker.needs(),
                blocker.raisedBy());
    }

    static String lines(List<BlockerLine> blockers) {
        return blockers.stream()
                .map(blocker -> "\n- " + blocker.id + " " + blocker.task + " (" + blocker.kind + ", by @" + blocker.by
                        + blocker.needs.map(handle -> ", needs @" + handle).orElse("") + "): " + blocker.text)
                .collect(Collectors.joining());
    }
}
