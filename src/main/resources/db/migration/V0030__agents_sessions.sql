create table agent_sessions (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    developer_id uuid not null references developers (id),
    token_id uuid,
    agent_type text not null constraint agent_sessions_agent_type
        check (agent_type in ('claude-code', 'codex', 'cursor', 'gemini-cli', 'other')),
    agent_name text not null constraint agent_sessions_name_length check (length(agent_name) between 1 and 120),
    agent_version text,
    model text,
    repository text not null,
    branch text,
    worktree text,
    task_id uuid,
    workstream_id uuid,
    parent_id uuid,
    started_at timestamptz not null,
    last_seen_at timestamptz not null,
    ended_at timestamptz,
    ended_by text constraint agent_sessions_ended_by check (ended_by in ('agent', 'sweeper')),
    outcome text constraint agent_sessions_outcome check (outcome in ('done', 'partial', 'failed', 'abandoned')),
    summary text constraint agent_sessions_summary_length check (length(summary) <= 20000),
    constraint agent_sessions_workspace_key unique (workspace_id, id),
    foreign key (workspace_id, task_id) references tasks (workspace_id, id),
    foreign key (workspace_id, workstream_id) references workstreams (workspace_id, id),
    foreign key (workspace_id, parent_id) references agent_sessions (workspace_id, id)
);
create index agent_sessions_open on agent_sessions (workspace_id, last_seen_at desc) where ended_at is null;
create index agent_sessions_by_token on agent_sessions (workspace_id, token_id, last_seen_at desc) where ended_at is null;
create index agent_sessions_by_task on agent_sessions (workspace_id, task_id) where task_id is not null;
comment on table agent_sessions is 'One sitting of one agent for one developer in one repository and branch (AGT-1).';

alter table agent_sessions enable row level security;
alter table agent_sessions force row level security;
create policy agent_sessions_workspace on agent_sessions
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
