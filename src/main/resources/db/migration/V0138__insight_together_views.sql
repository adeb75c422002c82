create view insight_blockers with (security_invoker = true) as
select b.workspace_id, b.id, b.raised_at, b.resolved_at, t.owner_id, b.needs_id
  from blockers b join tasks t on t.workspace_id = b.workspace_id and t.id = b.task_id;
comment on view insight_blockers is 'When blockers were raised and answered, and whom they concern.';

create view insight_decisions with (security_invoker = true) as
select workspace_id, id, asked_at, decided_at from decisions;
comment on view insight_decisions is 'When decisions were asked for and made.';

create view insight_overlap_answers with (security_invoker = true) as
select workspace_id, verdict, answered_at from overlap_answers;
comment on view insight_overlap_answers is 'When look-alikes were judged, and how.';

create index overlap_answers_by_time on overlap_answers (workspace_id, answered_at);

create view insight_agents with (security_invoker = true) as
select workspace_id, id, owner_id, agent_type, name, purpose, status, created_at from managed_agents;
comment on view insight_agents is 'The registry of managed agents.';
