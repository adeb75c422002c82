-- A pair is kept once, whichever of the two was asked about: the smaller id first, as the database orders them.
create table overlap_answers (
    workspace_id uuid not null references workspaces (id),
    one_id uuid not null,
    other_id uuid not null,
    verdict text not null constraint overlap_answers_verdict check (verdict in ('different', 'same')),
    reason text constraint overlap_answers_reason_length check (length(reason) between 1 and 500),
    answered_by uuid not null references developers (id),
    answered_at timestamptz not null,
    primary key (workspace_id, one_id, other_id),
    constraint overlap_answers_order check (one_id < other_id),
    foreign key (workspace_id, one_id) references overlap_footprints (workspace_id, subject_id) on delete cascade,
    foreign key (workspace_id, other_id) references overlap_footprints (workspace_id, subject_id) on delete cascade
);
create index overlap_answers_by_other on overlap_answers (workspace_id, other_id);
comment on table overlap_answers is
    'What people said of a pair that was raised (OVL-6): different work, or the same. Such a pair is not raised again. Pairs that were confirmed by a plan are in overlap_confirmations.';

alter table overlap_answers enable row level security;
alter table overlap_answers force row level security;
create policy overlap_answers_workspace on overlap_answers
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

-- People name the work of a pair by its key.
create index overlap_footprints_by_key on overlap_footprints (workspace_id, key);
