package dev.covibe.coordination.messages;

import dev.covibe.agents.SessionState;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Developers;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkQueries;
import dev.covibe.work.WorkstreamQueries;
import dev.covibe.work.WorkstreamView;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Finds out whom an address means (CRD-2). Runs within the transaction that sends. */
@ApplicationScoped
class Recipients {

    private static final String WORKSPACE = "workspace";
    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String KEY_FORM = "(?i)[A-Z]{2,8}-[1-9]\\d{0,8}";
    private static final int LONGEST_AGENT = 120;

    private static final String MEMBER = """
            select d.id as developer_id, d.handle, null::uuid as session_id, null as agent_type
              from workspace_members m
              join developers d on d.id = m.developer_id and d.removed_at is null
             where m.workspace_id = ?
            """;

    /** Open, and not stale: somebody sits there. */
    private static final String SESSION = """
            select s.developer_id, d.handle, s.id as session_id, s.agent_type
              from agent_sessions s
              join developers d on d.id = s.developer_id
             where s.workspace_id = ? and s.ended_at is null and s.last_seen_at > ?
            """;

    private final Sql sql;
    private final Developers developers;
    private final WorkQueries work;
    private final WorkstreamQueries workstreams;
    private final Clock clock;

    Recipients(Sql sql, Developers developers, WorkQueries work, WorkstreamQueries workstreams, Clock clock) {
        this.sql = sql;
        this.developers = developers;
        this.work = work;
        this.workstreams = workstreams;
        this.clock = clock;
    }

    /**
     * Reads {@code @lin}, {@code @lin/codex}, a session's id, {@code WEB-12}, {@code WS-3} or {@code workspace}.
     *
     * @throws Refusal.Invalid when there is no such person or session
     * @throws Refusal.NotFound when there is no such task or workstream
     */
    Address of(Caller caller, String said, String pointer) {
        String to = said.strip();
        if (to.equalsIgnoreCase(WORKSPACE)) {
            return everybody(caller);
        }
        if (to.matches(UUID_FORM)) {
            return session(caller, UUID.fromString(to))
                    .orElseThrow(
                            () -> Refusal.invalidField(pointer, "There is no session " + to + " in this workspace."));
        }
        if (to.matches(KEY_FORM)) {
            return to.toUpperCase(Locale.ROOT).startsWith("WS-") ? workstream(caller, to) : task(caller, to);
        }
        int slash = to.indexOf('/');
        return slash < 0
                ? developer(caller, developers.named(caller, to, pointer))
                : agent(
                        caller,
                        developers.named(caller, to.substring(0, slash), pointer),
                        to.substring(slash + 1),
                        pointer);
    }

    /** A member of the workspace; empty for somebody who has left. */
    Optional<Address> developer(Caller caller, UUID id) {
        return developers.find(caller, id).map(member -> developer(caller, member));
    }

    /** The person, and every agent that sits somewhere for them now. */
    private Address developer(Caller caller, Developers.Member member) {
        List<Mailbox> mailboxes = new ArrayList<>();
        mailboxes.add(own(member));
        mailboxes.addAll(sitting(caller, " and s.developer_id = ?", member.id()));
        return new Address(
                Address.Kind.DEVELOPER,
                member.id(),
                "@" + member.handle(),
                Optional.empty(),
                mailboxes,
                Optional.empty());
    }

    private static Mailbox own(Developers.Member member) {
        return new Mailbox(member.id(), Optional.empty(), Optional.empty(), "@" + member.handle());
    }

    private Address agent(Caller caller, Developers.Member member, String said, String pointer) {
        String agent = said.strip().toLowerCase(Locale.ROOT);
        if (agent.isEmpty() || agent.length() > LONGEST_AGENT) {
            throw Refusal.invalidField(pointer, "An agent is written @handle/agent, such as @lin/codex.");
        }
        String label = "@" + member.handle() + "/" + agent;
        boolean known = sql.one("""
                select exists (select from mcp_tokens k
                                where k.developer_id = ? and k.workspace_id = ? and k.revoked_at is null
                                  and (k.agent_type = ?
                                    or exists (select from agent_sessions s
                                                where s.workspace_id = k.workspace_id and s.token_id = k.id
                                                  and s.ended_at is null
                                                  and (s.agent_type = ? or lower(s.agent_name) = ?)))) as known
                """, row -> row.bool("known"), member.id(), caller.workspaceId(), agent, agent, agent);
        return new Address(
                Address.Kind.AGENT,
                member.id(),
                label,
                Optional.empty(),
                List.of(new Mailbox(
                        member.id(), Optional.of(agent), Optional.empty(), "@" + member.handle() + " / " + agent)),
                known
                        ? Optional.empty()
                        : Optional.of("No " + agent + " of @" + member.handle()
                                + " is connected. Should one start a session, it finds the message."));
    }

