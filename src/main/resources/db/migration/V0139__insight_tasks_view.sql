create view insight_tasks with (security_invoker = true) as
select t.workspace_id, t.id, p.key || '-' || t.number as key, t.title, t.status, t.owner_id, t.started_at, t.updated_at, t.ended_at,
       extract(epoch from t.ended_at - coalesce(t.started_at, t.created_at))::bigint as cycle_seconds
  from tasks t join projects p on p.workspace_id = t.workspace_id and p.id = t.project_id;
comment on view insight_tasks is 'Tasks as ledgers list them.';

create view insight_traces with (security_invoker = true) as
select workspace_id, at, id, trace_id, developer_id, session_id, agent_type, operation, tool, model, status, error_class, duration_ms
  from spans;
comment on view insight_traces is 'Single steps, as far back as the company keeps them.';
