-- What a workstream will touch was known to its footprint alone, so a change of its goal would have forgotten it.
alter table workstreams add column paths text[] not null default '{}';
alter table workstreams add column repository text;

-- Forced row security hides every row from the owner too, who has no workspace.
alter table workstreams no force row level security;
alter table overlap_footprints no force row level security;
update workstreams w
   set paths = f.paths, repository = f.repository
  from overlap_footprints f
 where f.workspace_id = w.workspace_id and f.subject_id = w.id;
alter table workstreams force row level security;
alter table overlap_footprints force row level security;
