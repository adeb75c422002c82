create table graph_worktrees (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    repository_id uuid not null,
    developer_id uuid not null references developers (id),
    machine text not null constraint graph_worktrees_machine_length check (length(machine) between 1 and 120),
    name text not null constraint graph_worktrees_name_length check (length(name) between 1 and 120),
    branch text constraint graph_worktrees_branch_length check (length(branch) between 1 and 300),
    head text not null constraint graph_worktrees_head check (head ~ '^([0-9a-f]{40}|[0-9a-f]{64})$'),
    ahead integer constraint graph_worktrees_ahead check (ahead >= 0),
    behind integer constraint graph_worktrees_behind check (behind >= 0),
    staged integer not null constraint graph_worktrees_staged check (staged >= 0),
    modified integer not null constraint graph_worktrees_modified check (modified >= 0),
    untracked integer not null constraint graph_worktrees_untracked check (untracked >= 0),
    conflicted integer not null constraint graph_worktrees_conflicted check (conflicted >= 0),
    operation text constraint graph_worktrees_operation
        check (operation in ('merge', 'rebase', 'cherry-pick', 'revert', 'bisect', 'am')),
    seen_at timestamptz not null,
    constraint graph_worktrees_name_unique unique (workspace_id, repository_id, developer_id, machine, name),
    foreign key (workspace_id, repository_id) references graph_repositories (workspace_id, id) on delete cascade
);
comment on table graph_worktrees is
    'Where somebody stands in a repository: one row per worktree of a machine, replaced by the next snapshot. branch is null for a detached head.';

alter table graph_worktrees enable row level security;
alter table graph_worktrees force row level security;
create policy graph_worktrees_workspace on graph_worktrees
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
