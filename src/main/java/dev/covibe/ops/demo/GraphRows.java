package dev.covibe.ops.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The git graph: a merge for each task that was done, and the branches and worktrees of what is under way. */
final class GraphRows {

    private static final int MOST_MERGES = 60;

    private final Weeks weeks;
    private final Chance chance;
    private final UUID workspaceId;
    private final Copies.Rows repositoryRows;
    private final Copies.Rows commits;
    private final Copies.Rows worktrees;
    private final Map<String, UUID> repositories = new HashMap<>();

    GraphRows(Weeks weeks, Chance chance, UUID workspaceId, Copies copies) {
        this.weeks = weeks;
        this.chance = chance;
        this.workspaceId = workspaceId;
        this.repositoryRows = copies.into("graph_repositories", "id, workspace_id, identity, name, created_at");
        this.commits = copies.into(
                "graph_commits", "workspace_id, repository_id, sha, parents, author, committed_at, subject, stored_at");
        this.worktrees = copies.into(
                "graph_worktrees",
                "id, workspace_id, repository_id, developer_id, machine, name, branch, head, ahead, behind, staged, modified,"
                        + " untracked, conflicted, seen_at");
        Instant opened = weeks.opening();
        for (String project : Team.PROJECTS) {
            UUID id = chance.id(opened);
            String identity = Team.repository(project);
            repositories.put(project, id);
            repositoryRows.add(id, workspaceId, identity, identity.substring(identity.lastIndexOf('/') + 1), opened);
        }
    }

    Map<String, UUID> repositories() {
        return repositories;
    }

    void write(List<Person> people, List<Job> jobs) {
        for (String project : Team.PROJECTS) {
            repository(
                    project,
                    people,
                    jobs.stream()
                            .filter(job -> job.work.project().equals(project))
                            .toList());
        }
    }

    private void repository(String project, List<Person> people, List<Job> jobs) {
        UUID repository = repositories.get(project);
        Instant opened = weeks.opening();
        String main = commit(repository, List.of(), people.getFirst(), opened, "Begin");
        List<String> line = new ArrayList<>(List.of(main));
        List<Job> merged = jobs.stream()
                .filter(job -> job.status().equals("done"))
                .sorted(Comparator.comparing((Job job) -> job.ended.orElseThrow()))
                .toList();
        for (Job job : merged.subList(Math.max(0, merged.size() - MOST_MERGES), merged.size())) {
            Person author = job.owner.orElseThrow();
            String base = line.get(Math.max(0, line.size() - 1 - chance.between(0, 3)));
            String head = branch(repository, base, job, author, job.ended.orElseThrow());
            main = commit(
                    repository,
                    List.of(main, head),
                    author,
                    job.ended.orElseThrow(),
                    "Merge " + job.key + ": " + job.work.title());
            line.add(main);
        }
        List<Job> open = jobs.stream().filter(Job::isUnderWay).limit(7).toList();
        for (Job job : open) {
            Person person = job.owner.orElseThrow();
            int behind = Math.min(line.size() - 1, chance.between(0, 5));
            String head = branch(repository, line.get(line.size() - 1 - behind), job, person, weeks.end());
            worktree(repository, person, job.key.toLowerCase(java.util.Locale.ROOT), job.branch(), head, behind, true);
        }
        for (Person person : people) {
            if (person.home().getFirst().equals(project) || person.home().contains(project) && chance.happens(0.5)) {
                int behind = Math.min(line.size() - 1, chance.between(0, 3));
                worktree(
                        repository,
                        person,
                        Team.repository(project).replaceFirst(".*/", ""),
                        "main",
                        line.get(line.size() - 1 - behind),
                        behind,
                        false);
            }
        }
    }

    private String branch(UUID repository, String base, Job job, Person author, Instant end) {
        String head = base;
        int many = chance.between(1, 4);
        Instant start = job.started.orElseThrow();
        long step = Math.max(60, (end.getEpochSecond() - start.getEpochSecond()) / (many + 1));
        String[] subjects = {
            "Test for " + job.work.title().toLowerCase(java.util.Locale.ROOT),
            job.work.title(),
            "Answer the review",
            "Say in the docs what is not obvious"
        };
        for (int i = 0; i < many; i++) {
            head = commit(repository, List.of(head), author, start.plusSeconds(step * (i + 1)), subjects[i]);
        }
        return head;
    }

    private String commit(UUID repository, List<String> parents, Person author, Instant at, String subject) {
        String sha = chance.hex(40);
        commits.add(workspaceId, repository, sha, parents, author.name(), at, subject, at);
        return sha;
    }

    private void worktree(
            UUID repository, Person person, String name, String branch, String head, int behind, boolean dirty) {
        worktrees.add(
                chance.id(weeks.end()),
                workspaceId,
                repository,
                person.id(),
                person.machine(),
                name,
                branch,
                head,
                dirty ? Optional.of(chance.between(1, 4)) : Optional.of(0),
                behind,
                dirty ? chance.between(0, 4) : 0,
                dirty ? chance.between(0, 9) : 0,
                dirty && chance.happens(0.3) ? 1 : 0,
                0,
                weeks.end().minusSeconds(chance.between(10, 240)));
    }
}
