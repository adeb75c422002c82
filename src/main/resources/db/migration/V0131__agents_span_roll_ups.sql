-- Pages read days and sessions and never single spans. A rule of the table keeps both roll-ups, so that no way of writing
-- spans can forget them. Rows are taken in the order of their key: batches that overlap wait for one another and never lock up.
create table span_daily (
    workspace_id uuid not null references workspaces (id),
    day date not null,
    developer_id uuid not null,
    agent_type text not null,
    operation text not null,
    tool text not null,
    model text not null,
    spans bigint not null,
    errors bigint not null,
    duration_ms bigint not null,
    primary key (workspace_id, day, developer_id, agent_type, operation, tool, model)
);
comment on table span_daily is 'Spans by day of the workspace, kept for ever. An empty tool or model is none.';
alter table span_daily enable row level security;
alter table span_daily force row level security;
create policy span_daily_workspace on span_daily
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create table span_by_session (
    workspace_id uuid not null references workspaces (id),
    session_id uuid not null,
    operation text not null,
    tool text not null,
    spans bigint not null,
    errors bigint not null,
    duration_ms bigint not null,
    primary key (workspace_id, session_id, operation, tool)
);
comment on table span_by_session is 'Spans of each session, kept for ever: which tools it used, how often, and how often they failed.';
alter table span_by_session enable row level security;
alter table span_by_session force row level security;
create policy span_by_session_workspace on span_by_session
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create function count_spans() returns trigger
    language plpgsql set search_path = covibe, pg_temp as $$
begin
    insert into span_daily as known
    select s.workspace_id, (s.at at time zone w.time_zone)::date as day, s.developer_id, s.agent_type, s.operation,
           coalesce(s.tool, '') as tool, coalesce(s.model, '') as model,
           count(*), count(*) filter (where s.status = 'error'), sum(s.duration_ms)
      from arrived s
      join workspaces w on w.id = s.workspace_id
     group by 1, 2, 3, 4, 5, 6, 7
     order by 1, 2, 3, 4, 5, 6, 7
        on conflict (workspace_id, day, developer_id, agent_type, operation, tool, model) do update
       set spans = known.spans + excluded.spans, errors = known.errors + excluded.errors,
           duration_ms = known.duration_ms + excluded.duration_ms;
    insert into span_by_session as known
    select s.workspace_id, s.session_id, s.operation, coalesce(s.tool, '') as tool,
           count(*), count(*) filter (where s.status = 'error'), sum(s.duration_ms)
      from arrived s
     where s.session_id is not null
     group by 1, 2, 3, 4
     order by 1, 2, 3, 4
        on conflict (workspace_id, session_id, operation, tool) do update
       set spans = known.spans + excluded.spans, errors = known.errors + excluded.errors,
           duration_ms = known.duration_ms + excluded.duration_ms;
    return null;
end;
$$;
create trigger spans_are_counted after insert on spans
    referencing new table as arrived for each statement execute function count_spans();

-- The spans that are there already. The owner is bound by row security too and lets itself in for this.
create policy span_daily_filling on span_daily to current_user using (true) with check (true);
create policy span_by_session_filling on span_by_session to current_user using (true) with check (true);
insert into span_daily
select s.workspace_id, (s.at at time zone w.time_zone)::date, s.developer_id, s.agent_type, s.operation, coalesce(s.tool, ''),
       coalesce(s.model, ''), count(*), count(*) filter (where s.status = 'error'), sum(s.duration_ms)
  from spans s join workspaces w on w.id = s.workspace_id
 group by 1, 2, 3, 4, 5, 6, 7;
insert into span_by_session
select s.workspace_id, s.session_id, s.operation, coalesce(s.tool, ''), count(*),
       count(*) filter (where s.status = 'error'), sum(s.duration_ms)
  from spans s where s.session_id is not null
 group by 1, 2, 3, 4;
drop policy span_daily_filling on span_daily;
drop policy span_by_session_filling on span_by_session;

create index spans_by_time on spans (workspace_id, at desc);
