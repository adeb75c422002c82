create table graph_repositories (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    identity text not null constraint graph_repositories_identity_length check (length(identity) between 1 and 300),
    name text not null constraint graph_repositories_name_length check (length(name) between 1 and 120),
    created_at timestamptz not null,
    constraint graph_repositories_workspace_key unique (workspace_id, id),
    constraint graph_repositories_identity_unique unique (workspace_id, identity)
);
comment on table graph_repositories is
    'A repository that somebody of the workspace stands in (GRF-1): one row for all clones and worktrees of it. identity: the normalised remote, or the root commit where there is none.';

alter table graph_repositories enable row level security;
alter table graph_repositories force row level security;
create policy graph_repositories_workspace on graph_repositories
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
