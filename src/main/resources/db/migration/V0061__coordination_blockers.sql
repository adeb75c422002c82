create table blockers (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    task_id uuid not null,
    kind text not null constraint blockers_kind
        check (kind in ('decision', 'dependency', 'access', 'review', 'environment', 'other')),
    body text not null constraint blockers_body_length check (length(body) between 1 and 20000),
    needs_id uuid references developers (id),
    raised_by uuid not null references developers (id),
    raised_session_id uuid,
    raised_agent text,
    raised_at timestamptz not null,
    answer text constraint blockers_answer_length check (length(answer) between 1 and 20000),
    resolved_by uuid references developers (id),
    resolved_agent text,
    resolved_at timestamptz,
    constraint blockers_workspace_key unique (workspace_id, id),
    constraint blockers_resolution_is_whole
        check ((resolved_at is null) = (resolved_by is null) and (resolved_at is null) = (answer is null)),
    foreign key (workspace_id, task_id) references tasks (workspace_id, id),
    foreign key (workspace_id, raised_session_id) references agent_sessions (workspace_id, id)
);
create index blockers_open on blockers (workspace_id, raised_at, id) where resolved_at is null;
create index blockers_by_task on blockers (workspace_id, task_id, raised_at desc);
create index blockers_by_time on blockers (workspace_id, raised_at desc, id desc);
comment on table blockers is 'What holds up a task, whom it needs, and what was answered (CRD-4).';

alter table blockers enable row level security;
alter table blockers force row level security;
create policy blockers_workspace on blockers
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
