-- Events are only ever added, and (tx, seq) orders them by commit: so they are counted up to a position, in the background,
-- and nobody who writes waits for a counter. Readers add what lies behind the position.
create table event_daily (
    workspace_id uuid not null references workspaces (id),
    day date not null,
    developer_id uuid not null,
    agent text not null,
    kind text not null,
    events bigint not null,
    primary key (workspace_id, day, developer_id, agent, kind)
);
comment on table event_daily is 'Work events by day of the workspace, kept for ever, up to the position in event_positions. An empty agent is a person.';
alter table event_daily enable row level security;
alter table event_daily force row level security;
create policy event_daily_workspace on event_daily
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create table event_positions (
    workspace_id uuid primary key references workspaces (id),
    tx bigint not null,
    seq bigint not null
);
comment on table event_positions is 'Up to where the events of a workspace are in event_daily.';
alter table event_positions enable row level security;
alter table event_positions force row level security;
create policy event_positions_workspace on event_positions
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
create policy event_positions_counting on event_positions for select to current_user using (true);

-- Where enough lies behind the position to be worth counting. It may only look.
create function workspaces_with_uncounted_events(fewest integer, most integer) returns table (tenant_id uuid, workspace_id uuid)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select w.tenant_id, w.id
      from workspaces w
      left join event_positions p on p.workspace_id = w.id
     where exists (select from work_events e
                    where e.workspace_id = w.id and (e.tx, e.seq) > (coalesce(p.tx, 0), coalesce(p.seq, 0))
                    order by e.tx, e.seq offset fewest limit 1)
     order by w.id
     limit most;
end;
