-- Usage is counted by task, so that it follows a task that moves; but most figures ask for days, people, agents and models
-- alone, and there are as many rows of tasks in a day as there was work. The days are therefore added up once more without
-- tasks. Writers only note the day, each transaction once, and never wait for one another; a noted day is read from
-- usage_daily until it has been added up, so a reader sees what is committed, and servers of before need not know of this.
create table usage_day_notes (
    workspace_id uuid not null references workspaces (id),
    day date not null,
    tx xid8 not null default pg_current_xact_id(),
    constraint usage_day_notes_key primary key (workspace_id, day, tx)
);
comment on table usage_day_notes is 'Days of usage_daily that changed since they were added up in usage_day_totals. A note goes with the adding up that heeds it.';
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
