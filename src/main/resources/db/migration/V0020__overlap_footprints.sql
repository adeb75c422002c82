create table overlap_footprints (
    workspace_id uuid not null references workspaces (id),
    subject_id uuid not null,
    kind text not null constraint overlap_footprints_kind check (kind in ('TASK', 'WORKSTREAM')),
    key text not null,
    title text not null,
    status text not null,
    in_progress boolean not null,
    closed_at timestamptz,
    owner_id uuid references developers (id),
    paths text[] not null,
    repository text,
    branch text,
    external_references text[] not null,
    profile bytea not null,
    posted bytea not null,
    recorded_at timestamptz not null,
    primary key (workspace_id, subject_id)
);
-- A check reads some two hundred profiles; out of line each of them would cost a second look-up.
alter table overlap_footprints alter column profile set storage plain;
alter table overlap_footprints alter column posted set storage plain;
create index overlap_footprints_by_time on overlap_footprints (workspace_id, recorded_at);
create index overlap_footprints_closed on overlap_footprints (workspace_id, closed_at)
    where closed_at is not null and posted <> ''::bytea;
comment on table overlap_footprints is
    'What a piece of work says and touches. profile: its words as numbers with their weights; posted: what it is found by.';

alter table overlap_footprints enable row level security;
alter table overlap_footprints force row level security;
create policy overlap_footprints_workspace on overlap_footprints
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
