create table tasks (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    project_id uuid not null,
    number integer not null,
    title text not null constraint tasks_title_length check (length(title) between 1 and 200),
    description text not null default '' constraint tasks_description_length check (length(description) <= 20000),
    status text not null constraint tasks_status
        check (status in ('backlog', 'planned', 'in_progress', 'in_review', 'done', 'cancelled')),
    priority text not null constraint tasks_priority check (priority in ('none', 'low', 'medium', 'high', 'urgent')),
    owner_id uuid references developers (id),
    owner_session_id uuid,
    planned_by uuid not null references developers (id),
    planned_by_session_id uuid,
    labels text[] not null default '{}',
    workstream_id uuid,
    paths text[] not null default '{}',
    repository text,
    branch text,
    external_references text[] not null default '{}',
    estimate_minutes integer constraint tasks_estimate_range check (estimate_minutes between 1 and 100000),
    outcome text constraint tasks_outcome check (outcome in ('done', 'cancelled')),
    completion_summary text constraint tasks_summary_length check (length(completion_summary) <= 20000),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    planned_at timestamptz,
    started_at timestamptz,
    review_at timestamptz,
    ended_at timestamptz,
    version integer not null default 0,
    constraint tasks_number_unique unique (workspace_id, project_id, number),
    constraint tasks_workspace_key unique (workspace_id, id),
    constraint tasks_project foreign key (workspace_id, project_id) references projects (workspace_id, id),
    constraint tasks_workstream foreign key (workspace_id, workstream_id) references workstreams (workspace_id, id)
);
create index tasks_by_status on tasks (workspace_id, status, updated_at desc, id desc);
create index tasks_by_owner on tasks (workspace_id, owner_id, status, updated_at desc, id desc);
create index tasks_by_workstream on tasks (workspace_id, workstream_id) where workstream_id is not null;
create index tasks_ready on tasks
    (workspace_id, array_position(array['urgent', 'high', 'medium', 'low', 'none'], priority), created_at, id)
    where status = 'planned' and owner_id is null;
comment on table tasks is 'One unit of planned work (WRK-2).';

create table task_dependencies (
    workspace_id uuid not null references workspaces (id),
    task_id uuid not null,
    depends_on_id uuid not null,
    primary key (workspace_id, task_id, depends_on_id),
    constraint task_dependencies_not_self check (task_id <> depends_on_id),
    foreign key (workspace_id, task_id) references tasks (workspace_id, id),
    foreign key (workspace_id, depends_on_id) references tasks (workspace_id, id)
);
create index task_dependencies_reverse on task_dependencies (workspace_id, depends_on_id);
comment on table task_dependencies is 'task_id cannot be ready while depends_on_id is open. Never a cycle.';

alter table tasks enable row level security;
alter table tasks force row level security;
create policy tasks_workspace on tasks
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
alter table task_dependencies enable row level security;
alter table task_dependencies force row level security;
create policy task_dependencies_workspace on task_dependencies
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
