-- A session changes as long as it lasts, and so do the figures of the day on which it began. Whoever changes one leaves a
-- note; whoever reads counts the noted days anew first. Notes are only ever added, so writers never wait for one another.
create table session_notes (
    workspace_id uuid not null references workspaces (id),
    began_at timestamptz not null
);
create index session_notes_by_workspace on session_notes (workspace_id);
comment on table session_notes is 'When the sessions began that changed since session_daily was counted. A note goes with the counting that heeds it.';
alter table session_notes enable row level security;
alter table session_notes force row level security;
create policy session_notes_workspace on session_notes
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
create policy session_notes_counting on session_notes for select to current_user using (true);

create table session_daily (
    workspace_id uuid not null references workspaces (id),
    day date not null,
    developer_id uuid not null,
    agent_type text not null,
    agent_name text not null,
    model text not null,
    project_id uuid,
    workstream_id uuid,
    sessions bigint not null,
    open bigint not null,
    done bigint not null,
    partly_done bigint not null,
    failed bigint not null,
    abandoned bigint not null,
    seconds bigint not null,
    covered bigint not null,
    calls bigint not null,
    failed_calls bigint not null,
    tokens bigint not null,
    cost_nanos numeric(38) not null,
    tools bigint not null,
    tool_errors bigint not null,
    constraint session_daily_key unique nulls not distinct
        (workspace_id, day, developer_id, agent_type, agent_name, model, project_id, workstream_id)
);
comment on table session_daily is 'Sessions by the day of the workspace on which they began, with all that they used up to now, whenever they used it.';
comment on column session_daily.seconds is 'From the start of each session to its end or its last sign of life.';
comment on column session_daily.covered is 'Sessions of which any usage is known; cost per session is of these.';
comment on column session_daily.tools is 'Tool spans, of which tool_errors failed.';
alter table session_daily enable row level security;
alter table session_daily force row level security;
create policy session_daily_workspace on session_daily
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create function note_sessions() returns trigger
    language plpgsql set search_path = covibe, pg_temp as $$
begin
    if tg_op = 'UPDATE' then
        insert into session_notes
        select workspace_id, started_at from former union select workspace_id, started_at from changed;
    else
        insert into session_notes select distinct workspace_id, started_at from changed;
    end if;
    return null;
end;
$$;
create trigger agent_sessions_are_noted after insert on agent_sessions
    referencing new table as changed for each statement execute function note_sessions();
create trigger agent_sessions_changes_are_noted after update on agent_sessions
    referencing old table as former new table as changed for each statement execute function note_sessions();

create function note_sessions_that_used() returns trigger
    language plpgsql set search_path = covibe, pg_temp as $$
begin
    insert into session_notes
    select distinct s.workspace_id, s.started_at
      from changed c
      join agent_sessions s on s.workspace_id = c.workspace_id and s.id = c.stream_id;
    return null;
end;
$$;
create trigger usage_by_stream_is_noted after insert on usage_by_stream
    referencing new table as changed for each statement execute function note_sessions_that_used();
create trigger usage_by_stream_changes_are_noted after update on usage_by_stream
    referencing new table as changed for each statement execute function note_sessions_that_used();

-- When a better source turns up for a session, another of its rows counts.
create function note_sessions_of_streams() returns trigger
    language plpgsql set search_path = covibe, pg_temp as $$
begin
    insert into session_notes
    select distinct s.workspace_id, s.started_at
      from changed c
      join agent_sessions s on s.workspace_id = c.workspace_id and s.id = c.id;
    return null;
end;
$$;
create trigger usage_streams_are_noted after insert on usage_streams
    referencing new table as changed for each statement execute function note_sessions_of_streams();
create trigger usage_streams_changes_are_noted after update on usage_streams
    referencing new table as changed for each statement execute function note_sessions_of_streams();

create function note_sessions_with_spans() returns trigger
    language plpgsql set search_path = covibe, pg_temp as $$
begin
    insert into session_notes
    select distinct s.workspace_id, s.started_at
      from changed c
      join agent_sessions s on s.workspace_id = c.workspace_id and s.id = c.session_id;
    return null;
end;
$$;
create trigger span_by_session_is_noted after insert on span_by_session
    referencing new table as changed for each statement execute function note_sessions_with_spans();
create trigger span_by_session_changes_are_noted after update on span_by_session
    referencing new table as changed for each statement execute function note_sessions_with_spans();

-- A session belongs to the workstream that its task is in now.
create function note_sessions_of_tasks() returns trigger
    language plpgsql set search_path = covibe, pg_temp as $$
begin
    insert into session_notes
    select distinct s.workspace_id, s.started_at
      from changed c
      join former f on f.id = c.id and f.workstream_id is distinct from c.workstream_id
      join agent_sessions s on s.workspace_id = c.workspace_id and s.task_id = c.id;
    return null;
end;
$$;
create trigger tasks_moves_are_noted after update on tasks
    referencing old table as former new table as changed for each statement execute function note_sessions_of_tasks();

-- The sessions that are there already.
create policy session_notes_filling on session_notes for insert to current_user with check (true);
insert into session_notes select distinct workspace_id, started_at from agent_sessions;
drop policy session_notes_filling on session_notes;

-- What a server needs to count in the background: where anything is noted. It may only look.
create function workspaces_with_session_notes(most integer) returns table (tenant_id uuid, workspace_id uuid)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select w.tenant_id, w.id
      from workspaces w
     where exists (select from session_notes n where n.workspace_id = w.id)
     order by w.id
     limit most;
end;
