package dev.covibe.ops.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What people and agents ask of one another: decisions, blockers, messages. */
final class TalkRows {

    private final Weeks weeks;
    private final Chance chance;
    private final UUID workspaceId;
    private final List<Person> people;
    private final List<Job> taken;
    private final Function<Job, Optional<UUID>> streams;
    private final Events events;
    private final Copies.Rows decisions;
    private final Copies.Rows decisionTasks;
    private final Copies.Rows blockers;
    private final Copies.Rows messages;
    private final Copies.Rows addresses;
    private final Copies.Rows deliveries;

    TalkRows(
            Weeks weeks,
            Chance chance,
            UUID workspaceId,
            List<Person> people,
            List<Job> jobs,
            Function<Job, Optional<UUID>> streams,
            Events events,
            Copies copies) {
        this.weeks = weeks;
        this.chance = chance;
        this.workspaceId = workspaceId;
        this.people = people;
        this.taken = jobs.stream().filter(job -> job.started.isPresent()).toList();
        this.streams = streams;
        this.events = events;
        decisions = copies.into(
                "decisions",
                "id, workspace_id, question, question_words, options, needs_id, asked_by, asked_at, choice, reason, decided_by,"
                        + " decided_at");
        decisionTasks = copies.into("decision_tasks", "workspace_id, decision_id, task_id");
        blockers = copies.into(
                "blockers",
                "id, workspace_id, task_id, kind, body, needs_id, raised_by, raised_agent, raised_at, answer, resolved_by,"
                        + " resolved_at");
        messages = copies.into(
                "messages",
                "id, workspace_id, thread_id, place, reply_to, origin, developer_id, agent, subject, body, priority, sent_at");
        addresses = copies.into("message_addresses", "workspace_id, message_id, place, kind, target_id, label");
        deliveries = copies.into(
                "message_deliveries", "id, workspace_id, message_id, developer_id, acknowledged_at, acknowledged_by");
    }

    void write() {
        List<Material.Line> asked = Material.talk("decision");
        for (int i = 0; i < asked.size(); i++) {
            Material.Line line = asked.get(i);
            boolean open = line.cell(2).isEmpty();
            Instant at = open
                    ? weeks.end().minus(Duration.ofMinutes(chance.between(50, 1500)))
                    : weeks.at(i * 7.4 / asked.size());
            decision(line, at, open);
        }
        List<Material.Line> troubles = Material.talk("blocker");
        for (int i = 0; i < 30; i++) {
            blocker(troubles.get(i % troubles.size()), weeks.at(chance.between(0.2, 7.6)), false);
        }
        for (int i = 0; i < 3; i++) {
            blocker(troubles.get(i * 3), weeks.end().minus(Duration.ofMinutes(chance.between(40, 1300))), true);
        }
        cutOff();
        List<Material.Line> mail = Material.talk("message");
        for (int i = 0; i < 64; i++) {
            message(mail.get(i % mail.size()), weeks.at(chance.between(0.05, 7.9)));
        }
    }

    /** @param part of a path that it should be about, or else a project; empty: anything */
    private Optional<Job> underWay(Instant at, String part) {
        List<Job> then = taken.stream()
                .filter(job -> job.started.orElseThrow().isBefore(at)
                        && job.ended.map(at::isBefore).orElse(true))
                .toList();
        List<Job> fitting = then.stream()
                .filter(job -> job.work.project().equals(part)
                        || job.work.paths().stream().anyMatch(path -> path.contains(part)))
                .toList();
        return then.isEmpty() ? Optional.empty() : Optional.of(chance.one(fitting.isEmpty() ? then : fitting));
    }

    private void decision(Material.Line line, Instant at, boolean open) {
        Job job = underWay(at, line.cell(4)).orElse(taken.getFirst());
        Person asker = job.owner.orElseThrow();
        Person decider = another(asker);
        Instant decided = weeks.later(decider, at, chance.between(0.3, 9.0));
        boolean isOpen = open || weeks.isOver(decided) || weeks.isOver(at);
        Instant asked = weeks.isOver(at) ? weeks.end().minusSeconds(4000) : at;
        UUID id = chance.id(asked);
        String question = line.cell(0);
        decisions.add(
                id,
                workspaceId,
                question,
                question.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip(),
                List.of(line.cell(1).split(";")),
                decider.id(),
                asker.id(),
                asked,
                isOpen ? Optional.empty() : Optional.of(line.cell(2)),
                isOpen ? Optional.empty() : Optional.of(line.cell(3)),
                isOpen ? Optional.empty() : Optional.of(decider.id()),
                isOpen ? Optional.empty() : Optional.of(decided));
        decisionTasks.add(workspaceId, id, job.id);
        Events.About about = new Events.About("decision", id, question, Optional.of(job.id), streams.apply(job));
        events.by(asker, asked, "decision_wanted", about, Map.of("decision", id, "text", question));
        if (!isOpen) {
            events.by(
                    decider,
                    decided,
                    "decided",
                    about,
                    Map.of("decision", id, "question", question, "choice", line.cell(2), "reason", line.cell(3)));
        }
    }

