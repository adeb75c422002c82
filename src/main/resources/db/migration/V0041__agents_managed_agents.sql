create table managed_agents (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    owner_id uuid not null references developers (id),
    agent_type text not null constraint managed_agents_agent_type
        check (agent_type in ('claude-code', 'codex', 'cursor', 'gemini-cli', 'other')),
    name text not null constraint managed_agents_name_length check (length(name) between 1 and 120),
    purpose text not null default '' constraint managed_agents_purpose_length check (length(purpose) <= 2000),
    status text not null default 'active' constraint managed_agents_status check (status in ('active', 'paused', 'retired')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint managed_agents_known_once unique (workspace_id, owner_id, agent_type, name),
    constraint managed_agents_workspace_key unique (workspace_id, id)
);
comment on table managed_agents is 'The agents of a workspace (AGT-7): whose, of which type, called how, for what. A session belongs to the agent of its owner, type and name.';
alter table managed_agents enable row level security;
alter table managed_agents force row level security;
create policy managed_agents_workspace on managed_agents
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create index agent_sessions_by_agent on agent_sessions (workspace_id, developer_id, agent_type, agent_name, started_at desc);
create index session_tasks_by_task on session_tasks (workspace_id, task_id) where task_id is not null;

-- An agent is known from its first session on, whatever opened that: a call of a tool, a hook or telemetry. A rule of the
-- table, so that no way of opening a session can forget it. It runs as whoever writes, within the workspace.
create function know_agent() returns trigger
    language plpgsql set search_path = covibe, pg_temp as $$
begin
    insert into managed_agents (id, workspace_id, owner_id, agent_type, name)
    values (gen_random_uuid(), new.workspace_id, new.developer_id, new.agent_type, new.agent_name)
        on conflict on constraint managed_agents_known_once do nothing;
    return null;
end;
$$;
create trigger agent_sessions_make_agents_known after insert or update of agent_type, agent_name on agent_sessions
    for each row execute function know_agent();

-- The agents of the sessions that are there already. The owner is bound by row security too and lets itself in for this.
create policy managed_agents_filling on managed_agents to current_user using (true) with check (true);
insert into managed_agents (id, workspace_id, owner_id, agent_type, name, created_at)
select gen_random_uuid(), workspace_id, developer_id, agent_type, agent_name, min(started_at)
  from agent_sessions group by workspace_id, developer_id, agent_type, agent_name;
drop policy managed_agents_filling on managed_agents;
