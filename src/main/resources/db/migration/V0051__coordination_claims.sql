create table claims (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    developer_id uuid not null references developers (id),
    session_id uuid,
    task_id uuid,
    repository text,
    path text constraint claims_path_length check (length(path) between 1 and 300),
    mode text not null constraint claims_mode check (mode in ('exclusive', 'shared')),
    reason text constraint claims_reason_length check (length(reason) between 1 and 500),
    minutes integer not null constraint claims_minutes_range check (minutes between 1 and 1440),
    claimed_at timestamptz not null,
    expires_at timestamptz not null,
    lapses_at timestamptz not null,
    overrides uuid[] not null default '{}',
    override_reason text constraint claims_override_reason_length check (length(override_reason) between 1 and 500),
    overridden_by uuid,
    released_at timestamptz,
    released_by text constraint claims_released_by check (released_by in ('holder', 'admin', 'session', 'task', 'lapse')),
    constraint claims_workspace_key unique (workspace_id, id),
    constraint claims_path_has_repository check ((path is null) = (repository is null)),
    constraint claims_is_of_something check (path is not null or task_id is not null),
    constraint claims_lapse_by_expiry check (lapses_at <= expires_at),
    constraint claims_release_is_whole check ((released_at is null) = (released_by is null)),
    constraint claims_override_has_reason check ((overrides = '{}') = (override_reason is null)),
    foreign key (workspace_id, session_id) references agent_sessions (workspace_id, id),
    foreign key (workspace_id, task_id) references tasks (workspace_id, id)
);
create index claims_live on claims (workspace_id, claimed_at desc, id desc) where released_at is null;
create index claims_live_by_repository on claims (workspace_id, repository, claimed_at desc, id desc) where released_at is null;
create index claims_lapsing on claims (workspace_id, repository, lapses_at) where released_at is null;
create index claims_live_by_developer on claims (workspace_id, developer_id) where released_at is null;
create index claims_by_session on claims (workspace_id, session_id, released_at) where session_id is not null;
create index claims_by_task on claims (workspace_id, task_id, released_at) where task_id is not null;
comment on table claims is
    'An advisory lease (CRD-3) on one glob of a repository, or, without a path, on a task. Live while not released, before lapses_at, and while its session is neither ended nor stale.';
comment on column claims.lapses_at is
    'expires_at, or sooner when the session falls silent: moved on by every sign of life, never again once it is past.';
comment on column claims.overrides is 'The claims of others that were in the way and were overridden, for override_reason.';

alter table claims enable row level security;
alter table claims force row level security;
create policy claims_workspace on claims
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
