package dev.covibe.agents;

import dev.covibe.identity.AgentType;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.ItemRef;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** One sitting of one agent for one developer in one repository and branch (AGT-1). */
@Entity
@Table(name = "agent_sessions")
class AgentSession {

    @Id
    UUID id;

    @Column(name = "workspace_id", updatable = false)
    UUID workspaceId;

    @Column(name = "developer_id", updatable = false)
    UUID developerId;

    @Column(name = "token_id")
    UUID tokenId;

    @Column(name = "mcp_session")
    String mcpSession;

    /** The vendor's own session id, once telemetry or hooks told it. */
    @Column(name = "external_id")
    String externalId;

    @Column(name = "started_by", updatable = false)
    @Convert(converter = StoredEnums.OfStartedBy.class)
    StartedBy startedBy;

    @Column(name = "agent_type")
    @Convert(converter = StoredEnums.OfAgentType.class)
    AgentType agentType;

    @Column(name = "agent_name")
    String agentName;

    @Column(name = "agent_version")
    String agentVersion;

    String model;
    String repository;
    String branch;
    String worktree;

    @Column(name = "task_id")
    UUID taskId;

    @Column(name = "workstream_id")
    UUID workstreamId;

    @Column(name = "parent_id")
    UUID parentId;

    @Column(name = "started_at", updatable = false)
    Instant startedAt;

    @Column(name = "last_seen_at")
    Instant lastSeenAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "ended_by")
    @Convert(converter = StoredEnums.OfEndedBy.class)
    EndedBy endedBy;

    @Convert(converter = StoredEnums.OfOutcome.class)
    SessionOutcome outcome;

    String summary;

    /** Who ended a session. */
    enum EndedBy {
        AGENT,
        COMPANION,
        SWEEPER;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isEnded() {
        return endedAt != null;
    }

    void begin(UUID newId, Instant now) {
        id = newId;
        startedBy = StartedBy.MCP;
        startedAt = now;
        lastSeenAt = now;
    }

    /** Goes on, after an end too, where the agent now says that it is: the same sitting, counted once (AGT-4). */
    void goOn(AgentSession said, Instant now) {
        tokenId = said.tokenId;
        mcpSession = said.mcpSession;
        agentType = said.agentType;
        agentName = said.agentName;
        agentVersion = said.agentVersion == null ? agentVersion : said.agentVersion;
        model = said.model == null ? model : said.model;
        repository = said.repository;
        branch = said.branch;
        worktree = said.worktree;
        endedAt = null;
        endedBy = null;
        outcome = null;
        summary = null;
        lastSeenAt = now;
    }

    void workOn(UUID task, Optional<ItemRef> workstream) {
        taskId = task;
        workstreamId = workstream.map(ItemRef::id).orElse(null);
    }

    /** @throws Refusal.Conflict {@code session.ended} */
    void end(EndedBy by, SessionOutcome how, Optional<String> inWords, Instant now) {
        if (isEnded()) {
            throw Refusal.conflict("session.ended", "This session has already ended.");
        }
        endedAt = now;
        endedBy = by;
        outcome = how;
        summary = inWords.orElse(null);
    }
}
