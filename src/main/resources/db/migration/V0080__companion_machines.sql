create table companion_machines (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    developer_id uuid not null references developers (id),
    name text not null constraint companion_machines_name_length check (length(name) between 1 and 120),
    version text not null constraint companion_machines_version_length check (length(version) between 1 and 120),
    platform text constraint companion_machines_platform_length check (length(platform) <= 40),
    node text constraint companion_machines_node_length check (length(node) <= 40),
    service boolean not null,
    update_version text constraint companion_machines_update_version_length check (length(update_version) <= 120),
    update_outcome text constraint companion_machines_update_outcome
        check (update_outcome in ('installed', 'reverted', 'wrong-hash', 'broken')),
    seen_at timestamptz not null,
    constraint companion_machines_workspace_key unique (workspace_id, id),
    constraint companion_machines_name_key unique (workspace_id, developer_id, name)
);
comment on table companion_machines is 'A computer on which the companion runs, as its last heartbeat said (CMP-8).';

create table companion_repositories (
    workspace_id uuid not null references workspaces (id),
    machine_id uuid not null,
    place integer not null,
    name text constraint companion_repositories_name_length check (length(name) between 1 and 120),
    state text not null constraint companion_repositories_state check (state in ('synced', 'pending', 'excluded')),
    constraint companion_repositories_excluded_is_unnamed check (state <> 'excluded' or name is null),
    primary key (workspace_id, machine_id, place),
    foreign key (workspace_id, machine_id) references companion_machines (workspace_id, id) on delete cascade
);
comment on table companion_repositories is 'What a machine has registered: names of folders, never where they lie. One that its owner keeps private has no name here.';

alter table companion_machines enable row level security;
alter table companion_machines force row level security;
create policy companion_machines_workspace on companion_machines
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
alter table companion_repositories enable row level security;
alter table companion_repositories force row level security;
create policy companion_repositories_workspace on companion_repositories
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