    /** The session's inbox, which its owner reads once the session is over. */
    Optional<Address> session(Caller caller, UUID id) {
        return sql.first(
                """
                select s.developer_id, d.handle, s.id as session_id, s.agent_type,
                       s.ended_at is null and s.last_seen_at > ? as sits
                  from agent_sessions s
                  join developers d on d.id = s.developer_id
                 where s.workspace_id = ? and s.id = ?
                """,
                row -> {
                    Mailbox sitting = Mailbox.of(row);
                    Mailbox mailbox = row.bool("sits")
                            ? sitting
                            : new Mailbox(
                                    sitting.developerId(),
                                    Optional.empty(),
                                    sitting.session(),
                                    "@" + row.text("handle"));
                    return new Address(
                            Address.Kind.SESSION,
                            id,
                            "@" + row.text("handle") + "/" + row.text("agent_type"),
                            Optional.empty(),
                            List.of(mailbox),
                            Optional.empty());
                },
                SessionState.staleSince(clock.instant()),
                caller.workspaceId(),
                id);
    }

    private Address task(Caller caller, String key) {
        TaskView task = work.task(caller, key);
        List<Mailbox> followers = new ArrayList<>(sql.list(MEMBER + """
                   and d.id in (select unnest(array[t.owner_id, t.planned_by]) from tasks t
                                 where t.workspace_id = m.workspace_id and t.id = ?)
                """, Mailbox::of, caller.workspaceId(), task.id()));
        followers.addAll(sitting(caller, " and s.task_id = ?", task.id()));
        return group(
                caller,
                Address.Kind.TASK,
                task.id(),
                task.key(),
                task.workstream().map(ItemRef::id),
                followers,
                "Nobody else follows " + task.key() + ": it has no other owner, planner or open session.");
    }

    private Address workstream(Caller caller, String key) {
        WorkstreamView stream = workstreams.get(caller, key);
        List<Mailbox> followers =
                new ArrayList<>(sql.list(MEMBER + """
                   and d.id in (select unnest(array[w.owner_id, w.created_by]) from workstreams w
                                 where w.workspace_id = m.workspace_id and w.id = ?)
                """, Mailbox::of, caller.workspaceId(), stream.id()));
        followers.addAll(sitting(caller, " and s.workstream_id = ?", stream.id()));
        return group(
                caller,
                Address.Kind.WORKSTREAM,
                stream.id(),
                stream.key(),
                Optional.of(stream.id()),
                followers,
                "Nobody else follows " + stream.key() + ": it has no other owner, planner or open session.");
    }

    private Address everybody(Caller caller) {
        List<Mailbox> members = new ArrayList<>(sql.list(MEMBER, Mailbox::of, caller.workspaceId()));
        members.addAll(sitting(caller, ""));
        return group(
                caller,
                Address.Kind.WORKSPACE,
                caller.workspaceId(),
                WORKSPACE,
                Optional.empty(),
                members,
                "You are alone in this workspace.");
    }

    private List<Mailbox> sitting(Caller caller, String condition, Object... more) {
        List<Object> parameters =
                new ArrayList<>(List.of(caller.workspaceId(), SessionState.staleSince(clock.instant())));
        parameters.addAll(List.of(more));
        return sql.list(SESSION + condition, Mailbox::of, parameters.toArray());
    }

    /** Whoever speaks to a group does not speak to themself. */
    private static Address group(
            Caller caller,
            Address.Kind kind,
            UUID target,
            String label,
            Optional<UUID> workstream,
            List<Mailbox> followers,
            String alone) {
        List<Mailbox> others = followers.stream()
                .filter(mailbox -> !isSpeaker(caller, mailbox))
                .distinct()
                .toList();
        return new Address(
                kind, target, label, workstream, others, others.isEmpty() ? Optional.of(alone) : Optional.empty());
    }

    /** An agent is its session; its developer is somebody else, who may well want to know. */
    private static boolean isSpeaker(Caller caller, Mailbox mailbox) {
        return caller.session().isPresent()
                ? mailbox.session().equals(caller.session().map(Caller.Session::id))
                : mailbox.developerId().equals(caller.developerId())
                        && mailbox.session().isEmpty();
    }
}
