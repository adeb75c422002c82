create table spans (
    workspace_id uuid not null references workspaces (id),
    at timestamptz not null,
    id uuid not null,
    trace_id text not null constraint spans_trace_id_form check (trace_id ~ '^[0-9a-f]{32}$'),
    span_id text not null constraint spans_span_id_form check (span_id ~ '^[0-9a-f]{16}$'),
    parent_span_id text constraint spans_parent_form check (parent_span_id ~ '^[0-9a-f]{16}$'),
    developer_id uuid not null,
    session_id uuid,
    task_id uuid,
    agent_type text not null,
    operation text not null constraint spans_operation check (operation in ('turn', 'chat', 'tool', 'agent', 'other')),
    tool text constraint spans_tool_form check (tool ~ '^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$'),
    provider text constraint spans_provider_form check (provider ~ '^[a-z0-9._-]{0,40}$'),
    model text constraint spans_model_length check (length(model) between 1 and 100),
    status text not null constraint spans_status check (status in ('unset', 'ok', 'error')),
    error_class text constraint spans_error_class_form check (error_class ~ '^[A-Za-z0-9._-]{1,60}$'),
    duration_ms bigint not null,
    received_at timestamptz not null default now()
) partition by range (at);
create index spans_by_session on spans (workspace_id, session_id, at desc) where session_id is not null;
create index spans_by_trace on spans (workspace_id, trace_id, at);
comment on table spans is 'Timed steps of sessions, OpenTelemetry-shaped and without content (AGT-8). Insert-only, partitioned by month, kept as long as the tenant wants. A span''s name is never kept: it may be anything.';

alter table spans enable row level security;
alter table spans force row level security;
create policy spans_read on spans for select using (workspace_id = current_workspace());
create policy spans_append on spans for insert with check (workspace_id = current_workspace());
create policy spans_aging on spans for select to current_user using (true);
create policy spans_forgetting on spans for delete to current_user using (true);