    private void blocker(Material.Line line, Instant at, boolean open) {
        underWay(at, line.cell(3)).filter(_ -> !weeks.isOver(at)).ifPresent(job -> {
            Person raiser = job.owner.orElseThrow();
            Person solver = another(raiser);
            Instant solved = weeks.later(solver, at, chance.between(0.4, 12.0));
            blocker(line, job, solver, at, open || weeks.isOver(solved) ? Optional.empty() : Optional.of(solved));
        });
    }

    private void blocker(Material.Line line, Job job, Person solver, Instant at, Optional<Instant> solved) {
        Person raiser = job.owner.orElseThrow();
        UUID id = chance.id(at);
        blockers.add(
                id,
                workspaceId,
                job.id,
                line.cell(0),
                line.cell(1),
                solver.id(),
                raiser.id(),
                raiser.agents().getFirst().type(),
                at,
                solved.map(_ -> line.cell(2)),
                solved.map(_ -> solver.id()),
                solved);
        Events.About about = Events.About.task(job, streams.apply(job));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("blocker", id);
        payload.put("kind", line.cell(0));
        payload.put("needs", solver.handle());
        payload.put("text", line.cell(1));
        events.by(raiser, at, "blocked", about, payload);
        solved.ifPresent(
                then -> events.by(solver, then, "unblocked", about, Map.of("blocker", id, "text", line.cell(2))));
    }

    /** The week in which a firewall change cut off the sandboxes: everybody in Ledger and Booking waits until Friday. */
    private void cutOff() {
        Person solver = people.stream()
                .filter(person -> person.home().getFirst().equals("INFRA"))
                .findFirst()
                .orElseThrow();
        Material.Line line = new Material.Line(
                "blocker",
                List.of(
                        "environment",
                        "The carriers' sandboxes and the banks' test systems refuse us since this morning.",
                        "Our addresses changed with the new gateway and nobody had told them. All of them know the new ones"
                                + " now."));
        Instant monday = weeks.at(Schedule.BLOCKED_WEEK + 0.02);
        Instant friday = weeks.at(Schedule.BLOCKED_WEEK + 4.2 / 7);
        taken.stream()
                .filter(job -> List.of("LEDGER", "BOOK").contains(job.work.project()))
                .filter(job -> job.started.orElseThrow().isBefore(friday.minusSeconds(86_400))
                        && job.ended.map(monday::isBefore).orElse(true))
                .limit(9)
                .forEach(job -> {
                    Instant from = job.started.orElseThrow();
                    Instant at = (from.isAfter(monday) ? from : monday).plusSeconds(chance.between(600, 9_000));
                    Instant ends = job.ended.filter(friday::isAfter).orElse(friday);
                    if (at.isBefore(ends) && !weeks.isOver(ends)) {
                        blocker(line, job, solver, at, Optional.of(ends));
                    }
                });
    }

    private void message(Material.Line line, Instant at) {
        Optional<Job> about = underWay(at, "");
        if (about.isEmpty() || weeks.isOver(at)) {
            return;
        }
        Job job = about.get();
        Person from = job.owner.orElseThrow();
        Person to = another(from);
        Instant read = weeks.later(to, at, chance.between(0.05, 3.0));
        boolean answered = !weeks.isOver(read);
        UUID first = send(line, job, from, to, at, Optional.empty(), answered ? Optional.of(read) : Optional.empty());
        if (answered) {
            Instant seen = weeks.later(from, read, 0.4);
            send(
                    line,
                    job,
                    to,
                    from,
                    read,
                    Optional.of(first),
                    weeks.isOver(seen) ? Optional.empty() : Optional.of(seen));
        }
    }

    private UUID send(
            Material.Line line,
            Job job,
            Person from,
            Person to,
            Instant at,
            Optional<UUID> replyTo,
            Optional<Instant> read) {
        UUID id = chance.id(at);
        boolean reply = replyTo.isPresent();
        messages.add(
                id,
                workspaceId,
                replyTo.orElse(id),
                reply ? 2 : 1,
                replyTo,
                "message",
                from.id(),
                Optional.empty(),
                reply ? Optional.empty() : Optional.of(told(line.cell(0), job)),
                told(line.cell(reply ? 2 : 1), job),
                "normal",
                at);
        addresses.add(workspaceId, id, 1, "developer", to.id(), "@" + to.handle());
        deliveries.add(chance.id(at), workspaceId, id, to.id(), read, read.map(_ -> to.id()));
        Events.About message = Events.About.of("message", id, "@" + to.handle(), Optional.empty());
        events.by(
                from,
                at,
                "messaged",
                message,
                Map.of(
                        "message",
                        id,
                        "thread",
                        replyTo.orElse(id),
                        "to",
                        List.of("@" + to.handle()),
                        "priority",
                        "normal"));
        return id;
    }

    private static String told(String text, Job job) {
        return text.replace("{dir}", job.place()).replace("{key}", job.key);
    }

    private Person another(Person than) {
        Person other = chance.one(people);
        return other.handle().equals(than.handle()) ? people.get((people.indexOf(than) + 1) % people.size()) : other;
    }
}
