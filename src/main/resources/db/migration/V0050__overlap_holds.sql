-- Kept apart from footprints, because an active claim in the way must never be overlooked (OVL-3): footprints are found
-- by the best of their postings, holds by where their pattern begins, all of them. prefix is the literal beginning of the
-- pattern as directories; compared byte by byte, so that what lies below a directory is one range of the index.
create table overlap_holds (
    workspace_id uuid not null references workspaces (id),
    id uuid not null,
    subject_id uuid,
    holder_id uuid not null references developers (id),
    repository text not null,
    path text not null,
    prefix text collate "C" not null,
    words text not null,
    held_until timestamptz not null,
    primary key (workspace_id, id)
);
create index overlap_holds_by_place on overlap_holds (workspace_id, repository, prefix);
comment on table overlap_holds is
    'The footprint of a claim (OVL-2): who holds which paths of a repository until when, and for which piece of work. Rows go when the claim goes; past held_until they count for nothing.';

alter table overlap_holds enable row level security;
alter table overlap_holds force row level security;
create policy overlap_holds_workspace on overlap_holds
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
