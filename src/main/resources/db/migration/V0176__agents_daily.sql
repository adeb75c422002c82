-- How long each agent was at work on each day, so that a page of agents reads days and no sessions.
create table agent_daily (
    workspace_id uuid not null references workspaces (id),
    day date not null,
    developer_id uuid not null,
    agent_type text not null,
    agent_name text not null,
    seconds bigint not null,
    constraint agent_daily_key primary key (workspace_id, day, developer_id, agent_type, agent_name)
);
comment on table agent_daily is 'Time of agents by the day of the workspace on which their sessions began; counted with session_daily.';
comment on column agent_daily.seconds is 'In session; where sessions that began on the day overlap, counted once.';
alter table agent_daily enable row level security;
alter table agent_daily force row level security;
create policy agent_daily_workspace on agent_daily
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

-- The sessions that are there already are counted once more.
create policy session_notes_filling on session_notes for insert to current_user with check (true);
insert into session_notes select distinct workspace_id, started_at from agent_sessions;
drop policy session_notes_filling on session_notes;
