-- Whether anything new is in the log was found by reading all of it. Row security lets no condition near an index that might
-- tell of rows which are not the reader's, and a coalesce counts as such; within a subquery it is only a number. And the
-- planner takes "after a position" for a third of all rows, which makes reading everything look cheap: it may not here.
create function uncounted_events() returns table (at timestamptz, developer_id uuid, agent text, kind text)
    language sql stable rows 1000 set search_path = covibe, pg_temp set enable_seqscan = off
begin atomic
    select e.at, e.developer_id, coalesce(e.agent, ''), e.kind
      from work_events e
     where e.workspace_id = current_workspace()
       and (e.tx, e.seq) > ((select coalesce(max(p.tx), 0) from event_positions p where p.workspace_id = current_workspace()),
                            (select coalesce(max(p.seq), 0) from event_positions p where p.workspace_id = current_workspace()));
end;
comment on function uncounted_events is 'Events of the workspace after the position up to which event_daily has counted. With the rights of the reader.';

create or replace view insight_events with (security_invoker = true) as
select d.workspace_id, d.day, d.developer_id, d.agent, d.kind, d.events from event_daily d
union all
select current_workspace(), (e.at at time zone (select w.time_zone from workspaces w where w.id = current_workspace()))::date,
       e.developer_id, e.agent, e.kind, 1
  from uncounted_events() e;

create or replace function workspaces_with_uncounted_events(fewest integer, most integer)
    returns table (tenant_id uuid, workspace_id uuid)
    language sql stable security definer set search_path = covibe, pg_temp set enable_seqscan = off
begin atomic
    select w.tenant_id, w.id
      from workspaces w
     cross join lateral (
        select coalesce(max(tx), 0) as tx, coalesce(max(seq), 0) as seq from event_positions where workspace_id = w.id) p
     where exists (select from work_events e
                    where e.workspace_id = w.id and (e.tx, e.seq) > (p.tx, p.seq)
                    order by e.tx, e.seq offset fewest limit 1)
     order by w.id
     limit most;
end;
