create table performance_targets (
    workspace_id uuid primary key references workspaces (id),
    tasks_per_week numeric(6, 2) not null constraint performance_targets_tasks check (tasks_per_week between 0.1 and 100),
    session_completion numeric(5, 4) not null constraint performance_targets_completion check (session_completion between 0.01 and 1),
    error_share numeric(5, 4) not null constraint performance_targets_errors check (error_share between 0.001 and 1),
    attribution numeric(5, 4) not null constraint performance_targets_attribution check (attribution between 0.01 and 1),
    cycle_days numeric(6, 2) not null constraint performance_targets_cycle check (cycle_days between 0.1 and 365),
    cost_per_task numeric(10, 2) not null constraint performance_targets_cost check (cost_per_task between 0.01 and 100000),
    changed_by uuid not null references developers (id),
    changed_at timestamptz not null
);
comment on table performance_targets is 'What a workspace wants to reach; without a row the defaults in docs/metrics.md hold.';
alter table performance_targets enable row level security;
alter table performance_targets force row level security;
create policy performance_targets_workspace on performance_targets
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

alter table tenants add column leaderboards boolean not null default true;
comment on column tenants.leaderboards is 'Whether pages rank people and agents (INS-4).';
