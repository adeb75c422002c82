-- What agents used (AGT-2). Never a prompt, an answer, an argument or a file: there is no column that could hold one.

create table usage_events (
    workspace_id uuid not null references workspaces (id),
    at timestamptz not null,
    id uuid not null,
    source text not null constraint usage_events_source check (source in ('mcp', 'hook', 'otlp-metric', 'otlp-event')),
    developer_id uuid not null,
    token_id uuid,
    session_id uuid,
    task_id uuid,
    agent_type text not null,
    provider text not null constraint usage_events_provider_form check (provider ~ '^[a-z0-9._-]{0,40}$'),
    model text not null constraint usage_events_model_length check (length(model) between 1 and 100),
    calls integer not null,
    failed integer not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    cache_read_tokens bigint not null,
    cache_write_tokens bigint not null,
    reasoning_tokens bigint not null,
    cost_nanos bigint,
    cost_source text constraint usage_events_cost_source check (cost_source in ('reported', 'computed', 'estimated')),
    currency text not null default 'USD' constraint usage_events_currency check (currency = 'USD'),
    price_id uuid,
    latency_ms bigint,
    error_class text constraint usage_events_error_class_form check (error_class ~ '^[A-Za-z0-9._-]{1,60}$'),
    received_at timestamptz not null default now(),
    constraint usage_events_cost_is_whole check ((cost_nanos is null) = (cost_source is null))
) partition by range (at);
create index usage_events_by_session on usage_events (workspace_id, session_id, at desc) where session_id is not null;
comment on table usage_events is 'Each reported use of a model, insert-only, partitioned by month, kept as long as the tenant wants. It counts when its source is the best that reported its stream (usage_streams). A metric that arrives out of order is put right by rows with negative numbers.';
comment on column usage_events.input_tokens is 'Without cache reads and writes.';
comment on column usage_events.output_tokens is 'With reasoning.';
comment on column usage_events.cost_nanos is 'Billionths of the currency, so that sums are exact.';

alter table usage_events enable row level security;
alter table usage_events force row level security;
create policy usage_events_read on usage_events for select using (workspace_id = current_workspace());
create policy usage_events_append on usage_events for insert with check (workspace_id = current_workspace());
create policy usage_events_aging on usage_events for select to current_user using (true);
create policy usage_events_forgetting on usage_events for delete to current_user using (true);

create table usage_seen (
    workspace_id uuid not null references workspaces (id),
    key uuid not null,
    at timestamptz not null,
    primary key (workspace_id, key)
);
create index usage_seen_by_age on usage_seen using brin (at);
comment on table usage_seen is 'Which reported items were taken: a hash of source and source id. A partitioned table could not keep them unique across months. Forgotten with the raw events; older items are refused, so nothing is counted again.';
alter table usage_seen enable row level security;
alter table usage_seen force row level security;
create policy usage_seen_read on usage_seen for select using (workspace_id = current_workspace());
create policy usage_seen_append on usage_seen for insert with check (workspace_id = current_workspace());
create policy usage_seen_aging on usage_seen for select to current_user using (true);
create policy usage_seen_forgetting on usage_seen for delete to current_user using (true);

create table usage_streams (
    workspace_id uuid not null references workspaces (id),
    id uuid not null,
    source text not null constraint usage_streams_source check (source in ('mcp', 'hook', 'otlp-metric', 'otlp-event')),
    primary key (workspace_id, id)
);
comment on table usage_streams is 'From which source a session''s usage is counted: the best that ever reported it. The id is the session''s; metrics that name no session have one stream per token and agent type.';
alter table usage_streams enable row level security;
alter table usage_streams force row level security;
create policy usage_streams_workspace on usage_streams
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create table usage_by_stream (
    workspace_id uuid not null references workspaces (id),
    stream_id uuid not null,
    source text not null,
    day date not null,
    developer_id uuid not null,
    agent_type text not null,
    provider text not null,
    model text not null,
    task_id uuid,
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
    constraint usage_by_stream_key unique nulls not distinct
        (workspace_id, stream_id, source, day, developer_id, agent_type, provider, model, task_id),
    foreign key (workspace_id, task_id) references tasks (workspace_id, id)
);
comment on table usage_by_stream is 'Usage of each stream by source, kept for ever: what a session used, and what has to be taken back when a better source reports it.';
alter table usage_by_stream enable row level security;
alter table usage_by_stream force row level security;
create policy usage_by_stream_workspace on usage_by_stream
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create table usage_daily (
    workspace_id uuid not null references workspaces (id),
    day date not null,
    developer_id uuid not null,
    agent_type text not null,
    provider text not null,
    model text not null,
    task_id uuid,
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
    constraint usage_daily_key unique nulls not distinct
        (workspace_id, day, developer_id, agent_type, provider, model, task_id),
    foreign key (workspace_id, task_id) references tasks (workspace_id, id)
);
create index usage_daily_by_task on usage_daily (workspace_id, task_id, day) where task_id is not null;
create index usage_daily_unpriced on usage_daily (workspace_id, model) where unpriced_tokens <> 0;
comment on table usage_daily is 'What counts, by UTC day, kept for ever: every page of totals reads this and nothing finer. A null task is the bucket of what cannot be attributed.';
alter table usage_daily enable row level security;
alter table usage_daily force row level security;
create policy usage_daily_workspace on usage_daily
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

create table usage_points (
    workspace_id uuid not null references workspaces (id),
    series uuid not null,
    start_at timestamptz not null,
    at timestamptz not null,
    value numeric not null,
    task_id uuid,
    primary key (workspace_id, series, start_at, at)
);
create index usage_points_by_age on usage_points using brin (at);
comment on table usage_points is 'Points of cumulative metrics. What was used between two of them is their difference; they are kept so that a point which arrives late still splits the right difference.';
alter table usage_points enable row level security;
alter table usage_points force row level security;
create policy usage_points_workspace on usage_points
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
create policy usage_points_aging on usage_points for select to current_user using (true);
create policy usage_points_forgetting on usage_points for delete to current_user using (true);
