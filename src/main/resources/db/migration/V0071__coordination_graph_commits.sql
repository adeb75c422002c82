create table graph_commits (
    workspace_id uuid not null references workspaces (id),
    repository_id uuid not null,
    sha text not null constraint graph_commits_sha check (sha ~ '^([0-9a-f]{40}|[0-9a-f]{64})$'),
    parents text[] not null,
    author text not null constraint graph_commits_author_length check (length(author) <= 200),
    committed_at timestamptz not null,
    subject text not null constraint graph_commits_subject_length check (length(subject) <= 500),
    stored_at timestamptz not null,
    primary key (workspace_id, repository_id, sha),
    foreign key (workspace_id, repository_id) references graph_repositories (workspace_id, id) on delete cascade
);
comment on table graph_commits is
    'Commits that reach a head somebody stands on, once per repository whoever sent them (GRF-1). No message beyond the subject, no file.';

alter table graph_commits enable row level security;
alter table graph_commits force row level security;
create policy graph_commits_workspace on graph_commits
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
