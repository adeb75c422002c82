create table overlap_confirmations (
    workspace_id uuid not null references workspaces (id),
    subject_id uuid not null,
    candidate_id uuid not null,
    confirmed_by uuid not null references developers (id),
    confirmed_at timestamptz not null,
    score double precision not null constraint overlap_confirmations_score check (score between 0 and 1),
    reason text not null constraint overlap_confirmations_reason check (length(reason) > 0),
    primary key (workspace_id, subject_id, candidate_id),
    foreign key (workspace_id, subject_id) references overlap_footprints (workspace_id, subject_id) on delete cascade,
    foreign key (workspace_id, candidate_id) references overlap_footprints (workspace_id, subject_id) on delete cascade
);
create index overlap_confirmations_by_candidate on overlap_confirmations (workspace_id, candidate_id);
comment on table overlap_confirmations is 'Who planned work in spite of a candidate, when and why (OVL-3).';

alter table overlap_confirmations enable row level security;
alter table overlap_confirmations force row level security;
create policy overlap_confirmations_workspace on overlap_confirmations
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
