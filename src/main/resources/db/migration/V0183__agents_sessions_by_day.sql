-- Sessions are counted by the workstream of their task, and there are as many workstreams in a day as there is work; most
-- figures ask for people and agents alone. Each day is therefore added up once more when it has been counted. One
-- transaction at a time counts in a workspace, so this waits for nobody, and whoever counts need not know of it.
create table session_day_totals (
    workspace_id uuid not null references workspaces (id),
    day date not null,
    developer_id uuid not null,
    agent_type text not null,
    agent_name text not null,
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
    constraint session_day_totals_key primary key (workspace_id, day, developer_id, agent_type, agent_name)
);
comment on table session_day_totals is 'session_daily without models, projects and workstreams, added up whenever session_daily is counted.';
alter table session_day_totals enable row level security;
alter table session_day_totals force row level security;
create policy session_day_totals_workspace on session_day_totals
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create function add_up_sessions() returns trigger
    language plpgsql set search_path = covibe, pg_temp as $$
begin
    delete from session_day_totals t
     using (select distinct workspace_id, day from changed) c
     where t.workspace_id = c.workspace_id and t.day = c.day;
    insert into session_day_totals
    select s.workspace_id, s.day, s.developer_id, s.agent_type, s.agent_name,
           sum(s.sessions), sum(s.open), sum(s.done), sum(s.partly_done),
           sum(s.failed), sum(s.abandoned), sum(s.seconds), sum(s.covered),
           sum(s.calls), sum(s.failed_calls), sum(s.tokens), sum(s.cost_nanos),
           sum(s.tools), sum(s.tool_errors)
      from session_daily s
      join (select distinct workspace_id, day from changed) c on c.workspace_id = s.workspace_id and c.day = s.day
     group by s.workspace_id, s.day, s.developer_id, s.agent_type, s.agent_name;
    return null;
end;
$$;
create trigger session_daily_is_added_up after insert on session_daily
    referencing new table as changed for each statement execute function add_up_sessions();
create trigger session_daily_ends_are_added_up after delete on session_daily
    referencing old table as changed for each statement execute function add_up_sessions();

-- The days that are there already.
create policy session_day_totals_filling on session_day_totals for insert to current_user with check (true);
create policy session_daily_adding on session_daily for select to current_user using (true);
insert into session_day_totals
select s.workspace_id, s.day, s.developer_id, s.agent_type, s.agent_name,
       sum(s.sessions), sum(s.open), sum(s.done), sum(s.partly_done),
       sum(s.failed), sum(s.abandoned), sum(s.seconds), sum(s.covered),
       sum(s.calls), sum(s.failed_calls), sum(s.tokens), sum(s.cost_nanos),
       sum(s.tools), sum(s.tool_errors)
  from session_daily s
 group by s.workspace_id, s.day, s.developer_id, s.agent_type, s.agent_name;
drop policy session_daily_adding on session_daily;
drop policy session_day_totals_filling on session_day_totals;
