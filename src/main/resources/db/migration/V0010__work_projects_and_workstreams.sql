create table projects (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    key text not null constraint projects_key_form check (key ~ '^[A-Z]{2,8}$' and key <> 'WS'),
    name text not null constraint projects_name_length check (length(name) between 1 and 120),
    description text not null default '' constraint projects_description_length check (length(description) <= 20000),
    repositories text[] not null default '{}',
    last_number integer not null default 0,
    created_at timestamptz not null,
    archived_at timestamptz,
    constraint projects_key_unique unique (workspace_id, key),
    constraint projects_workspace_key unique (workspace_id, id)
);
comment on table projects is 'A named area of work; its key numbers the tasks (WEB-12). WS is kept for workstreams.';

create table workstream_numbers (
    workspace_id uuid primary key references workspaces (id),
    last_number integer not null
);
comment on table workstream_numbers is 'The last workstream number (WS-3) given in a workspace.';

create table workstreams (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    number integer not null,
    name text not null constraint workstreams_name_length check (length(name) between 1 and 200),
    goal text not null default '' constraint workstreams_goal_length check (length(goal) <= 20000),
    status text not null constraint workstreams_status check (status in ('planned', 'active', 'done', 'cancelled')),
    owner_id uuid references developers (id),
    target_date date,
    completion_summary text constraint workstreams_summary_length check (length(completion_summary) <= 20000),
    created_by uuid not null references developers (id),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    ended_at timestamptz,
    version integer not null default 0,
    constraint workstreams_number_unique unique (workspace_id, number),
    constraint workstreams_workspace_key unique (workspace_id, id)
);
create index workstreams_by_status on workstreams (workspace_id, status, updated_at desc);
comment on table workstreams is 'A longer line of work that groups tasks (WRK-3).';

alter table projects enable row level security;
alter table projects force row level security;
create policy projects_workspace on projects
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
alter table workstream_numbers enable row level security;
alter table workstream_numbers force row level security;
create policy workstream_numbers_workspace on workstream_numbers
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
alter table workstreams enable row level security;
alter table workstreams force row level security;
create policy workstreams_workspace on workstreams
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
