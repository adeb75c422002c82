-- The inverted index: for each term the footprints that have it, those it says most about first. It is all key, so a
-- read touches the index alone; the columns' order is the order of reading. No foreign key to the footprint: the rows are
-- derived, are written and deleted with it, and are read through a join with it; a check for each of them would double
-- what a plan costs.
create table overlap_postings (
    workspace_id uuid not null references workspaces (id),
    term integer not null,
    impact smallint not null constraint overlap_postings_impact check (impact between 1 and 100),
    subject_id uuid not null,
    primary key (workspace_id, term, impact, subject_id)
);
comment on table overlap_postings is 'By which words, references, branches and paths a footprint is found (OVL-1).';

alter table overlap_postings enable row level security;
alter table overlap_postings force row level security;
create policy overlap_postings_workspace on overlap_postings
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
