-- What pages of insight read of other features. Each reader's own row security holds.
create view insight_usage with (security_invoker = true) as
select u.*, t.project_id, t.workstream_id
  from usage_daily u
  left join tasks t on t.workspace_id = u.workspace_id and t.id = u.task_id;
comment on view insight_usage is 'Usage by day of the workspace, with the project and workstream that its task is in now.';

create view insight_spans with (security_invoker = true) as select * from span_daily;
comment on view insight_spans is 'Spans by day of the workspace.';

create view insight_completions with (security_invoker = true) as
select t.workspace_id, t.id as task_id, (t.ended_at at time zone w.time_zone)::date as day, t.ended_at, t.owner_id as developer_id,
       t.project_id, t.workstream_id,
       extract(epoch from t.ended_at - coalesce(t.started_at, t.created_at))::bigint as cycle_seconds
  from tasks t
  join workspaces w on w.id = t.workspace_id
 where t.status = 'done';
comment on view insight_completions is 'Tasks that were done, on the day of the workspace, for their owner. cycle_seconds is from the start of work, or else from the plan.';

-- The position is read in the statement that reads the counts: both are of one moment.
create view insight_events with (security_invoker = true) as
select d.workspace_id, d.day, d.developer_id, d.agent, d.kind, d.events from event_daily d
union all
select e.workspace_id, (e.at at time zone (select w.time_zone from workspaces w where w.id = current_workspace()))::date,
       e.developer_id, coalesce(e.agent, ''), e.kind, 1
  from work_events e
 where e.workspace_id = current_workspace()
   and (e.tx, e.seq) > (coalesce((select p.tx from event_positions p where p.workspace_id = current_workspace()), 0),
                        coalesce((select p.seq from event_positions p where p.workspace_id = current_workspace()), 0));
comment on view insight_events is 'Work events by day of the workspace: those counted, and one by one those that are not yet.';
