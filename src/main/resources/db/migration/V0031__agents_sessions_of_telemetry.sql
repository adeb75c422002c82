-- A session may begin with what an agent reports of itself, before or without any call of a tool: then nobody has said yet
-- which repository it is in, and what names it is the vendor's own session id.
alter table agent_sessions alter column repository drop not null;
alter table agent_sessions
    add column external_id text constraint agent_sessions_external_id_form check (external_id ~ '^[A-Za-z0-9][A-Za-z0-9._:-]{0,119}$'),
    add column started_by text not null default 'mcp' constraint agent_sessions_started_by check (started_by in ('mcp', 'hook', 'telemetry')),
    drop constraint agent_sessions_ended_by,
    add constraint agent_sessions_ended_by check (ended_by in ('agent', 'companion', 'sweeper'));
create unique index agent_sessions_external on agent_sessions (workspace_id, developer_id, agent_type, external_id) where external_id is not null;
create index agent_sessions_by_start on agent_sessions (workspace_id, started_at);
create index agent_sessions_unnamed on agent_sessions (workspace_id, token_id, agent_type, last_seen_at desc) where external_id is null;
comment on column agent_sessions.external_id is 'The vendor''s own session id, known once the agent''s telemetry or hooks were seen.';

create table session_tasks (
    workspace_id uuid not null references workspaces (id),
    session_id uuid not null,
    since timestamptz not null,
    task_id uuid,
    primary key (workspace_id, session_id, since),
    foreign key (workspace_id, session_id) references agent_sessions (workspace_id, id),
    foreign key (workspace_id, task_id) references tasks (workspace_id, id)
);
comment on table session_tasks is 'From when on a session worked on which task (null: on none). Late usage belongs to the task of the moment in which it happened (AGT-6).';
alter table session_tasks enable row level security;
alter table session_tasks force row level security;
create policy session_tasks_workspace on session_tasks
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

-- What is known of the sessions that are there already: that they worked on their task all the time. The owner is bound
-- by row security too, so it lets itself in for this statement alone.
create policy session_tasks_filling on session_tasks for insert to current_user with check (true);
insert into session_tasks (workspace_id, session_id, since, task_id)
select workspace_id, id, started_at, task_id from agent_sessions where task_id is not null;
drop policy session_tasks_filling on session_tasks;
