package dev.covibe.ops.demo;

import dev.covibe.overlap.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The sittings themselves: their rows, what they claimed, and what they told the journal. */
final class SittingRows {

    private static final List<String> SUMMARIES = List.of(
            "Done as described; tests pass.",
            "First half is in; the rest needs the answer to the open question.",
            "Tests are green, the pull request is open.",
            "Found the cause and wrote it down; the fix comes next.",
            "Review comments are answered.",
            "Small change, measured before and after.");

    private final Weeks weeks;
    private final Chance chance;
    private final UUID workspaceId;
    private final Events events;
    private final Function<Job, Optional<UUID>> streams;
    private final Map<String, UUID> repositories;
    private final Copies.Rows sessions;
    private final Copies.Rows tasks;
    private final Copies.Rows claims;
    private final List<Hold> held = new ArrayList<>();
    private final List<Material.Line> progress = Material.talk("progress");
    private final List<Material.Line> notes = Material.talk("note");

    SittingRows(
            Weeks weeks,
            Chance chance,
            UUID workspaceId,
            Events events,
            Function<Job, Optional<UUID>> streams,
            Map<String, UUID> repositories,
            Copies copies) {
        this.weeks = weeks;
        this.chance = chance;
        this.workspaceId = workspaceId;
        this.events = events;
        this.streams = streams;
        this.repositories = repositories;
        this.sessions = copies.into(
                "agent_sessions",
                "id, workspace_id, developer_id, agent_type, agent_name, agent_version, model, repository, branch, worktree,"
                        + " task_id, parent_id, started_at, last_seen_at, ended_at, ended_by, outcome, summary,"
                        + " started_by");
        this.tasks = copies.into("session_tasks", "workspace_id, session_id, since, task_id");
        this.claims = copies.into(
                "claims",
                "id, workspace_id, developer_id, session_id, task_id, repository, path, mode, reason, minutes, claimed_at,"
                        + " expires_at, lapses_at, released_at, released_by");
    }

    /** The ground that those who are at work at the end hold. */
    List<Hold> held() {
        return held;
    }

    void write(Sitting sitting) {
        Optional<UUID> task = sitting.job().map(job -> job.id);
        Optional<String> summary =
                sitting.outcome().filter(how -> !how.equals("abandoned")).map(_ -> chance.one(SUMMARIES));
        sessions.add(
                sitting.id(),
                workspaceId,
                sitting.person().id(),
                sitting.agent().type(),
                sitting.agent().name(),
                version(sitting.agent().type()),
                sitting.model(),
                Team.repository(sitting.project()),
                sitting.job().map(Job::branch).orElse("main"),
                sitting.job().map(job -> job.key.toLowerCase(java.util.Locale.ROOT)),
                task,
                sitting.parent(),
                sitting.started(),
                sitting.seen(),
                sitting.ended(),
                sitting.outcome().map(how -> how.equals("abandoned") ? "sweeper" : "agent"),
                sitting.outcome(),
                summary,
                sitting.agent().type().equals("cursor") ? "mcp" : "hook");
        task.ifPresent(id -> tasks.add(workspaceId, sitting.id(), sitting.started(), id));
        Events.About session =
                Events.About.of("session", sitting.id(), sitting.agent().name(), task);
        events.by(
                sitting,
                sitting.started(),
                "session_started",
                session,
                Map.of("agent", sitting.agent().type(), "resumed", false));
        sitting.job().ifPresent(job -> at(sitting, job));
        Events.About repository =
                Events.About.of("repository", repositories.get(sitting.project()), "repository", Optional.empty());
        for (int i = 0; i < chance.between(2, 6); i++) {
            events.by(sitting, sitting.within(chance.between(0.1, 0.98)), "heads_moved", repository, Map.of());
        }
        sitting.ended().ifPresent(end -> {
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("agent", sitting.agent().type());
            payload.put("outcome", sitting.outcome().orElseThrow());
            payload.put("ended_by", "agent");
            summary.ifPresent(text -> payload.put("summary", text));
            events.by(sitting, end, "session_ended", session, payload);
        });
    }

    private static String version(String type) {
        return switch (type) {
            case "claude-code" -> "3.1.4";
            case "codex" -> "0.92.0";
            case "cursor" -> "2.4.1";
            default -> "0.31.0";
        };
    }

    private void at(Sitting sitting, Job job) {
        Events.About task = Events.About.task(job, streams.apply(job));
        boolean claims = sitting.ended().isEmpty() || sitting.parent().isEmpty() && chance.happens(0.45);
        if (claims && !job.work.paths().isEmpty()) {
            claim(sitting, job);
        }
        int reports = chance.between(12, 29);
        for (int i = 0; i < reports; i++) {
            Instant at = sitting.within((i + chance.between(0.1, 0.9)) / reports);
            events.by(sitting, at, "progressed", task, Map.of("text", told(chance.one(progress), job)));
        }
        if (chance.happens(0.3)) {
            events.by(sitting, sitting.within(0.8), "noted", task, Map.of("text", told(chance.one(notes), job)));
        }
    }

    private String told(Material.Line line, Job job) {
        return line.cell(0)
                .replace(
                        "{path}",
                        job.work.paths().isEmpty() ? "src" : job.work.paths().getFirst())
                .replace("{dir}", "`" + job.place() + "`")
                .replace("{n}", Integer.toString(chance.between(12, 420)));
    }

    private void claim(Sitting sitting, Job job) {
        Instant at = sitting.within(0.03);
        String path = job.work.paths().getFirst();
        boolean open = sitting.ended().isEmpty();
        Instant expires = open ? weeks.end().plus(Duration.ofHours(2)) : at.plus(Duration.ofHours(2));
        Instant lapses = open ? sitting.seen().plus(Duration.ofMinutes(45)) : expires;
        UUID id = chance.id(at);
        String reason = "Working on " + job.key;
        claims.add(
                id,
                workspaceId,
                sitting.person().id(),
                sitting.id(),
                job.id,
                Team.repository(job.work.project()),
                path,
                chance.happens(0.85) ? "exclusive" : "shared",
                reason,
                120,
                at,
                expires,
                lapses,
                sitting.ended(),
                sitting.ended().map(_ -> "session"));
        if (open) {
            held.add(new Hold(
                    id,
                    Optional.of(job.id),
                    sitting.person().id(),
                    Team.repository(job.work.project()),
                    path,
                    reason,
                    lapses));
        }
        Events.About claim = Events.About.of("claim", id, path, Optional.of(job.id));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("claims", List.of(id));
        payload.put("repository", Team.repository(job.work.project()));
        payload.put("targets", List.of(path));
        payload.put("mode", "exclusive");
        payload.put("reason", reason);
        payload.put("expires_at", expires.toString());
        events.by(sitting, at, "claimed", claim, payload);
        sitting.ended().ifPresent(end -> {
            Map<String, Object> released = new LinkedHashMap<>(payload);
            released.put("because", "the session ended");
            events.by(sitting, end, "released", claim, released);
        });
    }
}
