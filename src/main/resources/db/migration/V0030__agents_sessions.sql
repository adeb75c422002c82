create table agent_sessions (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    developer_id uuid not null references developers (id),
    token_id uuid,
    mcp_session text constraint agent_sessions_mcp_session_length check (length(mcp_session) <= 200),
    agent_type text not null constraint agent_sessions_agent_type
        check (agent_type in ('claude-code', 'codex', 'cursor', 'gemini-cli', 'other')),
    agent_name text not null constraint agent_sessions_name_length check (length(agent_name) between 1 and 120),
    agent_version text constraint agent_sessions_version_length check (length(agent_version) <= 120),
    model text constraint agent_sessions_model_length check (length(model) <= 120),
    repository text not null,
    branch text constraint agent_sessions_branch_length check (length(branch) <= 300),
    worktree text constraint agent_sessions_worktree_length check (length(worktree) <= 300),
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
    constraint agent_sessions_end_is_whole check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (outcome is null)),
    foreign key (workspace_id, task_id) references tasks (workspace_id, id),
    foreign key (workspace_id, workstream_id) references workstreams (workspace_id, id),
    foreign key (workspace_id, parent_id) references agent_sessions (workspace_id, id)
);
create index agent_sessions_by_repository on agent_sessions (workspace_id, repository, last_seen_at desc) where ended_at is null;
create index agent_sessions_by_token on agent_sessions (workspace_id, token_id, last_seen_at desc) where ended_at is null;
create index agent_sessions_by_task on agent_sessions (workspace_id, task_id) where task_id is not null;
create index agent_sessions_unseen on agent_sessions (last_seen_at) where ended_at is null;
comment on table agent_sessions is 'One sitting of one agent for one developer in one repository and branch (AGT-1). Active, idle and stale follow from last_seen_at; only the end is stored.';
comment on column agent_sessions.mcp_session is 'The protocol session (Mcp-Session-Id) that start_session came through: later calls of that client belong here without saying so.';

alter table agent_sessions enable row level security;
alter table agent_sessions force row level security;
create policy agent_sessions_workspace on agent_sessions
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
create policy agent_sessions_sweeping on agent_sessions for select to current_user using (true);

-- The sweeper looks over every workspace at once, so it asks the owner which sessions nobody came back to. It may
-- only look: each end is then written inside its own workspace, with its event, like any other.
create function forgotten_sessions(unseen_for interval, most integer)
    returns table (tenant_id uuid, workspace_id uuid, session_id uuid, developer_id uuid, handle text, role text)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select d.tenant_id, s.workspace_id, s.id, s.developer_id, d.handle, d.role
      from agent_sessions s
      join developers d on d.id = s.developer_id
     where s.ended_at is null
       and s.last_seen_at < now() - unseen_for
     order by s.last_seen_at
     limit most;
end;
