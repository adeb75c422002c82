create table graph_private_repositories (
    workspace_id uuid not null references workspaces (id),
    developer_id uuid not null references developers (id),
    machine text not null constraint graph_private_repositories_machine_length check (length(machine) between 1 and 120),
    mark text not null constraint graph_private_repositories_mark_length check (length(mark) between 20 and 100),
    primary key (workspace_id, developer_id, mark, machine)
);
comment on table graph_private_repositories is
    'That a developer keeps a repository to themself on a machine (CMP-7). mark is a keyed hash: it tells the owner''s snapshots apart and tells nobody which repository it is.';

alter table graph_private_repositories enable row level security;
alter table graph_private_repositories force row level security;
create policy graph_private_repositories_workspace on graph_private_repositories
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
