create table companion_rules (
    workspace_id uuid primary key references workspaces (id),
    on_collision text not null constraint companion_rules_on_collision check (on_collision in ('warn', 'block'))
);
comment on table companion_rules is 'What hooks on the machines of a workspace do about an edit that collides with a claim (CMP-4). No row: they warn.';

alter table companion_rules enable row level security;
alter table companion_rules force row level security;
create policy companion_rules_workspace on companion_rules
    using (workspace_id = current_workspace()) with check (workspace_id = current_workspace());
