package dev.covibe.mcp;

import io.quarkiverse.mcp.server.InitialResponseInfo;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What an agent reads before anything else (MCP-5): the loop of work, in at most 200 words. */
@Singleton
class Instructions implements InitialResponseInfo {

    static final String TEXT = """
            Co-Vibe is your team's shared memory of planned and running work. Other people's agents work beside you; \
            use it so that nothing is done twice and everybody sees what happens.

            The loop:
            1. start_session with the repository's remote, your branch and worktree. Read the briefing: your tasks, \
            the ready queue, who is active here and what they claim.
            2. Before new work, plan it (or look first with check_overlap). Give paths, references and a clear title. \
            overlap.confirmation-required means that somebody is on this already: join that task, or confirm \
            the candidates' ids with a reason only when it truly is other work.
            3. take_task, named or the next ready one. If it is taken, take another.
            4. claim the paths that you edit. If they are held, work elsewhere or ask the holder.
            5. log progress, blockers and decisions; read your inbox, and acknowledge.
            6. finish with outcome and a summary of what changed.
            7. end_session when you stop.

            WEB-12 is a task, WS-3 a workstream. An error says its code, what is in the way and the \
            next call: make that call. Repeat a call safely by sending the same idempotency_key. Lists are short; \
            ask on with cursor.
            """;

    @Override
    public Optional<String> instructions(String serverName) {
        return Optional.of(TEXT);
    }
}
