create index work_events_by_session on work_events (workspace_id, session_id, at desc) where session_id is not null;

create table alerts (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    kind text not null constraint alerts_kind check (kind in ('failing_agent', 'idle_session', 'stale_session', 'spend_spike')),
    subject_id uuid not null,
    raised_at timestamptz not null,
    seen_at timestamptz not null,
    closed_at timestamptz,
    acknowledged_by uuid references developers (id),
    acknowledged_at timestamptz,
    snoozed_by uuid references developers (id),
    snoozed_until timestamptz,
    figures jsonb not null,
    constraint alerts_acknowledged_whole check ((acknowledged_by is null) = (acknowledged_at is null)),
    constraint alerts_snoozed_whole check ((snoozed_by is null) = (snoozed_until is null))
);
create unique index alerts_open_once on alerts (workspace_id, kind, subject_id) where closed_at is null;
create index alerts_latest on alerts (workspace_id, raised_at desc, id desc);
comment on table alerts is 'What a rule found wrong (AGT-9): raised once for a cause, closed when the cause is gone. docs/alerts.md has the rules.';
comment on column alerts.subject_id is 'A managed agent, a session, a developer, or the workspace itself, by the kind and the figures.';
comment on column alerts.figures is 'The numbers that the rule compared, so that an alert can be checked by hand.';
alter table alerts enable row level security;
alter table alerts force row level security;
create policy alerts_workspace on alerts
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
create policy alerts_watching on alerts for select to current_user using (true);

-- The check looks over every workspace in which anything may have changed: agents were seen lately, or an alert is open.
-- It may only look; what it finds is written inside each workspace.
create function workspaces_to_check(seen_for interval) returns table (tenant_id uuid, workspace_id uuid)
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select w.tenant_id, w.id
      from workspaces w
     where exists (select from agent_sessions s where s.workspace_id = w.id and s.ended_at is null)
        or exists (select from agent_sessions s where s.workspace_id = w.id and s.started_at > now() - seen_for)
        or exists (select from mcp_tokens t where t.workspace_id = w.id and t.last_used_at > now() - seen_for)
        or exists (select from alerts a where a.workspace_id = w.id and a.closed_at is null)
     order by w.id;
end;
