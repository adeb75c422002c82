create table decisions (
    id uuid primary key,
    workspace_id uuid not null references workspaces (id),
    question text not null constraint decisions_question_length check (length(question) between 1 and 2000),
    question_words text not null,
    options text[] not null default '{}' constraint decisions_options_count check (cardinality(options) <= 20),
    needs_id uuid references developers (id),
    asked_by uuid not null references developers (id),
    asked_session_id uuid,
    asked_agent text,
    asked_at timestamptz not null,
    choice text constraint decisions_choice_length check (length(choice) between 1 and 2000),
    reason text constraint decisions_reason_length check (length(reason) between 1 and 20000),
    decided_by uuid references developers (id),
    decided_agent text,
    decided_at timestamptz,
    search tsvector generated always as (to_tsvector('simple',
        question || ' ' || coalesce(choice, '') || ' ' || left(coalesce(reason, ''), 4000))) stored,
    constraint decisions_workspace_key unique (workspace_id, id),
    constraint decisions_decision_is_whole
        check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (choice is null)),
    foreign key (workspace_id, asked_session_id) references agent_sessions (workspace_id, id)
);
create index decisions_wanted on decisions (workspace_id, asked_at, id) where decided_at is null;
create index decisions_made on decisions (workspace_id, decided_at desc, id desc) where decided_at is not null;
create index decisions_by_time on decisions (workspace_id, asked_at desc, id desc);
create index decisions_by_question on decisions (workspace_id, question_words, decided_at desc) where decided_at is not null;
create index decisions_search on decisions using gin (search);
comment on table decisions is 'Questions that were asked and what was chosen, why and by whom (CRD-5), so that nobody opens them again.';
comment on column decisions.question_words is 'The question without case, punctuation and spacing, cut to 500 characters: the same question is known again.';

create table decision_tasks (
    workspace_id uuid not null references workspaces (id),
    decision_id uuid not null,
    task_id uuid not null,
    primary key (workspace_id, decision_id, task_id),
    foreign key (workspace_id, decision_id) references decisions (workspace_id, id),
    foreign key (workspace_id, task_id) references tasks (workspace_id, id)
);
create index decision_tasks_by_task on decision_tasks (workspace_id, task_id);
comment on table decision_tasks is 'Which tasks a decision is about.';

alter table decisions enable row level security;
alter table decisions force row level security;
create policy decisions_workspace on decisions
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
alter table decision_tasks enable row level security;
alter table decision_tasks force row level security;
create policy decision_tasks_workspace on decision_tasks
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());

-- As for tasks: a text index is out of reach under row security, so the search runs as the owner, inside the workspace
-- that the transaction stands in.
create policy decisions_search on decisions for select to current_user using (true);
create function find_decisions(query text, most integer) returns setof uuid
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select d.id
      from decisions d
     where d.workspace_id = current_workspace()
       and d.search @@ to_tsquery('simple', query)
     order by coalesce(d.decided_at, d.asked_at) desc, d.id desc
     limit most;
end;
