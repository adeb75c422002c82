-- Usage is counted by people, agents and models and by task, but hardly a figure asks for both, and there are as many rows
-- in a day as there was work. Each day is therefore added up twice more, without tasks and by nothing but tasks. Writers only
-- note the day, each transaction once, and never wait for one another; a noted day is read from usage_daily until it has been
-- added up, so a reader sees what is committed, and servers of before need not know of this.
create table usage_day_notes (
    workspace_id uuid not null references workspaces (id),
    day date not null,
    tx xid8 not null default pg_current_xact_id(),
    constraint usage_day_notes_key primary key (workspace_id, day, tx)
);
comment on table usage_day_notes is 'Days of usage_daily that changed since they were added up. A note goes with the adding up that heeds it.';
alter table usage_day_notes enable row level security;
alter table usage_day_notes force row level security;
create policy usage_day_notes_workspace on usage_day_notes
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
create policy usage_day_notes_counting on usage_day_notes for select to current_user using (true);

create table usage_day_totals (
    workspace_id uuid not null references workspaces (id),
    day date not null,
    developer_id uuid not null,
    agent_type text not null,
    provider text not null,
    model text not null,
    attributed boolean not null,
    calls bigint not null,
    failed bigint not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    cache_read_tokens bigint not null,
    cache_write_tokens bigint not null,
    reasoning_tokens bigint not null,
    reported_nanos numeric(38) not null,
    computed_nanos numeric(38) not null,
    estimated_nanos numeric(38) not null,
    unpriced_tokens bigint not null,
    estimated_tokens bigint not null,
    latency_ms bigint not null,
    timed_calls bigint not null,
    constraint usage_day_totals_key primary key (workspace_id, day, developer_id, agent_type, provider, model, attributed)
);
comment on table usage_day_totals is 'usage_daily without its tasks, for the days that are not noted in usage_day_notes.';
comment on column usage_day_totals.attributed is 'Whether a task is known of what was used.';
alter table usage_day_totals enable row level security;
alter table usage_day_totals force row level security;
create policy usage_day_totals_workspace on usage_day_totals
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create table usage_task_totals (
    workspace_id uuid not null references workspaces (id),
    day date not null,
    task_id uuid,
    project_id uuid,
    calls bigint not null,
    failed bigint not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    cache_read_tokens bigint not null,
    cache_write_tokens bigint not null,
    reasoning_tokens bigint not null,
    reported_nanos numeric(38) not null,
    computed_nanos numeric(38) not null,
    estimated_nanos numeric(38) not null,
    unpriced_tokens bigint not null,
    estimated_tokens bigint not null,
    latency_ms bigint not null,
    timed_calls bigint not null,
    constraint usage_task_totals_key unique nulls not distinct (workspace_id, day, task_id)
);
comment on table usage_task_totals is 'usage_daily by its tasks alone, for the days that are not noted in usage_day_notes. A null task is what cannot be attributed.';
comment on column usage_task_totals.project_id is 'The project of the task, which never changes.';
alter table usage_task_totals enable row level security;
alter table usage_task_totals force row level security;
create policy usage_task_totals_workspace on usage_task_totals
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create function note_days_of_usage() returns trigger
    language plpgsql set search_path = covibe, pg_temp as $$
begin
    insert into usage_day_notes (workspace_id, day) select distinct workspace_id, day from changed on conflict do nothing;
    return null;
end;
$$;
create trigger usage_daily_is_noted after insert on usage_daily
    referencing new table as changed for each statement execute function note_days_of_usage();
create trigger usage_daily_changes_are_noted after update on usage_daily
    referencing new table as changed for each statement execute function note_days_of_usage();
create trigger usage_daily_ends_are_noted after delete on usage_daily
    referencing old table as changed for each statement execute function note_days_of_usage();

-- The notes are read in the statement that reads the totals: both are of one moment.
create view insight_usage_days with (security_invoker = true) as
select t.workspace_id, t.day, t.developer_id, t.agent_type, t.provider, t.model, t.attributed, t.calls, t.failed,
       t.input_tokens, t.output_tokens, t.cache_read_tokens, t.cache_write_tokens, t.reasoning_tokens, t.reported_nanos,
       t.computed_nanos, t.estimated_nanos, t.unpriced_tokens, t.estimated_tokens, t.latency_ms, t.timed_calls
  from usage_day_totals t
 where t.day <> all (array(select n.day from usage_day_notes n where n.workspace_id = current_workspace()))
union all
select u.workspace_id, u.day, u.developer_id, u.agent_type, u.provider, u.model, u.task_id is not null, u.calls, u.failed,
       u.input_tokens, u.output_tokens, u.cache_read_tokens, u.cache_write_tokens, u.reasoning_tokens, u.reported_nanos,
       u.computed_nanos, u.estimated_nanos, u.unpriced_tokens, u.estimated_tokens, u.latency_ms, u.timed_calls
  from usage_daily u
 where u.day = any (array(select n.day from usage_day_notes n where n.workspace_id = current_workspace()));
comment on view insight_usage_days is 'Usage by day of the workspace, without tasks: what insight_usage adds up to. A group may be in several rows.';

create view insight_usage_tasks with (security_invoker = true) as
select u.*, t.workstream_id
  from (select a.workspace_id, a.day, a.task_id, a.project_id,
       a.calls, a.failed, a.input_tokens, a.output_tokens, a.cache_read_tokens, a.cache_write_tokens,
       a.reasoning_tokens, a.reported_nanos, a.computed_nanos, a.estimated_nanos, a.unpriced_tokens,
       a.estimated_tokens, a.latency_ms, a.timed_calls
          from usage_task_totals a
         where a.day <> all (array(select n.day from usage_day_notes n where n.workspace_id = current_workspace()))
        union all
        select b.workspace_id, b.day, b.task_id, p.project_id,
       b.calls, b.failed, b.input_tokens, b.output_tokens, b.cache_read_tokens, b.cache_write_tokens,
       b.reasoning_tokens, b.reported_nanos, b.computed_nanos, b.estimated_nanos, b.unpriced_tokens,
       b.estimated_tokens, b.latency_ms, b.timed_calls
          from usage_daily b
          left join tasks p on p.workspace_id = b.workspace_id and p.id = b.task_id
         where b.day = any (array(select n.day from usage_day_notes n where n.workspace_id = current_workspace()))) u
  left join tasks t on t.workspace_id = u.workspace_id and t.id = u.task_id;
comment on view insight_usage_tasks is 'Usage by day of the workspace and task, with the project and workstream that the task is in now: what insight_usage adds up to. A group may be in several rows.';

-- The days that are there already.
create policy usage_day_notes_filling on usage_day_notes for insert to current_user with check (true);
create policy usage_daily_noting on usage_daily for select to current_user using (true);
insert into usage_day_notes (workspace_id, day) select distinct workspace_id, day from usage_daily;
drop policy usage_daily_noting on usage_daily;
drop policy usage_day_notes_filling on usage_day_notes;

-- What a server needs to add up in the background: where anything is noted. It may only look.
create function workspaces_with_usage_notes(most integer) returns table (tenant_id uuid, workspace_id uuid)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select w.tenant_id, w.id
      from workspaces w
     where exists (select from usage_day_notes n where n.workspace_id = w.id)
     order by w.id
     limit most;
end;
