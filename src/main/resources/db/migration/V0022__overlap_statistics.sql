create table overlap_statistics (
    workspace_id uuid primary key references workspaces (id),
    version uuid not null,
    documents bigint not null,
    counted_at timestamptz not null,
    words bytea not null
);
comment on table overlap_statistics is
    'How common each word is in a workspace, counted anew whenever it has grown by a quarter: one row, so that plans need not agree on counters.';

alter table overlap_statistics enable row level security;
alter table overlap_statistics force row level security;
create policy overlap_statistics_workspace on overlap_statistics
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
