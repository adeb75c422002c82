create table maintenance_runs (
    chore text primary key,
    every interval not null,
    known_since timestamptz not null default now(),
    tried_at timestamptz,
    succeeded_at timestamptz,
    failures integer not null default 0,
    constraint maintenance_runs_every_positive check (every > interval '0'),
    constraint maintenance_runs_failures_counted check (failures >= 0)
);
comment on table maintenance_runs is
    'When each piece of background work last succeeded (OPS-15), so that instances share the work, catch up what was missed, and tell when one is late.';
comment on column maintenance_runs.failures is 'Failures in a row since the last success.';
